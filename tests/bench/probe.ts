/** Preloaded into a measured process (--import): tells the parent, on request, what it uses. */

import { setTimeout as sleep } from 'node:timers/promises';

/** As it is, or after a full garbage collection, which takes the process some 100 ms. */
export type Question = 'as it is' | 'collected';

export interface Usage {
  /** Resident memory, in bytes. */
  readonly rss: number;
  /** The part of it that JavaScript's objects take, in bytes. */
  readonly heap: number;
  /** The most that was ever resident, in bytes. */
  readonly peak: number;
  /** CPU time since the start, in µs, every thread counted, measured before the collection. */
  readonly cpu: number;
}

process.on('message', (question: Question) => void report(question));
// The channel must not keep alive a process that is otherwise done.
process.channel?.unref();

async function report(question: Question): Promise<void> {
  const { user, system } = process.cpuUsage();
  if (question === 'collected') {
    // What finalizers and weak references release goes with the collection after.
    for (let round = 0; round < 3; round += 1) {
      globalThis.gc?.();
      await sleep(20);
    }
  }
  const { rss, heapUsed } = process.memoryUsage();
  const peak = process.resourceUsage().maxRSS * 1024;
  process.send?.({ rss, heap: heapUsed, peak, cpu: user + system } satisfies Usage);
}
