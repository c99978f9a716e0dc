import { createHash } from 'node:crypto';
import { KeyvPostgres } from '@keyv/postgres';
import { DatabaseError, type Pool, type QueryResult } from 'pg';
import type { StorageAdapter } from './namespace.ts';

export const TABLE = 'lamplight';
const PAGE = 200;

interface Statement {
  readonly name: string;
  readonly text: string;
}

/** Creates schema and table, only where missing: whoever may use them may not be let create them. */
export async function prepareSchema(pool: Pool, schema: string): Promise<void> {
  const table = `${schema}.${TABLE}`;
  const found = 'SELECT to_regclass($1) IS NOT NULL AS found';
  const { rows } = await pool.query<{ found: boolean }>(found, [table]);
  if (rows[0]?.found) return;
  try {
    if (schema !== 'public') await pool.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
    await pool.query(
      // Bytes in their order, so that a namespace's keys are a range of the index.
      `CREATE TABLE IF NOT EXISTS ${table} (key text COLLATE "C" PRIMARY KEY, value text NOT NULL)`,
    );
  } catch (error) {
    // Two that create it at the same moment can refuse each other all the same.
    const { rows: again } = await pool.query<{ found: boolean }>(found, [table]);
    if (!again[0]?.found) throw error;
  }
}

/**
 * A condition that is always true and lets the statement it is in commit without a wait for the
 * disk, which takes longer than all the rest of a turn. Everybody sees the write at once; should the
 * database's machine die, the last half second of writes may be gone, the newest first: passages are
 * told again, none is skipped, as with SQLite (see openDatabase). In the statement, because a setting
 * of the session would reach others through a connection pooler
 * (postgresql.org/docs/current/wal-async-commit.html).
 */
const NO_WAIT = "set_config('synchronous_commit', 'off', true) = 'off'";

/**
 * What comes of a prepared statement behind a connection pooler that hands each statement to another
 * connection: `invalid_sql_statement_name` and `duplicate_prepared_statement`
 * (postgresql.org/docs/current/errcodes-appendix.html). It was not carried out then.
 */
const UNPREPARED = new Set(['26000', '42P05']);

/**
 * Keyv's storage over a pool of PostgreSQL connections, which all adapters share; it stays its
 * owner's to end. Keyv's own adapter keeps one pool a process, nobody hears its errors, and it
 * swallows those of a scan. For its schema see prepareSchema.
 */
export class PostgresAdapter extends KeyvPostgres implements StorageAdapter {
  readonly #pool: Pool;
  readonly #table: string;
  readonly #get: Statement;
  readonly #insert: Statement;
  readonly #update: Statement;
  /** It takes a third off each access; not every pooler lets us. */
  #prepares = true;

  constructor(pool: Pool, schema: string) {
    super({ schema, table: TABLE });
    this.#pool = pool;
    this.#table = `${schema}.${TABLE}`;
    this.#get = statement(`SELECT value FROM ${this.#table} WHERE key = $1`);
    this.#insert = statement(
      `INSERT INTO ${this.#table} (key, value) SELECT $1, $2 WHERE ${NO_WAIT}
        ON CONFLICT (key) DO NOTHING`,
    );
    // Of two at once the second waits for the first, and then looks at the value anew
    // (postgresql.org/docs/current/transaction-iso.html, Read Committed).
    this.#update = statement(
      `UPDATE ${this.#table} SET value = $3 WHERE key = $1 AND value = $2 AND ${NO_WAIT}`,
    );
  }

  /** Keyv's own constructor calls this, and would create the table once more. */
  override async connect(): Promise<PostgresAdapter['query']> {
    return async (sql, values) => {
      if (sql.startsWith('CREATE')) return [];
      return (await this.#pool.query(sql, values)).rows;
    };
  }

  override async get<Value = string>(key: string): Promise<Value | undefined> {
    const { rows } = await this.#prepared<{ value: Value }>(this.#get, [key]);
    return rows[0]?.value;
  }

  async swap(key: string, loaded: string | undefined, next: string | undefined): Promise<boolean> {
    if (loaded === undefined) {
      if (next === undefined) return !(await this.has(key));
      return isOne(await this.#prepared(this.#insert, [key, next]));
    }
    if (next === undefined) {
      const same = `DELETE FROM ${this.#table} WHERE key = $1 AND value = $2`;
      return isOne(await this.#pool.query(same, [key, loaded]));
    }
    return isOne(await this.#prepared(this.#update, [key, loaded, next]));
  }

  override async delete(key: string): Promise<boolean> {
    return isOne(await this.#pool.query(`DELETE FROM ${this.#table} WHERE key = $1`, [key]));
  }

  /** Empties this adapter's namespace; without a namespace, the table. */
  override async clear(): Promise<void> {
    const [from, to] = keyRange(this.namespace);
    const all = `DELETE FROM ${this.#table} WHERE key >= $1 AND ($2::text IS NULL OR key < $2)`;
    await this.#pool.query(all, [from, to]);
  }

  /** Keyv writes the expiry, in ms, at the end of the text. */
  async sweep(): Promise<void> {
    const [from, to] = keyRange(this.namespace);
    const expired = `DELETE FROM ${this.#table}
      WHERE key >= $1 AND ($2::text IS NULL OR key < $2)
        AND substring(value from '"expires":([0-9]+)}$')::bigint < $3`;
    await this.#pool.query(expired, [from, to, Date.now()]);
  }

  override async *iterator(namespace = this.namespace): AsyncGenerator<[string, string], void> {
    const page = `SELECT key, value FROM ${this.#table}
      WHERE key >= $1 AND key <> $2 AND ($3::text IS NULL OR key < $3) ORDER BY key LIMIT ${PAGE}`;
    const [first, to] = keyRange(namespace);
    let [from, met] = [first, ''];
    for (;;) {
      const { rows } = await this.#pool.query<{ key: string; value: string }>(page, [
        from,
        met,
        to,
      ]);
      for (const { key, value } of rows) yield [key, value];
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE) return;
      from = last.key;
      met = last.key;
    }
  }

  async #prepared<Row extends object>(
    { name, text }: Statement,
    values: string[],
  ): Promise<QueryResult<Row>> {
    if (!this.#prepares) return await this.#pool.query<Row>(text, values);
    try {
      return await this.#pool.query<Row>({ name, text, values });
    } catch (error) {
      if (!(error instanceof DatabaseError && UNPREPARED.has(error.code ?? ''))) throw error;
      this.#prepares = false;
      return await this.#pool.query<Row>(text, values);
    }
  }
}

/**
 * A statement to be prepared. Its name is of its text: behind a pooler a connection can have been
 * another Lamplight's, with a schema of its own.
 */
function statement(text: string): Statement {
  const hash = createHash('sha256').update(text).digest('base64url');
  return { name: `lamplight ${hash.slice(0, 20)}`, text };
}

/** Whether a statement has changed its one row. */
function isOne({ rowCount }: QueryResult): boolean {
  return rowCount === 1;
}

/** The half-open range of a namespace's keys. ';' is the character after ':'. */
function keyRange(namespace: string | undefined): [from: string, to: string | null] {
  return namespace === undefined ? ['', null] : [`${namespace}:`, `${namespace};`];
}
