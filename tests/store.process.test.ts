import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { openStore } from '../src/reading/store.ts';

const root = mkdtempSync(join(tmpdir(), 'lamplight-store-'));
const url = `sqlite:${join(root, 'lamplight.sqlite')}`;
const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) await kill(child);
  rmSync(root, { recursive: true, force: true });
});

/** A process of its own that opens the store as `store` and goes on with `script`. */
function start(script: string, flags: string[] = []) {
  const module = new URL('../src/reading/store.ts', import.meta.url).href;
  const opening = `
    const { openStore } = await import('${module}');
    let store = await openStore('${url}').catch((error) => {
      process.stderr.write(error.message);
      process.exit(1);
    });`;
  const child = spawn(process.execPath, [...flags, '--input-type=module', '-e', opening + script], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  return { child, lines: createInterface(child.stdout)[Symbol.asyncIterator]() };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

const hold = `
  console.log('open');
  setInterval(() => {}, 1000);`;

test('SIGKILL loses no write that was reported as done', async () => {
  const { child, lines } = start(`
    const places = store.namespace('places');
    for (let n = 1; ; n += 1) {
      await places.set('newest', n);
      await places.set(String(n), n);
      await new Promise((done) => process.stdout.write(n + '\\n', done));
    }`);
  let reported = 0;
  let line = await lines.next();
  while (!line.done) {
    reported = Number(line.value);
    if (reported === 500) child.kill('SIGKILL');
    line = await lines.next();
  }
  expect(reported).toBeGreaterThanOrEqual(500);

  const store = await openStore(url);
  const places = store.namespace<number>('places');
  expect(await places.get('newest')).toBeGreaterThanOrEqual(reported);
  for (let n = 1; n <= reported; n += 1) expect(await places.get(String(n))).toBe(n);
  await store.close();
});

test('a second process is refused in one sentence, until the first is killed', async () => {
  const first = start(hold);
  expect((await first.lines.next()).value).toBe('open');

  const second = start(hold);
  const [[code], sentence] = await Promise.all([
    once(second.child, 'exit'),
    text(second.child.stderr),
  ]);
  expect(code).toBe(1);
  expect(sentence).toMatch(/^Another Lamplight is already using [^\n]+\.$/);

  await kill(first.child);
  expect((await start(hold).lines.next()).value).toBe('open');
});

test('the lock holds though nothing in the process refers to the store any more', async () => {
  const script = `
    globalThis.places = store.namespace('places');
    store = undefined;
    const collect = () => new Promise((done) => setImmediate(() => done(gc())));
    await collect();
    await collect();
    console.log('collected');
    setInterval(() => {}, 1000);`;
  const first = start(script, ['--expose-gc']);
  expect((await first.lines.next()).value).toBe('collected');
  await expect(openStore(url)).rejects.toThrow('Another Lamplight');
});
