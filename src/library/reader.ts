import type { Log } from '../log.ts';
import { inProcess, ProcessGoneError } from '../worker-process.ts';
import { createWorkerQueue, JobTimeoutError } from '../worker-queue.ts';
import type { Untold } from './edition.ts';
import type { Listed } from './folder.ts';
import { IndexError } from './index-error.ts';
import { removeIndexFile, unusable } from './index-file.ts';
import type { LibraryIndex } from './library-index.ts';
import type { Answer, Job } from './reading.ts';

/** What one file may take; of heap, megabytes. A novel of 3.3 MB takes 0.4 s and 100 MB. */
export const READING_LIMITS = { waiting: 1, job: 30_000, idle: 10_000, heap: 512 };

/** Reads files into an index, in a process of its own. */
export interface Reader {
  /**
   * Reads a file; returns the number of its edition, also where that is a problem, or a problem
   * that is not to be remembered. Throws an IndexError.
   */
  read(listed: Listed): Promise<number | Untold>;
  /** Deletes an edition that no process has used since a time, in ms since 1970. */
  drop(edition: number, since: number): Promise<void>;
  close(): Promise<void>;
}

const MISTAKE: Untold = {
  reason: "Reading it failed by a mistake of Lamplight's: see the log, and please report it.",
};

/** It costs nothing until there is something to read. */
export function createReader(
  index: LibraryIndex,
  format: string,
  log: Log,
  limits = READING_LIMITS,
): Reader {
  const queue = createWorkerQueue(
    inProcess(new URL('worker.ts', import.meta.url), index.path, limits.heap),
    limits,
  );
  const run = async (job: Job): Promise<Exclude<Answer, { failure: Error }>> => {
    // The worker answers each job with an Answer.
    const answer = (await queue.run(job)) as Answer;
    if (!('failure' in answer)) return answer;
    if (answer.isDamage) removeIndexFile(index.path);
    throw unusable(index.path, answer.failure);
  };
  return {
    async read(listed) {
      let answer: Awaited<ReturnType<typeof run>>;
      try {
        answer = await run({ read: listed, format });
      } catch (error) {
        if (error instanceof IndexError) throw error;
        const why = whyDown(error, limits);
        if (why !== undefined) return index.note({ file: listed.file, format }, listed, why);
        log.error({ err: error, file: listed.file }, 'reading a file brought the worker down');
        return MISTAKE;
      }
      if ('untold' in answer) return answer.untold;
      const { edition, bug: err } = answer;
      if (err !== undefined) log.error({ err, file: listed.file }, 'a file that we fail to read');
      return edition;
    },
    async drop(edition, since) {
      await run({ drop: edition, since });
    },
    close: () => queue.close(),
  };
}

/** What is wrong with a file that brought the worker down. */
function whyDown(error: unknown, limits: typeof READING_LIMITS): Untold | undefined {
  if (error instanceof JobTimeoutError) {
    const seconds = limits.job / 1000;
    return { reason: `Reading it took more than ${seconds} seconds: split it into several files.` };
  }
  if (error instanceof ProcessGoneError && error.isOutOfMemory) {
    const memory = `${limits.heap} MB of memory`;
    return { reason: `Reading it takes more than ${memory}: split it into several files.` };
  }
  return undefined;
}
