/** Waiting for the world to come to something, without polling. */

const LIMIT = 5000;

export type Falsy = false | null | undefined | 0 | '';

/** What tells of changes: the part of an EventEmitter that is needed. */
interface Changing {
  on(event: 'change', listener: () => void): unknown;
  off(event: 'change', listener: () => void): unknown;
}

/**
 * Resolves with what the condition gives once that is truthy; it is looked at now and on every
 * 'change'. Rejects after `limit` ms, and with what the condition throws.
 */
export function waitFor<Value>(
  events: Changing,
  condition: () => Value,
  limit = LIMIT,
): Promise<Exclude<Value, Falsy>> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      events.off('change', look);
    };
    const look = () => {
      try {
        const value = condition();
        if (!value) return;
        stop();
        // Truthy, as the line above has made sure; the compiler can't narrow a bare type variable.
        resolve(value as Exclude<Value, Falsy>);
      } catch (error) {
        stop();
        reject(error);
      }
    };
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`This did not come true within ${limit} ms: ${condition}`));
    }, limit);
    events.on('change', look);
    look();
  });
}
