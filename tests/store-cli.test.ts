import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { KINDS } from '../src/reading/records.ts';
import { openStore, type Store } from '../src/reading/store.ts';
import { storeCli } from '../src/store-cli/cli.ts';
import { keyspaceOn, servers } from './servers.ts';

const root = mkdtempSync(join(tmpdir(), 'lamplight-store-cli-'));
afterAll(() => rmSync(root, { recursive: true }));

let made = 0;
function sqliteUrl(): string {
  made += 1;
  return `sqlite:${join(root, `${made}.sqlite`)}`;
}

function serverUrl(server: string): string {
  const { url, remove } = keyspaceOn(server);
  onTestFinished(remove);
  return url;
}

async function run(args: string[], storeUrl = 'memory:') {
  const lines: string[] = [];
  const errors: string[] = [];
  const output = {
    out: (line: string) => lines.push(line),
    err: (line: string) => errors.push(line),
  };
  const code = await storeCli(args, storeUrl, output);
  return { code, lines, error: errors.join('\n') };
}

const channel = (title: string) =>
  JSON.stringify({ value: { version: 1, left: [], guild: title } });

/** Puts these texts into a store, by their keys with the namespace. */
async function fill(url: string, texts: Record<string, string>): Promise<void> {
  const store = await openStore(url);
  for (const [key, text] of Object.entries(texts)) await put(store, key, text);
  await store.close();
}

async function put(store: Store, key: string, text: string, ttl?: number): Promise<void> {
  await store.namespace(key.split(':')[0] ?? '').store.swap(key, undefined, text, ttl);
}

/** All that a store holds. */
async function contents(url: string): Promise<Record<string, string>> {
  const store = await openStore(url);
  const found: Record<string, string> = {};
  for (const name of [...Object.keys(KINDS), 'claims']) {
    for await (const [key, text] of store.namespace(name).store.iterator()) found[key] = text;
  }
  await store.close();
  return found;
}

const expired = '{"value":{"version":1},"expires":1}';
const lasting = `{"value":{"version":1},"expires":${Date.now() + 3_600_000}}`;
const TEXTS = {
  ...Object.fromEntries(
    Array.from({ length: 700 }, (_, n) => [`channels:${n}`, channel(`${n} 読`)]),
  ),
  'told:1': '{"value":{"version":7,"of":"a later Lamplight"}}',
  'kept:1': 'rubbish, which is kept as it is',
  'marks:1:2': lasting,
};

const targets: [name: string, url: () => string][] = [
  ['SQLite', sqliteUrl],
  ...Object.entries(servers).flatMap(([name, server]): typeof targets =>
    server === undefined ? [] : [[name, () => serverUrl(server)]],
  ),
];

describe('copy', () => {
  test.each(targets)('moves everything to %s and back, as it is', async (_, target) => {
    const [from, to, back] = [sqliteUrl(), target(), sqliteUrl()];
    await fill(from, { ...TEXTS, 'marks:gone': expired, 'claims:1': '{"value":{"version":1}}' });
    const there = await run(['copy', from, to]);
    expect(there).toMatchObject({ code: 0, error: '' });
    expect(there.lines).toContain('channels: 700, compared');
    expect(await contents(to)).toEqual(TEXTS);
    expect(await run(['copy', to, back])).toMatchObject({ code: 0 });
    expect(await contents(back)).toEqual(TEXTS);
  });

  test('writes into no store that holds something', async () => {
    const [from, to] = [sqliteUrl(), sqliteUrl()];
    await fill(from, TEXTS);
    await fill(to, { 'kept:9': 'mine' });
    const { code, error } = await run(['copy', from, to]);
    expect(code).toBe(1);
    expect(error).toMatch(/^The store to copy into holds records already: [^\n]+\.$/);
    expect(await contents(to)).toEqual({ 'kept:9': 'mine' });
  });

  test('reads from no SQLite store that is in use, and from none that is not there', async () => {
    const from = sqliteUrl();
    const inUse = await openStore(from);
    expect((await run(['copy', from, sqliteUrl()])).error).toMatch(/^Another Lamplight [^\n]+\.$/);
    await inUse.close();
    const missing = sqliteUrl();
    expect((await run(['copy', missing, sqliteUrl()])).error).toMatch(
      /^There is no store [^\n]+\.$/,
    );
    expect(existsSync(missing.slice('sqlite:'.length))).toBe(false);
  });
});

describe('backup', () => {
  test('holds what is there, while the store is being written to', async () => {
    const url = sqliteUrl();
    await fill(url, TEXTS);
    const inUse = await openStore(url);
    const file = join(root, 'backup.sqlite');
    let isDone = false;
    const writing = (async () => {
      for (let n = 0; !isDone; n++) {
        await put(inUse, `channels:during ${n}`, channel('x'));
        await new Promise(setImmediate);
      }
    })();
    const { code, lines } = await run(['backup', file], url);
    isDone = true;
    await writing;
    await inUse.close();
    // Two of the records can't be read: the backup has them, and says so.
    expect(code).toBe(1);
    expect(lines[0]).toBe(`Written to ${file}`);
    expect(await contents(`sqlite:${file}`)).toMatchObject(TEXTS);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await run(['backup', file], url)).error).toMatch(/^There is a file [^\n]+ already: /);
  });

  test('is for SQLite', async () => {
    const { code, error } = await run(['backup'], 'postgres://u:hunter2@127.0.0.1:1/d');
    expect(code).toBe(1);
    expect(error).toMatch(/^Only a SQLite store is backed up this way: [^\n]+\.$/);
  });
});

describe('check', () => {
  test.each(targets)('on %s names what cannot be read', async (_, target) => {
    const url = target();
    await fill(url, TEXTS);
    expect(await run(['check', url])).toEqual({
      code: 1,
      error: '',
      lines: [
        'channels: 700',
        'told: 1',
        "  told:1 is a later Lamplight's",
        'finished: 0',
        'kept: 1',
        '  kept:1 is damaged',
        'marks: 1',
        '  marks:1:2 is damaged',
      ],
    });
  });

  test('is content with a good store, also while the bot runs', async () => {
    const url = sqliteUrl();
    await fill(url, { 'channels:1': channel('a') });
    const inUse = await openStore(url);
    expect(await run(['check'], url)).toMatchObject({ code: 0, error: '' });
    await inUse.close();
  });
});

test.each([
  [[], 'Say what to do.'],
  [['move'], 'There is no such command.'],
  [['copy', 'memory:'], 'Say from where and to where.'],
  [['copy', 'memory:', 'memory:'], 'These two are one store.'],
  [['backup', 'a', 'b'], 'Name one file.'],
  [['check', 'memory:', 'memory:'], 'Name one store.'],
  [['check', '--all'], "Unknown option '--all'."],
])('wrong use is said: %j', async (args, sentence) => {
  const { code, error } = await run(args);
  expect(code).toBe(2);
  expect(error).toContain(sentence);
  expect(error).toContain('npm run store -- copy FROM TO');
});

test('as a process it says no password', () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['src/store-cli/main.ts', 'copy', 'redis://:hunter2@127.0.0.1:1', 'memory:'],
    { cwd: join(import.meta.dirname, '..'), env: { PATH: process.env['PATH'] }, encoding: 'utf8' },
  );
  expect(status).toBe(1);
  expect(stderr).toMatch(/^Redis at 127\.0\.0\.1:1 can't be reached [^\n]+\n$/);
  expect(stdout + stderr).not.toContain('hunter2');
});
