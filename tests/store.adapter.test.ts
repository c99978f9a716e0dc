import { DatabaseSync } from 'node:sqlite';
import keyvTestSuite, { keyvIteratorTests } from '@keyv/test-suite';
import fc from 'fast-check';
import { Keyv } from 'keyv';
import * as vitest from 'vitest';
import { describe, expect, test } from 'vitest';
import { prepareTable, SqliteAdapter } from '../src/reading/sqlite.ts';

function openTable(): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  prepareTable(database);
  return database;
}

function adapter(database: DatabaseSync, namespace: string): SqliteAdapter {
  const made = new SqliteAdapter(database);
  made.namespace = namespace;
  return made;
}

async function keysOf(store: SqliteAdapter): Promise<string[]> {
  const keys: string[] = [];
  for await (const [key] of store.iterator()) keys.push(key);
  return keys;
}

describe("Keyv's own suite", () => {
  const database = openTable();
  keyvTestSuite(vitest, Keyv, () => new SqliteAdapter(database));
  keyvIteratorTests(vitest, Keyv, () => new SqliteAdapter(database));
});

describe('namespaces', () => {
  test.each([
    ['a', 'ab'],
    ['a_', 'ab'],
    ['a%', 'ab'],
    ['a', 'a;'],
    ['a', 'A'],
  ])('%s and %s do not mix', async (one, other) => {
    const database = openTable();
    const [first, second] = [adapter(database, one), adapter(database, other)];
    await first.set(`${one}:`, '1');
    await first.set(`${one}:key`, '1');
    await second.set(`${other}:key`, '2');
    expect(await keysOf(first)).toEqual([`${one}:`, `${one}:key`]);
    expect(await keysOf(second)).toEqual([`${other}:key`]);
    await first.clear();
    expect(await keysOf(first)).toEqual([]);
    expect(await second.get(`${other}:key`)).toBe('2');
  });

  test('without one the whole table is meant', async () => {
    const store = new SqliteAdapter(openTable());
    await store.set('a:1', '1');
    await store.set('\u{10ffff}b:1', '2');
    expect(await keysOf(store)).toEqual(['a:1', '\u{10ffff}b:1']);
    await store.clear();
    expect(await keysOf(store)).toEqual([]);
  });
});

test('any key and any text come back as they were', async () => {
  const store = adapter(openTable(), 'n');
  const word = fc.string({ unit: 'binary' });
  await fc.assert(
    fc.asyncProperty(fc.dictionary(word, word), async (entries) => {
      await store.clear();
      const keys = Object.keys(entries).map((key) => `n:${key}`);
      for (const [key, value] of Object.entries(entries)) await store.set(`n:${key}`, value);
      expect(await store.getMany(keys)).toEqual(Object.values(entries));
      expect((await keysOf(store)).toSorted()).toEqual(keys.toSorted());
      expect(await store.deleteMany(keys)).toBe(true);
      expect(await keysOf(store)).toEqual([]);
    }),
  );
});

describe('many keys', () => {
  test('deleteMany says whether every key was there, and deletes those that were', async () => {
    const store = adapter(openTable(), 'n');
    await store.set('n:a', '1');
    await store.set('n:b', '2');
    expect(await store.deleteMany(['n:a', 'n:a', 'n:none'])).toBe(false);
    expect(await store.getMany(['n:b', 'n:a'])).toEqual(['2', undefined]);
  });

  test('has and prepareTable know what has expired', async () => {
    const database = openTable();
    const store = adapter(database, 'n');
    await store.set('n:gone', '1', -1);
    await store.set('n:later', '2', 60_000);
    expect([await store.has('n:gone'), await store.has('n:later')]).toEqual([false, true]);
    prepareTable(database);
    expect(await keysOf(store)).toEqual(['n:later']);
  });
});

describe('iterating', () => {
  const keys = Array.from({ length: 350 }, (_, i) => `n:${String(i).padStart(3, '0')}`);

  test('meets every key once though each is rewritten and others come and go meanwhile', async () => {
    const store = adapter(openTable(), 'n');
    for (const key of keys) await store.set(key, 'old');
    const met: string[] = [];
    for await (const [key] of store.iterator()) {
      if (!keys.includes(key)) continue;
      met.push(key);
      await store.set(key, 'new');
      await store.set(`${key}-extra`, 'extra');
      await store.delete(`${keys[keys.indexOf(key) - 1]}-extra`);
    }
    expect(met).toEqual(keys);
    expect(new Set(await store.getMany(keys))).toEqual(new Set(['new']));
  });

  test('can delete what it meets', async () => {
    const store = adapter(openTable(), 'n');
    for (const key of keys) await store.set(key, 'old');
    let met = 0;
    for await (const [key] of store.iterator()) {
      met += 1;
      await store.delete(key);
    }
    expect(met).toBe(keys.length);
    expect(await keysOf(store)).toEqual([]);
  });
});

test('a failure reaches the caller', async () => {
  const database = openTable();
  const store = adapter(database, 'n');
  database.exec('DROP TABLE keyv');
  await expect(store.get('n:a')).rejects.toThrow('no such table');
  await expect(store.getMany(['n:a'])).rejects.toThrow('no such table');
  await expect(store.set('n:a', '1')).rejects.toThrow('no such table');
});
