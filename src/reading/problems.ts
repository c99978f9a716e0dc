import type { Trouble } from './trouble.ts';

/** Of how many channels the last problem is remembered. */
const MOST_CHANNELS = 1000;

/** What went wrong in a channel last. */
export interface Problem {
  readonly trouble: Trouble;
  /** When, in ms. */
  readonly at: number;
  /** When a message was told there since, in ms; absent where none was. */
  readonly overAt?: number;
}

/** The last problem of each channel, for `/doctor`: in memory only, gone with a restart. */
export class Problems {
  /** When it began to remember, in ms. */
  readonly since: number;
  /** The channel whose problem is the newest comes last. */
  readonly #newest = new Map<string, Problem>();

  constructor(now: number) {
    this.since = now;
  }

  note(channelId: string, trouble: Trouble, at: number): void {
    this.#newest.delete(channelId);
    this.#newest.set(channelId, { trouble, at });
    const [oldest] = this.#newest.keys();
    if (this.#newest.size > MOST_CHANNELS && oldest !== undefined) this.#newest.delete(oldest);
  }

  /** A message was told in the channel: what went wrong before is over. */
  over(channelId: string, at: number): void {
    const problem = this.#newest.get(channelId);
    if (problem === undefined || problem.overAt !== undefined) return;
    this.#newest.set(channelId, { ...problem, overAt: at });
  }

  of(channelId: string): Problem | undefined {
    return this.#newest.get(channelId);
  }
}
