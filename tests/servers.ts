import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createClient } from '@keyv/redis';
import pg from 'pg';

/** A server that tests may use, as its URL with all rights; absent where there is none. */
export const servers = {
  redis: process.env['TEST_REDIS_URL'],
  postgres: process.env['TEST_POSTGRES_URL'],
};

/** An empty keyspace on a server: its STORE_URL, and what removes it again. */
export interface Keyspace {
  readonly url: string;
  readonly name: string;
  remove(): Promise<void>;
}

export function keyspaceOn(server: string): Keyspace {
  const name = `test_${randomBytes(8).toString('hex')}`;
  const url = new URL(server);
  const isRedis = url.protocol.startsWith('redis');
  url.searchParams.set(isRedis ? 'prefix' : 'schema', name);
  return {
    url: url.href,
    name,
    remove: () => (isRedis ? removePrefix(server, name) : removeSchema(server, name)),
  };
}

async function removePrefix(server: string, prefix: string): Promise<void> {
  const client = createClient({ url: server });
  await client.connect();
  for await (const keys of client.scanIterator({ MATCH: `${prefix}:*`, COUNT: 1000 })) {
    if (keys.length > 0) await client.unlink(keys);
  }
  await client.close();
}

async function removeSchema(server: string, schema: string): Promise<void> {
  const client = new pg.Client(server);
  await client.connect();
  await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  await client.end();
}

/**
 * Where a test's bot keeps its positions: SQLite in `folder`, or what TEST_STORE names, `redis` or
 * `postgres`, on the server that TEST_REDIS_URL or TEST_POSTGRES_URL names.
 */
export function chosenKeyspace(folder: string): Keyspace {
  const choice = process.env['TEST_STORE'] ?? 'sqlite';
  if (choice === 'sqlite') {
    return { url: `sqlite:${join(folder, 'lamplight.sqlite')}`, name: '', async remove() {} };
  }
  const server = choice === 'redis' ? servers.redis : servers.postgres;
  if (server === undefined) throw new Error(`TEST_STORE=${choice}, but no variable names a server`);
  return keyspaceOn(server);
}
