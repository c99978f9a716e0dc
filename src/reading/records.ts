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
