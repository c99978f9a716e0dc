import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { inProcess } from '../src/worker-process.ts';
import { createWorkerQueue, JobTimeoutError, type WorkerQueue } from '../src/worker-queue.ts';
import { temporaryFolder } from './harness.ts';

vi.setConfig({ testTimeout: 30_000 });

/** Answers with its argument, its environment and the job; some jobs end it, one never ends. */
const PROGRAM = `
  process.on('message', (job) => {
    if (job === 'throw') throw new Error('It fell over.');
    if (job === 'hoard') for (const all = []; ; ) all.push(new Array(1e5).fill(all.length));
    if (job === 'hang') for (;;);
    process.send([process.argv[2], Object.keys(process.env), job]);
  });
`;
let folder = '';
let script = new URL('file:///');
beforeAll(async () => {
  folder = await temporaryFolder();
  script = pathToFileURL(join(folder, 'worker.mjs'));
  await writeFile(script, PROGRAM);
});
afterAll(() => rm(folder, { recursive: true }));

const open: WorkerQueue[] = [];
function queue(job = 20_000): WorkerQueue {
  const limits = { waiting: 9, job, idle: 20_000 };
  const made = createWorkerQueue(inProcess(script, 'argument', 32), limits);
  open.push(made);
  return made;
}
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

test('a process does jobs without our environment, and a fresh one after it dies', async () => {
  vi.stubEnv('DISCORD_TOKEN', 'secret');
  const { run } = queue();
  expect(await run({ one: new Date(1) })).toEqual(['argument', [], { one: new Date(1) }]);
  await expect(run('throw')).rejects.toThrow(/ended with 1: .*It fell over/s);
  expect(await run(2)).toEqual(['argument', [], 2]);
});

test('one that takes too much memory or time is ended', async () => {
  await expect(queue().run('hoard')).rejects.toMatchObject({ isOutOfMemory: true });
  await expect(queue(1000).run('hang')).rejects.toThrow(JobTimeoutError);
});

test('our process waits for a job, but not for an idle worker', async () => {
  const program = `
    import { inProcess } from ${JSON.stringify(new URL('../src/worker-process.ts', import.meta.url))};
    import { createWorkerQueue } from ${JSON.stringify(new URL('../src/worker-queue.ts', import.meta.url))};
    const start = inProcess(new URL(${JSON.stringify(script)}), '', 32);
    const limits = { waiting: 1, job: 20_000, idle: 3_600_000 };
    createWorkerQueue(start, limits).run('done').then(([, , job]) => console.log(job));
  `;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', program],
    { timeout: 20_000 },
  );
  expect(stdout).toBe('done\n');
});
