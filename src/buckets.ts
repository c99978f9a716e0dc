/** Of so many keys a bucket is kept, the newest: one that is forgotten is full again. */
const MOST_KEYS = 10_000;

export interface BucketSize {
  /** How many tokens it holds: so much may be asked for at once. */
  readonly holds: number;
  /** How many tokens it gains a second. */
  readonly perSecond: number;
}

interface Bucket {
  readonly tokens: number;
  /** When it held so many, in ms. */
  readonly at: number;
}

/** Token buckets, one a key: each asking takes tokens out, and time puts them back. In memory. */
export class Buckets {
  readonly #size: BucketSize;
  /** Those that were taken from last come last. */
  readonly #buckets = new Map<string, Bucket>();

  constructor(size: BucketSize) {
    this.#size = size;
  }

  /**
   * Takes tokens out of a bucket, and returns 0; where there are too few, takes none, and returns
   * in how many ms there are enough.
   */
  take(key: string, count: number, now: number): number {
    const { holds, perSecond } = this.#size;
    const { tokens, at } = this.#buckets.get(key) ?? { tokens: holds, at: now };
    // A clock that was set back gives nothing and takes nothing away.
    const gained = (Math.max(0, now - at) / 1000) * perSecond;
    const held = Math.min(holds, tokens + gained);
    const isEnough = held >= count;
    this.#buckets.delete(key);
    this.#buckets.set(key, { tokens: isEnough ? held - count : held, at: now });
    if (this.#buckets.size > MOST_KEYS) this.#forgetOldest();
    return isEnough ? 0 : Math.ceil(((count - held) / perSecond) * 1000);
  }

  #forgetOldest(): void {
    for (const key of this.#buckets.keys()) {
      this.#buckets.delete(key);
      return;
    }
  }
}
