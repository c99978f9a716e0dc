import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { StorageAdapter } from './namespace.ts';

const PAGE = 100;

/**
 * Makes a database ready for SqliteAdapter: creates the table where there is none and removes what
 * has expired. Throws SQLite's error when the file is no database or its `keyv` table is not ours.
 */
export function prepareTable(database: DatabaseSync): void {
  database.exec(
    // Not WITHOUT ROWID: that spills values above a quarter page, and a write takes twice as long
    // (https://sqlite.org/withoutrowid.html, 4).
    'CREATE TABLE IF NOT EXISTS keyv (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL, expires INTEGER)',
  );
  database.prepare('DELETE FROM keyv WHERE expires < ?').run(Date.now());
}

/**
 * Keyv 5 storage over one open SQLite database (see prepareTable). Any number of adapters share the
 * table, each for the namespace that its Keyv gives it: Keyv hands over keys as `namespace:key` and
 * values as text, with the expiry inside; the column repeats it for `has` and prepareTable.
 *
 * Calls run to their end before they return, so each is atomic, and throw SQLite's errors. It does
 * not say `implements KeyvStoreAdapter`: there `get<Value>` promises whatever type its caller names,
 * which text is not.
 */
export class SqliteAdapter implements StorageAdapter {
  /** Keyv offers its iterator only for dialects it knows. */
  readonly opts = { dialect: 'sqlite' };
  namespace: string | undefined;

  readonly #get: StatementSync;
  readonly #has: StatementSync;
  readonly #set: StatementSync;
  readonly #insert: StatementSync;
  readonly #update: StatementSync;
  readonly #deleteSame: StatementSync;
  readonly #delete: StatementSync;
  readonly #deleteMany: StatementSync;
  readonly #clear: StatementSync;
  readonly #sweep: StatementSync;
  readonly #page: StatementSync;

  constructor(database: DatabaseSync) {
    this.#get = database.prepare('SELECT value FROM keyv WHERE key = ?');
    this.#has = database.prepare(
      'SELECT 1 FROM keyv WHERE key = ? AND (expires IS NULL OR expires >= ?)',
    );
    this.#set = database.prepare(
      `INSERT INTO keyv (key, value, expires) VALUES (?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires = excluded.expires`,
    );
    this.#insert = database.prepare(
      'INSERT INTO keyv (key, value, expires) VALUES (?, ?, ?) ON CONFLICT (key) DO NOTHING',
    );
    this.#update = database.prepare(
      'UPDATE keyv SET value = ?, expires = ? WHERE key = ? AND value = ?',
    );
    this.#deleteSame = database.prepare('DELETE FROM keyv WHERE key = ? AND value = ?');
    this.#delete = database.prepare('DELETE FROM keyv WHERE key = ?');
    this.#deleteMany = database.prepare(
      'DELETE FROM keyv WHERE key IN (SELECT value FROM json_each(?))',
    );
    this.#clear = database.prepare('DELETE FROM keyv WHERE key >= ? AND key < ?');
    this.#sweep = database.prepare('DELETE FROM keyv WHERE key >= ? AND key < ? AND expires < ?');
    this.#page = database.prepare(
      `SELECT key, value FROM keyv WHERE key >= ? AND key < ? ORDER BY key LIMIT ${PAGE}`,
    );
  }

  async get(key: string): Promise<string | undefined> {
    return this.#read(key);
  }

  /** In the order of `keys`. Keyv's own way without it turns a failed read into "not there". */
  async getMany(keys: readonly string[]): Promise<(string | undefined)[]> {
    return keys.map((key) => this.#read(key));
  }

  /** `ttl` in milliseconds from now. */
  async set(key: string, value: string, ttl?: number): Promise<void> {
    this.#set.run(key, value, ttl === undefined ? null : Date.now() + ttl);
  }

  async has(key: string): Promise<boolean> {
    return this.#has.get(key, Date.now()) !== undefined;
  }

  /** Writes only if what is stored is still what was loaded; see StorageAdapter. */
  async swap(
    key: string,
    loaded: string | undefined,
    next: string | undefined,
    ttl?: number,
  ): Promise<boolean> {
    const expires = ttl === undefined ? null : Date.now() + ttl;
    if (loaded === undefined) {
      if (next === undefined) return this.#read(key) === undefined;
      return this.#insert.run(key, next, expires).changes === 1;
    }
    if (next === undefined) return this.#deleteSame.run(key, loaded).changes === 1;
    return this.#update.run(next, expires, key, loaded).changes === 1;
  }

  /** Whether the key was there. */
  async delete(key: string): Promise<boolean> {
    return this.#delete.run(key).changes === 1;
  }

  /** All in one transaction. Whether every key was there. */
  async deleteMany(keys: readonly string[]): Promise<boolean> {
    const distinct = [...new Set(keys)];
    return this.#deleteMany.run(JSON.stringify(distinct)).changes === distinct.length;
  }

  /** Empties this adapter's namespace; without a namespace, the table. */
  async clear(): Promise<void> {
    this.#clear.run(...keyRange(this.namespace));
  }

  async sweep(): Promise<void> {
    this.#sweep.run(...keyRange(this.namespace), Date.now());
  }

  /**
   * Every [key, value] of a namespace, by key. No query stays open between pages, so keys may be
   * written and deleted meanwhile: one that stays is met exactly once, one that comes or goes may
   * or may not be.
   */
  async *iterator(namespace = this.namespace): AsyncGenerator<[string, string], void> {
    let [from, to] = keyRange(namespace);
    for (;;) {
      const rows = this.#page.all(from, to);
      for (const row of rows) {
        const key = text(row['key']);
        yield [key, text(row['value'])];
        from = `${key}\0`; // the least key that is greater
      }
      if (rows.length < PAGE) return;
    }
  }

  #read(key: string): string | undefined {
    const row = this.#get.get(key);
    return row && text(row['value']);
  }
}

/** The half-open range of a namespace's keys. ';' is the character after ':'; any blob sorts after all text. */
function keyRange(namespace: string | undefined): [string, string | Uint8Array] {
  return namespace === undefined ? ['', new Uint8Array()] : [`${namespace}:`, `${namespace};`];
}

function text(column: unknown): string {
  if (typeof column === 'string') return column;
  throw new TypeError('The keyv table holds something that is not text.');
}
