import type { Clock } from '../src/clock.ts';

/** A clock that stands until it is turned on. */
export interface HandClock extends Clock {
  /** Turns it on by ms, waking in order whatever is due on the way. */
  turn(ms: number): void;
}

export function handClock(start: number): HandClock {
  let now = start;
  let alarms: { time: number; wake: () => void }[] = [];
  return {
    now: () => now,
    at(time, wake) {
      if (time <= now) {
        let isWanted = true;
        queueMicrotask(() => {
          if (isWanted) wake();
        });
        return () => {
          isWanted = false;
        };
      }
      const alarm = { time, wake };
      alarms.push(alarm);
      return () => {
        alarms = alarms.filter((other) => other !== alarm);
      };
    },
    turn(ms) {
      const end = now + ms;
      for (;;) {
        const [next] = alarms.toSorted((a, b) => a.time - b.time);
        if (next === undefined || next.time > end) break;
        alarms = alarms.filter((alarm) => alarm !== next);
        now = next.time;
        next.wake();
      }
      now = end;
    },
  };
}
