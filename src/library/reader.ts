import type { Log } from '../log.ts';
import { createWorkerQueue, JobTimeoutError, type Limits } from '../worker-queue.ts';
import type { Untold } from './edition.ts';
import type { Listed } from './folder.ts';
import { IndexError } from './index-error.ts';
import { removeIndexFile, unusable } from './index-file.ts';
import type { Answer, Job } from './reading.ts';

/** A novel of 3.3 MB takes 0.4 s and 100 MB. */
const LIMITS: Limits = { waiting: 1, job: 30_000, idle: 10_000, heap: 512 };

/** Reads files into an index, in a thread of its own. */
export interface Reader {
  /**
   * Reads a file; returns the number of its edition, also where that is a problem, or a problem
   * that is not to be remembered. Throws an IndexError.
   */
  read(listed: Listed): Promise<number | Untold>;
  /** Deletes an edition. */
  drop(edition: number): Promise<void>;
  close(): Promise<void>;
}

const MISTAKE: Untold = {
  reason: "Reading it failed by a mistake of Lamplight's: see the log, and please report it.",
};

/** It costs nothing until there is something to read. */
export function createReader(index: string, format: string, log: Log): Reader {
  const queue = createWorkerQueue(new URL('worker.ts', import.meta.url), LIMITS, index);
  const run = async (job: Job): Promise<Exclude<Answer, { failure: Error }>> => {
    // The worker answers each job with an Answer.
    const answer = (await queue.run(job)) as Answer;
    if (!('failure' in answer)) return answer;
    if (answer.isDamage) removeIndexFile(index);
    throw unusable(index, answer.failure);
  };
  return {
    async read(listed) {
      const job = { read: listed, format };
      const answer = await run(job).catch(async (error: unknown) => {
        if (error instanceof IndexError) throw error;
        const note = whyDown(error);
        if (note !== undefined) return await run({ note, of: listed, format });
        log.error({ err: error, file: listed.file }, 'reading a file brought the worker down');
        return { untold: MISTAKE };
      });
      if ('untold' in answer) return answer.untold;
      const { edition, bug: err } = answer;
      if (err !== undefined) log.error({ err, file: listed.file }, 'a file that we fail to read');
      return edition;
    },
    async drop(edition) {
      await run({ drop: edition });
    },
    close: () => queue.close(),
  };
}

/** What is wrong with a file that brought the worker down. */
function whyDown(error: unknown): Untold | undefined {
  if (error instanceof JobTimeoutError) {
    const seconds = LIMITS.job / 1000;
    return { reason: `Reading it took more than ${seconds} seconds: split it into several files.` };
  }
  if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    const memory = `${LIMITS.heap} MB of memory`;
    return { reason: `Reading it takes more than ${memory}: split it into several files.` };
  }
  return undefined;
}
