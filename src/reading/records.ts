import { Finished, finishedKind } from './finished.ts';
import { deleteGone } from './gone-guilds.ts';
import { KeptLines, keptKind } from './kept.ts';
import type { Kind } from './kind.ts';
import { Marks, markKind } from './marks.ts';
import { channelKind } from './record-shape.ts';
import type { Store } from './store.ts';
import { type OnUnreadable, Records } from './stored-records.ts';
import { ToldMessages, toldKind } from './told-messages.ts';

/** All that is stored: the kind of record in each namespace. */
export const KINDS = {
  channels: channelKind,
  told: toldKind,
  finished: finishedKind,
  kept: keptKind,
  marks: markKind,
} as const;

/** Opens every namespace. `onUnreadable` hears of the records that a search has to leave out. */
export function openRecords(store: Store, onUnreadable: OnUnreadable) {
  const open = <Value extends object>(name: keyof typeof KINDS, kind: Kind<Value>) =>
    new Records(store.namespace<Value>(name), kind, onUnreadable);
  const channels = open('channels', KINDS.channels);
  const told = open('told', KINDS.told);
  const finished = open('finished', KINDS.finished);
  const kept = open('kept', KINDS.kept);
  const marks = open('marks', KINDS.marks);
  return {
    channels,
    toldMessages: new ToldMessages(told),
    finished: new Finished(finished),
    kept: new KeptLines(kept),
    marks: new Marks(marks),

    /** Deletes what belongs to the servers for which `isGone`. Returns how many records. */
    async deleteGone(isGone: (guildId: string) => boolean): Promise<number> {
      let count = 0;
      count += await deleteGone(channels, isGone);
      count += await deleteGone(told, isGone);
      count += await deleteGone(finished, isGone);
      count += await deleteGone(kept, isGone);
      count += await deleteGone(marks, isGone);
      return count;
    },
  };
}
