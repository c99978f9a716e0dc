/** Preloaded into a measured process (--import): tells the parent, on request, what it uses. */

import { setTimeout as sleep } from 'node:timers/promises';

export interface Usage {
  /** Resident memory, in bytes, after a full garbage collection. */
  readonly rss: number;
  /** The part of it that JavaScript's objects take, in bytes. */
  readonly heap: number;
  /** CPU time since the start, in µs, every thread counted, measured before the collection. */
  readonly cpu: number;
}

process.on('message', () => void report());
// The channel must not keep alive a process that is otherwise done.
process.channel?.unref();

async function report(): Promise<void> {
  const { user, system } = process.cpuUsage();
  // What finalizers and weak references release goes with the collection after.
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc?.();
    await sleep(20);
  }
  const { rss, heapUsed } = process.memoryUsage();
  process.send?.({ rss, heap: heapUsed, cpu: user + system } satisfies Usage);
}
