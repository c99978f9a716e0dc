/** The time, and waking at a time: handed in, so that a test can turn it on. */
export interface Clock {
  /** Ms since 1970. */
  now(): number;
  /** Calls `wake` once, at `time` or at once where that is past. Returns what takes it back. */
  at(time: number, wake: () => void): () => void;
}

/** Longer timers overflow: Node would call at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: Date.now,
  at(time, wake) {
    let timer: NodeJS.Timeout;
    const wait = () => {
      const left = time - Date.now();
      timer =
        left > LONGEST_TIMER
          ? setTimeout(wait, LONGEST_TIMER)
          : setTimeout(wake, Math.max(0, left));
      // Waiting for a telling is no reason to stay up.
      timer.unref();
    };
    wait();
    return () => clearTimeout(timer);
  },
};
