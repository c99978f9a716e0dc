import type { Keyv } from 'keyv';
import { type ChannelRecord, EMPTY } from './record.ts';
import { NoTurn } from './turn.ts';

/** How long one access to the store may take, in ms. */
const PATIENCE = 8000;

/** The channels' records in the store, with patience for a slow one. Both throw `NoTurn`. */
export class ChannelRecords {
  readonly #records: Keyv<ChannelRecord>;
  readonly #onAccess: (ms: number, hasFailed: boolean) => void;
  /** Accesses that were given up but may still land, by channel. */
  readonly #late = new Map<string, Promise<unknown>>();

  constructor(records: Keyv<ChannelRecord>, onAccess: (ms: number, hasFailed: boolean) => void) {
    this.#records = records;
    this.#onAccess = onAccess;
  }

  /** A channel's record; an empty one where nothing is stored. */
  async load(channelId: string): Promise<ChannelRecord> {
    const record = (await this.#access(channelId, () => this.#records.get(channelId))) ?? EMPTY;
    // Written by a later Lamplight: reading it wrongly, or writing over it, would lose the place.
    if (record.version !== EMPTY.version) throw new NoTurn('version');
    return record;
  }

  async save(channelId: string, record: ChannelRecord): Promise<void> {
    await this.#access(channelId, () => this.#records.set(channelId, record));
  }

  /**
   * One access to the store, given up after a while. What was given up may still land, so the
   * channel's next access waits for it: a late write must not cover a newer one.
   */
  async #access<T>(channelId: string, access: () => Promise<T>): Promise<T> {
    const from = performance.now();
    let wanted = true;
    const late = this.#late.get(channelId);
    const running = late === undefined ? access() : late.then(() => (wanted ? access() : never()));
    const limit = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      wanted = false;
      const landed: Promise<unknown> = running
        .catch(() => {})
        .then(() => {
          if (this.#late.get(channelId) === landed) this.#late.delete(channelId);
        });
      this.#late.set(channelId, landed);
      limit.reject(new Error(`the store did not answer within ${PATIENCE} ms`));
    }, PATIENCE);
    try {
      const result = await Promise.race([running, limit.promise]);
      this.#onAccess(performance.now() - from, false);
      return result;
    } catch (error) {
      this.#onAccess(performance.now() - from, true);
      throw new NoTurn('store', { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }
}

function never(): never {
  throw new Error('nobody waits for this access any more');
}
