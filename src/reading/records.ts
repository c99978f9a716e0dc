import { Claims, claimKind } from './claims.ts';
import { Finished, finishedKind } from './finished.ts';
import { deleteGone } from './gone-guilds.ts';
import { KeptLines, keptKind } from './kept.ts';
import type { Kind } from './kind.ts';
import { Marks, markKind } from './marks.ts';
import type { ChannelRecord } from './record.ts';
import { channelKind } from './record-shape.ts';
import type { Store } from './store.ts';
import { type OnAccess, type OnUnreadable, Records } from './stored-records.ts';
import { ToldMessages, toldKind } from './told-messages.ts';

/** All that is kept: the kind of record in each namespace. */
export const KINDS = {
  channels: channelKind,
  told: toldKind,
  finished: finishedKind,
  kept: keptKind,
  marks: markKind,
} as const;

/**
 * Opens every namespace. `onUnreadable` hears of the records that a search has to leave out,
 * `onAccess` of every access.
 */
export function openRecords(store: Store, onUnreadable: OnUnreadable, onAccess?: OnAccess) {
  const open = <Value extends object>(name: keyof typeof KINDS | 'claims', kind: Kind<Value>) =>
    new Records(store.namespace<Value>(name), kind, onUnreadable, onAccess);
  const channels = open('channels', KINDS.channels);
  const told = open('told', KINDS.told);
  const finished = open('finished', KINDS.finished);
  const kept = open('kept', KINDS.kept);
  const marks = open('marks', KINDS.marks);
  return {
    channels,
    claims: new Claims(open('claims', claimKind)),
    toldMessages: new ToldMessages(told),
    finished: new Finished(finished),
    kept: new KeptLines(kept),
    marks: new Marks(marks),

    /**
     * Goes through all that is stored and deletes what belongs to the servers for which `isGone`;
     * hands every other channel to `onChannel`. Without `isGone` only the channels are gone through.
     * Returns how many records are deleted.
     */
    async goThrough(
      isGone: ((guildId: string) => boolean) | undefined,
      onChannel: (channelId: string, record: ChannelRecord) => void,
    ): Promise<number> {
      let count = await deleteGone(channels, isGone ?? (() => false), onChannel);
      if (isGone === undefined) return count;
      count += await deleteGone(told, isGone);
      count += await deleteGone(finished, isGone);
      count += await deleteGone(kept, isGone);
      count += await deleteGone(marks, isGone);
      return count;
    },
  };
}
