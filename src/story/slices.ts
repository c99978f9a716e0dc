import { setImmediate } from 'node:timers/promises';

// Long enough to get on, short enough that nobody's answer waits for it.
const SLICE_MS = 3;

let turns: Promise<void> = Promise.resolve();

/**
 * A turn of the event loop for the caller alone. Callbacks of several `setImmediate`s would all
 * run before the next input is read, so they queue for one each.
 */
function turnOfLoop(): Promise<void> {
  turns = turns.then(() => setImmediate());
  return turns;
}

/** Tells long work when to let others in: `if (slice.isOver()) await slice.next()`. */
export interface Slice {
  isOver(): boolean;
  next(): Promise<void>;
}

/** Waits for a turn of the event loop, in which the first slice begins. */
export async function firstSlice(): Promise<Slice> {
  await turnOfLoop();
  let end = performance.now() + SLICE_MS;
  return {
    isOver: () => performance.now() > end,
    async next() {
      await turnOfLoop();
      end = performance.now() + SLICE_MS;
    },
  };
}
