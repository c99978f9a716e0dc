import { type BucketSize, Buckets } from './buckets.ts';
import type { Clock } from './clock.ts';

/**
 * Turning a page costs nothing: turns are taken one at a time in a channel, and fifty presses of
 * one button turn one page.
 */
const FREE = new Set(['next', 'ready']);
/** What else takes a turn and is seen by everybody there: counted for each channel. */
const PUBLIC = new Set(['read', 'back', 'goto', 'close', 'pace']);
/** What is more work than it looks. The others, for one person alone, cost 1. */
const COSTS: ReadonlyMap<string, number> = new Map([
  // Asks Discord, by the bot's own right.
  ['doctor', 3],
  // Goes through all that is stored.
  ['forget-me', 10],
]);

export interface LimitSizes {
  /** What one person asks for, in private anywhere and for everybody in each channel. */
  readonly asking: BucketSize;
  /** Choices for what one person types. */
  readonly typing: BucketSize;
  /** One person's quotes, wherever. */
  readonly quoting: BucketSize;
  /** A channel's quotes, whoever asks for them. */
  readonly quotes: BucketSize;
  /** So many things one person may wait for at the same time in one channel. */
  readonly atOnce: number;
}

/** More than one person can read, and more than a lively room of fifty does. */
export const USUAL_LIMITS: LimitSizes = {
  asking: { holds: 60, perSecond: 1 },
  typing: { holds: 60, perSecond: 20 },
  quoting: { holds: 20, perSecond: 1 / 2 },
  quotes: { holds: 60, perSecond: 2 },
  atOnce: 60,
};

/** Keeps one person from flooding a room, or the bot. In memory: a restart forgives everything. */
export class Limits {
  readonly #clock: Clock;
  readonly #atOnce: number;
  readonly #asking: Buckets;
  readonly #typing: Buckets;
  readonly #quoting: Buckets;
  readonly #quotes: Buckets;
  /** How many things are under way, by channel and person. */
  readonly #underWay = new Map<string, number>();

  constructor(clock: Clock, { asking, typing, quoting, quotes, atOnce }: LimitSizes) {
    this.#clock = clock;
    this.#atOnce = atOnce;
    this.#asking = new Buckets(asking);
    this.#typing = new Buckets(typing);
    this.#quoting = new Buckets(quoting);
    this.#quotes = new Buckets(quotes);
  }

  /** Lets somebody ask for something by a command's name, or gives the ms until they may; else 0. */
  ask(userId: string, channelId: string, command: string): number {
    if (FREE.has(command)) return 0;
    const key = PUBLIC.has(command) ? `${channelId}:${userId}` : userId;
    return this.#asking.take(key, COSTS.get(command) ?? 1, this.#clock.now());
  }

  /** Whether somebody may have choices for what they type. */
  type(userId: string): boolean {
    return this.#typing.take(userId, 1, this.#clock.now()) === 0;
  }

  /** Lets somebody post a quote in a channel, or gives the ms until they may; else 0. */
  quote(userId: string, channelId: string): number {
    const now = this.#clock.now();
    return this.#quoting.take(userId, 1, now) || this.#quotes.take(channelId, 1, now);
  }

  /**
   * Notes that something of somebody's is under way in a channel until what it returns is called;
   * nothing where too much is.
   */
  enter(userId: string, channelId: string): (() => void) | undefined {
    const key = `${channelId}:${userId}`;
    const count = this.#underWay.get(key) ?? 0;
    if (count >= this.#atOnce) return undefined;
    this.#underWay.set(key, count + 1);
    return () => {
      const left = (this.#underWay.get(key) ?? 1) - 1;
      if (left > 0) this.#underWay.set(key, left);
      else this.#underWay.delete(key);
    };
  }
}
