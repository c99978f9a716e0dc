import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import {
  createWorkerQueue,
  JobTimeoutError,
  type Limits,
  QueueFullError,
  type WorkerQueue,
} from '../src/worker-queue.ts';
import { inThread } from '../src/worker-thread.ts';

const QUEUE = new URL('../src/worker-queue.ts', import.meta.url);
const THREAD = new URL('../src/worker-thread.ts', import.meta.url);

/** Answers with its thread's number and the job; some jobs end it, some never end. */
const SCRIPT = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort, threadId } from 'node:worker_threads';
    parentPort.on('message', (job) => {
      if (job === 'throw') throw new Error('It fell over.');
      if (job === 'exit') process.exit(3);
      if (job === 'hoard') for (const all = []; ; ) all.push(new Array(1e5).fill(all.length));
      if (job === 'hang') for (;;);
      if (typeof job === 'object') Atomics.wait(job, 0, 0);
      parentPort.postMessage([threadId, job]);
    });
  `)}`,
);

const open: WorkerQueue[] = [];
function queue(limits: Partial<Limits> = {}): WorkerQueue {
  const made = createWorkerQueue(inThread(SCRIPT, 32), {
    waiting: 100,
    job: 20_000,
    idle: 20_000,
    ...limits,
  });
  open.push(made);
  return made;
}

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** A job that keeps the worker until it is released. */
function gate() {
  const cell = new Int32Array(new SharedArrayBuffer(4));
  const release = () => {
    Atomics.store(cell, 0, 1);
    Atomics.notify(cell, 0);
  };
  return { cell, release };
}

const threadOf = (answer: unknown): unknown => (Array.isArray(answer) ? answer[0] : undefined);
const jobOf = (answer: unknown): unknown => (Array.isArray(answer) ? answer[1] : undefined);

test('jobs are done by one worker, in the order they came', async () => {
  const { run } = queue();
  const answers = await Promise.all([1, 2, 3].map(run));
  expect(answers.map(jobOf)).toEqual([1, 2, 3]);
  expect(new Set(answers.map(threadOf)).size).toBe(1);
});

test.each([
  ['throw', /fell over/],
  ['exit', /code 3/],
  ['hoard', /memory/],
])('a worker that dies of "%s" fails that job only', async (how, message) => {
  const { run } = queue();
  const first = await run('first');
  const dying = run(how);
  const next = run('next');
  await expect(dying).rejects.toThrow(message);
  expect(jobOf(await next)).toBe('next');
  expect(threadOf(await next)).not.toBe(threadOf(first));
});

test('a job over the time limit fails, and the next is done', async () => {
  const { run } = queue({ job: 1000 });
  const hanging = run('hang');
  const next = run('next');
  await expect(hanging).rejects.toThrow(JobTimeoutError);
  expect(jobOf(await next)).toBe('next');
});

test('more than may wait are turned away, until there is room', async () => {
  const { run } = queue({ waiting: 2 });
  const { cell, release } = gate();
  const kept = [run(cell), run(1), run(2)];
  await expect(run(3)).rejects.toThrow(QueueFullError);
  release();
  await Promise.all(kept);
  expect(jobOf(await run(4))).toBe(4);
});

test('an idle worker is ended, and another started for the next job', async () => {
  const { run } = queue({ idle: 0 });
  const first = threadOf(await run(1));
  await expect.poll(async () => threadOf(await run(2))).not.toBe(first);
});

test('closing fails what waits and what is asked for afterwards', async () => {
  const { run, close } = queue();
  const jobs = [run('hang'), run(2)].map((job) => expect(job).rejects.toThrow(/closed/));
  await close();
  await Promise.all(jobs);
  await expect(run(3)).rejects.toThrow(/closed/);
});

test('a process waits for a job, but not for an idle worker', async () => {
  const program = `
    import { createWorkerQueue } from ${JSON.stringify(QUEUE)};
    import { inThread } from ${JSON.stringify(THREAD)};
    const limits = { waiting: 1, job: 20_000, idle: 3_600_000 };
    const { run } = createWorkerQueue(inThread(new URL(${JSON.stringify(SCRIPT.href)}), 32), limits);
    run('done').then(([, job]) => console.log(job));
  `;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', program],
    { timeout: 20_000 },
  );
  expect(stdout).toBe('done\n');
});
