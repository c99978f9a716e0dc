import { Worker } from 'node:worker_threads';
import type { StartWorker } from './worker-queue.ts';

/**
 * Workers that are threads of this process, each running a script that answers every message with
 * one of its own.
 * @param heap megabytes
 */
export function inThread(script: URL, heap: number): StartWorker {
  return ({ answered, gone }) => {
    const thread = new Worker(script, { resourceLimits: { maxOldGenerationSizeMb: heap } });
    let failure: Error | undefined;
    thread.on('message', answered);
    thread.on('error', (error: Error) => {
      failure = error;
    });
    thread.on('exit', (code) => {
      gone(failure ?? new Error(`The worker stopped with code ${code}.`));
    });
    return {
      hand: (job) => thread.postMessage(job),
      ref: () => thread.ref(),
      unref: () => thread.unref(),
      async end() {
        await thread.terminate();
      },
    };
  };
}
