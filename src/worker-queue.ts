import type { Serializable } from 'node:child_process';

/** More work is waiting than the queue holds. */
export class QueueFullError extends Error {
  override readonly name = 'QueueFullError';
}

/** A job took longer than it may. */
export class JobTimeoutError extends Error {
  override readonly name = 'JobTimeoutError';
}

export interface WorkerQueue {
  /**
   * Hands a job to the worker when those before it are done; resolves to its answer. Rejects with
   * a QueueFullError when too many are waiting, with a JobTimeoutError when it takes too long, and
   * when the worker fails or is closed while the job waits or runs.
   */
  run(job: Serializable): Promise<unknown>;
  close(): Promise<void>;
}

interface Job {
  readonly job: Serializable;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

export interface Limits {
  /** Jobs that may wait while another is done. */
  readonly waiting: number;
  /** Milliseconds that one job may take, the worker's start included. */
  readonly job: number;
  /** Milliseconds without a job after which the worker is ended. */
  readonly idle: number;
}

/** A thread or a process that does one job at a time. */
export interface Worker {
  hand(job: Serializable): void;
  /** Whether it keeps this process alive: from the start it does. */
  ref(): void;
  unref(): void;
  /** Resolves when it is gone. */
  end(): Promise<void>;
}

/** Starts a worker, which tells what it answers to each job, and when it has ended or died. */
export type StartWorker = (on: {
  answered(answer: unknown): void;
  gone(why: Error): void;
}) => Worker;

/**
 * Jobs done one at a time by a worker. It is started for the first job, ended when idle, and started
 * anew for the next job after it dies. It keeps the process alive only while there is work.
 */
export function createWorkerQueue(startWorker: StartWorker, limits: Limits): WorkerQueue {
  const waiting: Job[] = [];
  let worker: Worker | undefined;
  let current: Job | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  function start(): Worker {
    const started = startWorker({
      answered(answer) {
        if (worker !== started) return;
        const job = current;
        current = undefined;
        job?.resolve(answer);
        next();
      },
      gone(why) {
        if (worker !== started) return;
        worker = undefined;
        fail(why);
      },
    });
    return started;
  }

  function fail(error: Error): void {
    const job = current;
    current = undefined;
    job?.reject(error);
    next();
  }

  /** Lets go of the worker; what it still says or does is not heard. */
  async function dismiss(): Promise<void> {
    const dismissed = worker;
    worker = undefined;
    await dismissed?.end();
  }

  function next(): void {
    if (current !== undefined || closed) return;
    clearTimeout(timer);
    current = waiting.shift();
    if (current === undefined) {
      worker?.unref();
      timer = setTimeout(dismiss, limits.idle).unref();
      return;
    }
    worker ??= start();
    worker.ref();
    timer = setTimeout(() => {
      void dismiss();
      fail(new JobTimeoutError(`The worker took more than ${limits.job} ms.`));
    }, limits.job);
    worker.hand(current.job);
  }

  return {
    run(job) {
      return new Promise((resolve, reject) => {
        if (closed) throw new Error('The worker has been closed.');
        if (current !== undefined && waiting.length >= limits.waiting) {
          throw new QueueFullError(`${limits.waiting} jobs are waiting already.`);
        }
        waiting.push({ job, resolve, reject });
        next();
      });
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      for (const { reject } of [current, ...waiting.splice(0)].filter((job) => job !== undefined)) {
        reject(new Error('The worker has been closed.'));
      }
      current = undefined;
      await dismiss();
    },
  };
}
