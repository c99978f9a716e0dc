import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { openStore } from '../src/reading/store.ts';
import { StoreError } from '../src/reading/store-error.ts';
import { keyspaceOn, servers } from './servers.ts';

const root = mkdtempSync(join(tmpdir(), 'lamplight-store-'));
afterAll(() => rmSync(root, { recursive: true }));

let made = 0;
/** A path of its own in a folder that exists. */
function path(name = 'lamplight.sqlite'): string {
  made += 1;
  const folder = join(root, String(made));
  mkdirSync(folder);
  return join(folder, name);
}

/** The sentence with which a store is refused. */
async function refusal(url: string): Promise<string> {
  const error = await openStore(url).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof StoreError)) throw new Error(`not refused: ${url}`, { cause: error });
  expect(error.message).toMatch(/^[^\n]+\.$/);
  return error.message;
}

const kinds: [scheme: string, url: () => string][] = [
  ['sqlite', () => `sqlite:${path()}`],
  ['memory', () => 'memory:'],
  ...Object.entries(servers).flatMap(([scheme, server]): typeof kinds =>
    server === undefined ? [] : [[scheme, () => freshUrl(server)]],
  ),
];

/** The URL of a keyspace that is removed when the test is over. */
function freshUrl(server: string): string {
  const { url, remove } = keyspaceOn(server);
  onTestFinished(remove);
  return url;
}

describe.each(kinds)('%s', (_, url) => {
  test('keeps values by namespace and key', async () => {
    const store = await openStore(url());
    const [a, ab] = [store.namespace<{ n: number }>('a'), store.namespace<{ n: number }>('ab')];
    await a.set('1', { n: 1 });
    await ab.set('1', { n: 2 });
    expect(await store.namespace('a').get('1')).toEqual({ n: 1 });
    await a.clear();
    expect(await a.get('1')).toBeUndefined();
    expect(await ab.get(['1', 'none'])).toEqual([{ n: 2 }, undefined]);
    const entries: unknown[] = [];
    for await (const entry of ab.iterator?.(undefined) ?? []) entries.push(entry);
    expect(entries).toEqual([['1', { n: 2 }]]);
    await store.close();
  });

  test('hands out copies', async () => {
    const store = await openStore(url());
    const value = { n: 1 };
    await store.namespace('a').set('1', value);
    value.n = 2;
    expect(await store.namespace('a').get('1')).toEqual({ n: 1 });
    await store.close();
  });

  test('refuses a name that Keyv would garble', async () => {
    const store = await openStore(url());
    expect(() => store.namespace('a:b')).toThrow(TypeError);
    expect(() => store.namespace('')).toThrow(TypeError);
    await store.close();
  });
});

describe('a SQLite file', () => {
  test('keeps its values, and its folders are created', async () => {
    const file = path('new/folder/lamplight.sqlite');
    const before = await openStore(`sqlite:${file}`);
    await before.namespace('a').set('1', 'kept');
    await before.close();
    await before.close();
    const after = await openStore(`SQLITE:${relative(process.cwd(), file)}`);
    expect(await after.namespace('a').get('1')).toBe('kept');
    await after.close();
    expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700);
  });

  test('throws rather than read as empty when it fails', async () => {
    const file = path();
    const store = await openStore(`sqlite:${file}`);
    const places = store.namespace('a');
    await places.set('1', 'kept');
    await store.close();
    for (const call of [
      () => places.get('1'),
      () => places.get(['1']),
      () => places.has('1'),
      () => places.set('1', 'new'),
      () => places.delete('1'),
      () => places.clear(),
    ]) {
      await expect(call()).rejects.toThrow();
    }
  });

  test('can be read by another program meanwhile, the latest write included', async () => {
    const file = path();
    const store = await openStore(`sqlite:${file}`);
    await store.namespace('a').set('1', 'new');
    const backup = new DatabaseSync(file, { readOnly: true });
    expect(backup.prepare('SELECT key FROM keyv').all()).toEqual([{ key: 'a:1' }]);
    await store.close();
    backup.close();
  });

  test('meets the same lock by every way to name it', async () => {
    const file = path();
    const link = path();
    symlinkSync(file, link); // dangling until the store is opened
    const store = await openStore(`sqlite:${link}`);
    const sentence = `Another Lamplight is already using ${file}: stop it first, or give this one a STORE_URL of its own.`;
    expect(await refusal(`sqlite:${file}`)).toBe(sentence);
    expect(await refusal(`sqlite:${link}`)).toBe(sentence);
    expect(await refusal(`sqlite:${relative(process.cwd(), file)}`)).toBe(sentence);
    await store.close();
    await (await openStore(`sqlite:${file}`)).close();
  });
});

describe('a store that cannot be opened is one sentence', () => {
  test('a folder that cannot be made', async () => {
    const file = path('file');
    writeFileSync(file, '');
    expect(await refusal(`sqlite:${file}/lamplight.sqlite`)).toContain("can't be created (EEXIST)");
    expect(await refusal(`sqlite:${file}/x/lamplight.sqlite`)).toContain('(ENOTDIR)');
  });

  test('a path that is a folder', async () => {
    const folder = join(path(), '..');
    expect(await refusal(`sqlite:${folder}`)).toContain('is a folder');
  });

  test('a file that is no database, and its lock is let go', async () => {
    const file = path();
    writeFileSync(file, 'Once upon a time there was a text file. '.repeat(100));
    expect(await refusal(`sqlite:${file}`)).toContain("is damaged or is not a Lamplight's");
    rmSync(file);
    await (await openStore(`sqlite:${file}`)).close();
  });

  test('a database whose table is not ours', async () => {
    const file = path();
    const other = new DatabaseSync(file);
    other.exec('CREATE TABLE keyv (key TEXT, value TEXT)');
    other.close();
    expect(await refusal(`sqlite:${file}`)).toContain("is not a Lamplight's");
  });

  test('a lock file that is no lock', async () => {
    const file = path();
    mkdirSync(`${file}.lock`);
    expect(await refusal(`sqlite:${file}`)).toContain(`${file}.lock can't be used`);
  });

  test('a database that another program is writing to', async () => {
    const file = path();
    const other = new DatabaseSync(file);
    other.exec('BEGIN EXCLUSIVE');
    expect(await refusal(`sqlite:${file}`)).toContain('is being written to by another program');
    other.close();
  });

  test.each(['redis://u:hunter2@127.0.0.1:1', 'postgres://u:hunter2@127.0.0.1:1/d'])(
    '%s, where nothing listens',
    async (url) => {
      const sentence = await refusal(url);
      expect(sentence).toContain("at 127.0.0.1:1 can't be reached (ECONNREFUSED)");
      expect(sentence).not.toContain('hunter2');
    },
  );

  test.each([
    'redis://u:hun#ter2@h',
    'postgres://u:hun#ter2@h/d',
    'redis://u:hunter2@h/first',
    'redis://u:hunter2@h?prefix=a*b',
    'postgres://u:hunter2@h/d?schema=a.b',
  ])('%s is no address', async (url) => {
    const sentence = await refusal(url);
    expect(sentence).toContain('STORE_URL');
    expect(sentence).not.toMatch(/hun#?ter2/);
  });

  test.each([
    '',
    'data/lamplight.sqlite',
    'mysql://u:hunter2@h',
    'u:hunter2@h',
    'memory:data/lamplight.sqlite',
    'sqlite:',
    'sqlite://data/lamplight.sqlite',
  ])('"%s" is no store', async (url) => {
    const sentence = await refusal(url);
    expect(sentence).toContain('STORE_URL must');
    expect(sentence).not.toContain('hunter2');
  });
});
