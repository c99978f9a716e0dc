import { Worker } from 'node:worker_threads';

/** Beyond this, in ms, an input has hung up the whole process. */
const LIMIT = 60_000;

/**
 * Ends the process when the same input is being tried for too long: from a thread of its own,
 * since whoever loops for ever can't.
 */
export function startWatchdog(): { note(index: number): void; stop(): Promise<number> } {
  const shared = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(
    `const { workerData: { shared, limit } } = require('node:worker_threads');
     const now = () => Atomics.load(shared, 0);
     for (let last = now(); ; last = now()) {
       if (Atomics.wait(shared, 0, last, limit) !== 'timed-out') continue;
       require('node:fs').writeSync(2, 'input ' + last + ' hangs\\n');
       process.kill(process.pid, 'SIGKILL');
     }`,
    { eval: true, workerData: { shared, limit: LIMIT } },
  );
  return {
    note(index) {
      Atomics.store(shared, 0, index);
      Atomics.notify(shared, 0);
    },
    stop: () => worker.terminate(),
  };
}
