/** How fast sessions may be started: docs.discord.com, "Max Concurrency". */

import type { Shard } from './shards.ts';

export interface SessionStartOptions {
  /** How many shards may identify at once, by their number modulo this. 1 if not said. */
  readonly maxConcurrency?: number;
  /**
   * Ms between two identifies of one such bucket: Discord's own are 5,000. 0, the default, lets a
   * bot that was just stopped come back at once.
   */
  readonly window?: number;
  /** How many sessions may still be started; without end if not said. */
  readonly remaining?: number;
}

export interface SessionStarts {
  /** Counts a session that starts; false where it comes too soon after another of its bucket. */
  admit(shard: Shard): boolean;
  /** The session_start_limit of /gateway/bot. */
  limit(): object;
}

export function createSessionStarts(options: SessionStartOptions = {}): SessionStarts {
  const { maxConcurrency = 1, window = 0, remaining } = options;
  const lastOf = new Map<number, number>();
  let started = 0;
  return {
    admit([id]) {
      started += 1;
      const bucket = id % maxConcurrency;
      const now = performance.now();
      const last = lastOf.get(bucket);
      if (last !== undefined && now - last < window) return false;
      lastOf.set(bucket, now);
      return true;
    },
    limit: () => ({
      total: 1000,
      remaining: remaining === undefined ? 999 : Math.max(0, remaining - started),
      reset_after: 14_400_000,
      max_concurrency: maxConcurrency,
    }),
  };
}
