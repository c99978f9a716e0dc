import { randomUUID } from 'node:crypto';
import type { Keyv } from 'keyv';
import type { Clock } from '../clock.ts';
import { isIn, type ShardRange } from '../shards.ts';

/** So often, in ms, a process says that it lives, and looks who else does. */
const BEAT = 15_000;
/** Whoever says nothing for so long, in ms, counts as gone. */
const PATIENCE = 60_000;
/** The store forgets a process, in ms after its last word. */
const FORGET = 10 * PATIENCE;

/**
 * For each shard there are two places for whoever begins with it: of two processes that run the same
 * shards for a while, neither covers the other's word.
 */
const PLACES = [0, 1];

/** What a process says of itself, under the count of the shards, the first of its own, and a place. */
export interface ProcessRecord {
  readonly version: 1;
  readonly id: string;
  /** The first and the last of its shards. */
  readonly shards: readonly [number, number];
  readonly count: number;
  /** By its own clock, in ms. */
  readonly seen: number;
}

export interface ProcessesOptions {
  readonly records: Pick<Keyv<ProcessRecord>, 'getMany' | 'set'>;
  readonly clock: Clock;
  /** There are shards, or channels of this process's own, that nobody else looks after any more. */
  readonly onGone: () => void;
  /** The store failed. For the log. */
  readonly onTrouble: (error: unknown) => void;
}

interface Other {
  readonly range: ShardRange;
  readonly seen: number;
  /** When `seen` was first read, by our clock: two machines' clocks are never compared. */
  readonly readAt: number;
}

/**
 * The processes that share a store, each with a range of the same count of shards. During a restart
 * with another count the two kinds do not know of each other; both tell then, which is harmless.
 */
export class Processes {
  readonly #options: ProcessesOptions;
  readonly #id = randomUUID();
  readonly #others = new Map<string, Other>();
  /** Where this process's own record is. */
  #key: string | undefined;
  /** Since when every look at the store has succeeded: of the time before nothing is known. */
  #lookingSince: number | undefined;
  #orphans: ReadonlySet<number> = new Set();
  /** Those who live and run shards of ours too, while one process takes over from the other. */
  #doubles: ReadonlySet<string> = new Set();
  #cancel: (() => void) | undefined;
  #isRunning = false;

  constructor(options: ProcessesOptions) {
    this.#options = options;
  }

  /** From now on this process says that it runs these shards. */
  start(range: ShardRange): void {
    this.#isRunning = true;
    void this.#beat(range);
  }

  /** It falls silent; the others take it for gone a minute later. */
  stop(): void {
    this.#isRunning = false;
    this.#cancel?.();
  }

  /** Whether no living process runs this shard. */
  isOrphan(shard: number): boolean {
    return this.#orphans.has(shard);
  }

  async #beat(range: ShardRange): Promise<void> {
    const { clock, records, onTrouble } = this.#options;
    const { first, last, count } = range;
    // Before anything that can fail or hang.
    this.#cancel = clock.at(clock.now() + BEAT, () => void this.#beat(range));
    try {
      // Any shard could be somebody's first. Listing a namespace would cost Redis a walk through all
      // of its keys.
      const shards = Array.from({ length: count }, (_, shard) => shard);
      const keys = shards.flatMap((shard) => PLACES.map((place) => keyOf(count, shard, place)));
      const found = await records.getMany(keys);
      this.#key ??= freeKey(range, found);
      this.#hear(found);
      this.#judge(range);
      const seen = clock.now();
      const record: ProcessRecord = {
        version: 1,
        id: this.#id,
        shards: [first, last],
        count,
        seen,
      };
      if (this.#isRunning) await records.set(this.#key, record, FORGET);
    } catch (error) {
      this.#lookingSince = undefined;
      if (this.#isRunning) onTrouble(error);
    }
  }

  #hear(records: readonly (ProcessRecord | undefined)[]): void {
    const now = this.#options.clock.now();
    this.#lookingSince ??= now;
    for (const record of records) {
      // Another version's, or a damaged one: whoever wrote it writes it anew.
      if (record === undefined || !isSound(record) || record.id === this.#id) continue;
      const { id, seen, count } = record;
      if (this.#others.get(id)?.seen === seen) continue;
      const [first, last] = record.shards;
      this.#others.set(id, { range: { first, last, count }, seen, readAt: now });
    }
  }

  /** Draws the conclusions, and says so where somebody is gone. */
  #judge(own: ShardRange): void {
    const now = this.#options.clock.now();
    const since = this.#lookingSince ?? now;
    const living = [...this.#others].filter(
      ([, { readAt }]) => now < Math.max(readAt, since) + PATIENCE,
    );
    // By then the store has forgotten them too.
    for (const [id, { readAt }] of this.#others) {
      if (now > readAt + 2 * FORGET) this.#others.delete(id);
    }
    const ranges = [own, ...living.map(([, { range }]) => range)];
    const shards = Array.from({ length: own.count }, (_, shard) => shard);
    const isKnown = now >= since + PATIENCE;
    const orphans = new Set(
      shards.filter((shard) => isKnown && !ranges.some((range) => isIn(range, shard))),
    );
    const doubles = new Set(
      living.filter(([, { range }]) => overlap(range, own)).map(([id]) => id),
    );
    const isSomebodyGone = !orphans.isSubsetOf(this.#orphans) || !this.#doubles.isSubsetOf(doubles);
    this.#orphans = orphans;
    this.#doubles = doubles;
    if (isSomebodyGone) this.#options.onGone();
  }
}

function isSound({ version, id, shards, count, seen }: ProcessRecord): boolean {
  const numbers = Array.isArray(shards) ? [...shards, count, seen] : [];
  return version === 1 && typeof id === 'string' && numbers.filter(Number.isInteger).length === 4;
}

function keyOf(count: number, first: number, place: number): string {
  return `${count}.${first}.${place}`;
}

/** Of the places for this range, the one that is empty or whose owner was heard least lately. */
function freeKey(
  { first, count }: ShardRange,
  found: readonly (ProcessRecord | undefined)[],
): string {
  const seen = (place: number) => found[first * PLACES.length + place]?.seen ?? 0;
  const [place = 0] = PLACES.toSorted((a, b) => seen(a) - seen(b));
  return keyOf(count, first, place);
}

function overlap(one: ShardRange, other: ShardRange): boolean {
  return one.first <= other.last && other.first <= one.last;
}
