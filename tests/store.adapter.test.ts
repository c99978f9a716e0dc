import { DatabaseSync } from 'node:sqlite';
import { createClient } from '@keyv/redis';
import keyvTestSuite, { keyvIteratorTests } from '@keyv/test-suite';
import fc from 'fast-check';
import { Keyv } from 'keyv';
import pg from 'pg';
import * as vitest from 'vitest';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { StorageAdapter } from '../src/reading/namespace.ts';
import { PostgresAdapter, prepareSchema } from '../src/reading/postgres.ts';
import { RedisAdapter, type RedisClient } from '../src/reading/redis.ts';
import { prepareTable, SqliteAdapter } from '../src/reading/sqlite.ts';
import { type Keyspace, keyspaceOn, servers } from './servers.ts';

/** Where adapters keep what they keep, and how one is made. */
interface Bench {
  open(): Promise<void>;
  adapter(): StorageAdapter & { namespace?: string | undefined };
  /** Breaks it, as far as this bench goes: every call fails from now on. */
  breakDown(): Promise<void>;
  close(): Promise<void>;
}

function sqliteBench(): Bench {
  let database: DatabaseSync;
  return {
    async open() {
      database = new DatabaseSync(':memory:');
      prepareTable(database);
    },
    adapter: () => new SqliteAdapter(database),
    async breakDown() {
      database.exec('DROP TABLE keyv');
    },
    async close() {
      database.close();
    },
  };
}

function redisBench(server: string): Bench {
  const client: RedisClient = createClient({ url: server });
  const keyspace = keyspaceOn(server);
  client.setMaxListeners(0);
  return {
    async open() {
      await client.connect();
    },
    adapter: () => new RedisAdapter(client, keyspace.name),
    async breakDown() {
      client.destroy();
    },
    close: () => keyspace.remove(),
  };
}

function postgresBench(server: string): Bench {
  const keyspace: Keyspace = keyspaceOn(server);
  const pool = new pg.Pool({ connectionString: server, max: 2 });
  return {
    open: () => prepareSchema(pool, keyspace.name),
    adapter: () => new PostgresAdapter(pool, keyspace.name),
    breakDown: () => pool.end(),
    close: () => keyspace.remove(),
  };
}

async function keysOf(store: StorageAdapter): Promise<string[]> {
  const keys: string[] = [];
  for await (const [key] of store.iterator()) keys.push(key);
  return keys.toSorted();
}

const benches: [name: string, bench: Bench | undefined][] = [
  ['SQLite', sqliteBench()],
  ['Redis', servers.redis === undefined ? undefined : redisBench(servers.redis)],
  ['PostgreSQL', servers.postgres === undefined ? undefined : postgresBench(servers.postgres)],
];

for (const [name, bench] of benches) {
  if (bench === undefined) {
    test.skip(`${name}: no TEST_REDIS_URL or TEST_POSTGRES_URL names a server to try it on`);
    continue;
  }
  describe(name, () => {
    beforeAll(() => bench.open());
    afterAll(() => bench.close());
    const adapter = (namespace: string) => {
      const made = bench.adapter();
      made.namespace = namespace;
      return made;
    };
    const emptied = async (namespace: string) => {
      const made = adapter(namespace);
      await made.clear();
      return made;
    };

    describe("Keyv's own suite", () => {
      keyvTestSuite(vitest, Keyv, () => bench.adapter());
      keyvIteratorTests(vitest, Keyv, () => bench.adapter());
    });

    describe('namespaces', () => {
      test.each([
        ['a', 'ab'],
        ['a_', 'ab'],
        ['a%', 'ab'],
        ['a*', 'ab'],
        ['a', 'a;'],
        ['a', 'A'],
      ])('%s and %s do not mix', async (one, other) => {
        const [first, second] = [await emptied(one), await emptied(other)];
        await first.swap(`${one}:`, undefined, '1');
        await first.swap(`${one}:key`, undefined, '1');
        await second.swap(`${other}:key`, undefined, '2');
        expect(await keysOf(first)).toEqual([`${one}:`, `${one}:key`]);
        expect(await keysOf(second)).toEqual([`${other}:key`]);
        await first.clear();
        expect(await keysOf(first)).toEqual([]);
        expect(await second.get(`${other}:key`)).toBe('2');
        await second.clear();
      });

      test('without one everything is meant', async () => {
        const store = bench.adapter();
        await store.clear();
        await store.swap('a:1', undefined, '1');
        await store.swap('\u{10ffff}b:1', undefined, '2');
        expect(await keysOf(store)).toEqual(['a:1', '\u{10ffff}b:1']);
        await store.clear();
        expect(await keysOf(store)).toEqual([]);
      });
    });

    test('any key and any text come back as they were', async () => {
      const store = adapter('n');
      // PostgreSQL knows no NUL; JSON has none. No text that is kept is empty.
      const word = fc.string({ unit: 'binary', minLength: 1 }).map((s) => s.replaceAll('\0', ' '));
      await fc.assert(
        fc.asyncProperty(fc.dictionary(word, word, { maxKeys: 6 }), async (entries) => {
          await store.clear();
          const keys = Object.keys(entries).map((key) => `n:${key}`);
          for (const [key, value] of Object.entries(entries)) {
            expect(await store.swap(`n:${key}`, undefined, value)).toBe(true);
          }
          for (const [key, value] of Object.entries(entries)) {
            expect(await store.get(`n:${key}`)).toBe(value);
            expect(await store.swap(`n:${key}`, value, `${value}!`)).toBe(true);
          }
          expect(await keysOf(store)).toEqual(keys.toSorted());
          for (const key of keys) expect(await store.delete(key)).toBe(true);
          expect(await keysOf(store)).toEqual([]);
        }),
        { numRuns: 40 },
      );
    });

    describe('compare and set', () => {
      let store: StorageAdapter;
      beforeEach(async () => {
        store = await emptied('n');
      });

      test('writes over what was loaded, and over nothing else', async () => {
        expect(await store.swap('n:1', 'a', 'b')).toBe(false);
        expect(await store.swap('n:1', undefined, 'a')).toBe(true);
        expect(await store.swap('n:1', undefined, 'b')).toBe(false);
        expect(await store.swap('n:1', 'A', 'b')).toBe(false);
        expect(await store.get('n:1')).toBe('a');
        expect(await store.swap('n:1', 'a', 'b')).toBe(true);
        expect(await store.get('n:1')).toBe('b');
      });

      test('deletes what was loaded, and nothing else', async () => {
        expect(await store.swap('n:1', undefined, undefined)).toBe(true);
        await store.swap('n:1', undefined, 'a');
        expect(await store.swap('n:1', undefined, undefined)).toBe(false);
        expect(await store.swap('n:1', 'b', undefined)).toBe(false);
        expect(await store.get('n:1')).toBe('a');
        expect(await store.swap('n:1', 'a', undefined)).toBe(true);
        expect(await store.get('n:1')).toBeUndefined();
      });

      test('of many at once exactly one wins each round', async () => {
        await store.swap('n:1', undefined, '0');
        for (let round = 0; round < 10; round++) {
          const tries = Array.from({ length: 8 }, () =>
            store.swap('n:1', String(round), String(round + 1)),
          );
          expect((await Promise.all(tries)).filter((won) => won)).toHaveLength(1);
        }
        expect(await store.get('n:1')).toBe('10');
      });
    });

    describe('iterating', () => {
      const keys = Array.from({ length: 650 }, (_, i) => `n:${String(i).padStart(3, '0')}`);
      const filled = async () => {
        const store = await emptied('n');
        await Promise.all(keys.map((key) => store.swap(key, undefined, 'old')));
        return store;
      };

      test('meets every key though each is rewritten and others come and go meanwhile', async () => {
        const store = await filled();
        const met = new Set<string>();
        for await (const [key] of store.iterator()) {
          if (!keys.includes(key)) continue;
          met.add(key);
          await store.swap(key, 'old', 'new');
          await store.swap(`${key}-extra`, undefined, 'extra');
          await store.delete(`${keys[keys.indexOf(key) - 1]}-extra`);
        }
        expect([...met].toSorted()).toEqual(keys);
        const texts = await Promise.all(keys.map((key) => store.get(key)));
        expect(new Set(texts)).toEqual(new Set(['new']));
      });

      test('can delete what it meets', async () => {
        const store = await filled();
        const met = new Set<string>();
        for await (const [key] of store.iterator()) {
          met.add(key);
          await store.delete(key);
        }
        expect(met.size).toBe(keys.length);
        expect(await keysOf(store)).toEqual([]);
      });
    });

    test('a failure reaches the caller', async () => {
      const store = adapter('n');
      await bench.breakDown();
      const iterate = async () => {
        for await (const _ of store.iterator()) break;
      };
      await expect(store.get('n:a')).rejects.toThrow();
      await expect(store.swap('n:a', undefined, '1')).rejects.toThrow();
      await expect(store.swap('n:a', '1', undefined)).rejects.toThrow();
      await expect(store.delete('n:a')).rejects.toThrow();
      await expect(store.clear()).rejects.toThrow();
      await expect(iterate()).rejects.toThrow();
    });
  });
}

describe('SQLite', () => {
  test('deleteMany says whether every key was there, and deletes those that were', async () => {
    const database = new DatabaseSync(':memory:');
    prepareTable(database);
    const store = new SqliteAdapter(database);
    await store.set('n:a', '1');
    await store.set('n:b', '2');
    expect(await store.deleteMany(['n:a', 'n:a', 'n:none'])).toBe(false);
    expect(await store.getMany(['n:b', 'n:a'])).toEqual(['2', undefined]);
  });

  test('has and prepareTable know what has expired', async () => {
    const database = new DatabaseSync(':memory:');
    prepareTable(database);
    const store = new SqliteAdapter(database);
    await store.set('n:gone', '1', -1);
    await store.set('n:later', '2', 60_000);
    expect([await store.has('n:gone'), await store.has('n:later')]).toEqual([false, true]);
    prepareTable(database);
    expect(await keysOf(store)).toEqual(['n:later']);
  });
});

const whyNot = servers.postgres ? '' : ' (skipped: TEST_POSTGRES_URL names no server)';
describe.skipIf(whyNot)(`PostgreSQL behind a pooler${whyNot}`, () => {
  let keyspace: Keyspace;
  let pool: pg.Pool;
  beforeEach(async () => {
    keyspace = keyspaceOn(servers.postgres ?? '');
    pool = new pg.Pool({ connectionString: servers.postgres, max: 1 });
    await prepareSchema(pool, keyspace.name);
    return async () => {
      await pool.end();
      await keyspace.remove();
    };
  });

  async function readAndWrite(store: StorageAdapter, from: string | undefined, to: string) {
    expect(await store.swap('n:1', from, to)).toBe(true);
    expect(await store.swap('n:1', from, 'other')).toBe(false);
    expect(await store.get('n:1')).toBe(to);
  }

  test('that gives it a connection where nothing is prepared', async () => {
    const store = new PostgresAdapter(pool, keyspace.name);
    await readAndWrite(store, undefined, 'a');
    await readAndWrite(store, 'a', 'b');
    await pool.query('DEALLOCATE ALL');
    await readAndWrite(store, 'b', 'c');
  });

  test('that gives it a connection where another one has prepared the same', async () => {
    await readAndWrite(new PostgresAdapter(pool, keyspace.name), undefined, 'a');
    const names = await pool.query<{ name: string }>('SELECT name FROM pg_prepared_statements');
    expect(names.rows.length).toBeGreaterThan(1);
    const other = new pg.Pool({ connectionString: servers.postgres, max: 1 });
    for (const { name } of names.rows) await other.query(`PREPARE "${name}" AS SELECT 1`);
    await readAndWrite(new PostgresAdapter(other, keyspace.name), 'a', 'b');
    await other.end();
  });
});
