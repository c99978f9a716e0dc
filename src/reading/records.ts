import { Finished, type FinishedRecord } from './finished.ts';
import { deleteGone } from './gone-guilds.ts';
import { KeptLines, type KeptRecord } from './kept.ts';
import { type MarkRecord, Marks } from './marks.ts';
import type { ChannelRecord } from './record.ts';
import type { Store } from './store.ts';
import { ToldMessages, type ToldRecord } from './told-messages.ts';

/** All that is stored, a namespace each. */
export function openRecords(store: Store) {
  const channels = store.namespace<ChannelRecord>('channels');
  const told = store.namespace<ToldRecord>('told');
  const finished = store.namespace<FinishedRecord>('finished');
  const kept = store.namespace<KeptRecord>('kept');
  const marks = store.namespace<MarkRecord>('marks');
  return {
    channels,
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
