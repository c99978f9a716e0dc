import { setTimeout as sleep } from 'node:timers/promises';
import { type ChannelRecord, EMPTY, isPending, type Reading, type Turn } from './record.ts';
import type { Loaded, Records } from './stored-records.ts';

/** How soon a record is looked at again, in ms: each time twice as late, but not later than the last. */
const FIRST_GLANCE = 25;
const LAST_GLANCE = 250;

/** A channel's record, and what it takes to write over it. */
export interface Held {
  readonly record: ChannelRecord;
  readonly loaded: Loaded<ChannelRecord>;
}

/** The channels' records, which another process may be writing too. Each call throws `NoTurn`. */
export class ChannelRecords {
  readonly #records: Records<ChannelRecord>;
  readonly #onSaved: (channelId: string, reading: Reading | undefined) => void;

  /** `onSaved` hears what holds in a channel from now on, wherever no turn is pending. */
  constructor(
    records: Records<ChannelRecord>,
    onSaved: (channelId: string, reading: Reading | undefined) => void,
  ) {
    this.#records = records;
    this.#onSaved = onSaved;
  }

  /** A channel's record; an empty one where nothing is stored. */
  async load(channelId: string): Promise<Held> {
    const loaded = await this.#records.load(channelId);
    return { loaded, record: loaded.value ?? EMPTY };
  }

  /** Writes a record over the one that was loaded; nothing where another process was faster. */
  async save(channelId: string, held: Held, record: ChannelRecord): Promise<Held | undefined> {
    const loaded = await this.#records.swap(channelId, held.loaded, record);
    if (loaded === undefined) return undefined;
    this.note(channelId, record);
    return { record, loaded };
  }

  /** Another process has written this record. */
  note(channelId: string, { reading, turn }: ChannelRecord): void {
    if (turn === undefined) this.#onSaved(channelId, reading);
  }

  /**
   * Waits until `time`, in ms, or until a turn is pending no more; whether it is not, as far as the
   * store says.
   */
  async settlesUntil(time: number, channelId: string, turn: Turn): Promise<boolean> {
    for (let pause = FIRST_GLANCE; Date.now() < time; pause = Math.min(2 * pause, LAST_GLANCE)) {
      await sleep(Math.min(time - Date.now(), pause));
      const now = await this.load(channelId).catch(() => undefined);
      if (now !== undefined && !isPending(now.record, turn)) return true;
    }
    return false;
  }
}
