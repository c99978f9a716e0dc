import { Cron } from 'croner';
import type { Daily, Schedule } from './pace.ts';

/**
 * When a rhythm tells next, in ms, after a telling (or its setting) at `last`. A time of day that
 * a clock skips in spring comes at the moment of the jump; one that it shows twice in autumn comes
 * the first time only. Throws what croner throws for a zone it does not know.
 */
export function nextTelling(rhythm: Schedule['rhythm'], last: number): number {
  return 'every' in rhythm ? last + rhythm.every : nextDaily(rhythm, last);
}

/** After a telling that was due at `due`: the next one after `now`, and how many fell due between. */
export function followingTelling(
  rhythm: Schedule['rhythm'],
  due: number,
  now: number,
): { next: number; between: number } {
  if ('every' in rhythm) {
    const between = Math.max(0, Math.floor((now - due) / rhythm.every));
    return { next: due + (between + 1) * rhythm.every, between };
  }
  // Step by step, since from within an hour that comes twice the second half-past would be next.
  let next = nextDaily(rhythm, due);
  let between = 0;
  for (; next <= now; between++) next = nextDaily(rhythm, next);
  return { next, between };
}

function nextDaily({ at, zone, days }: Daily, last: number): number {
  const pattern = `${at % 60} ${Math.floor(at / 60)} * * ${days.join(',')}`;
  const next = new Cron(pattern, { timezone: zone }).nextRun(new Date(last));
  if (next === null) throw new RangeError(`there is no time that fits "${pattern}"`);
  return next.getTime();
}
