import pg from 'pg';
import { openNamespace } from './namespace.ts';
import { PostgresAdapter, prepareSchema, TABLE } from './postgres.ts';
import { parseServerUrl, passwordsIn, type ServerUrl } from './server-url.ts';
import type { Store } from './store.ts';
import { StoreError } from './store-error.ts';

/** A connection, or the wait for one that is free, has this long, in ms; so has an answer. */
const CONNECT_WITHIN = 3000;
const ANSWER_WITHIN = 3000;
const CONNECTIONS = 10;

/**
 * Connects to PostgreSQL: `postgres://[USER[:PASSWORD]@]HOST[:PORT]/DATABASE[?schema=NAME]`, with
 * any other parameter that the driver knows. The schema and the table are created. Throws a
 * StoreError. Connections that are lost later are replaced.
 */
export async function openPostgres(
  text: string,
  onConnection: (error: unknown) => void,
): Promise<Store> {
  const server = parseServerUrl(text, 'schema', { name: 'public', port: 5432 });
  let isLost = false;
  let pool: pg.Pool;
  try {
    pool = new pg.Pool({
      connectionString: server.url,
      application_name: 'lamplight',
      max: CONNECTIONS,
      connectionTimeoutMillis: CONNECT_WITHIN,
      query_timeout: ANSWER_WITHIN,
      keepAlive: true,
    });
  } catch (error) {
    throw unusable(server, text, error);
  }
  // Without a listener, a connection that breaks while nobody uses it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (connection) => {
    connection.on('error', (error) => {
      if (isLost) return;
      isLost = true;
      onConnection(error);
    });
    if (!isLost) return;
    isLost = false;
    onConnection(undefined);
  });
  try {
    await prepareSchema(pool, server.name);
  } catch (error) {
    await pool.end();
    throw unusable(server, text, error);
  }
  return {
    namespace: (name) => openNamespace(name, new PostgresAdapter(pool, server.name)),
    async close() {
      if (!pool.ending) await pool.end();
    },
  };
}

function unusable({ address }: ServerUrl, text: string, error: unknown): StoreError {
  const sentence = `PostgreSQL at ${address} ${complaint(error, passwordsIn(text))}`;
  return new StoreError(sentence, { cause: error });
}

function complaint(error: unknown, secrets: readonly string[]): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const message = error instanceof Error ? error.message : String(error);
  // postgresql.org/docs/current/errcodes-appendix.html
  if (code.startsWith('28') || message.includes('must be a string')) {
    return 'refuses the user or the password: correct those in STORE_URL.';
  }
  if (code === '3D000') return 'has no such database: create it, or correct STORE_URL.';
  if (code === '42501') {
    return `does not let this user create what is missing: grant it CREATE, or create the table ${TABLE} for it.`;
  }
  const reason = secrets.reduce((line, secret) => line.replaceAll(secret, '***'), code || message);
  return `can't be reached (${reason}): start it, or correct STORE_URL.`;
}
