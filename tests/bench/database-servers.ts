import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '@keyv/redis';
import pg from 'pg';

/** Where Debian puts PostgreSQL's programs, the versions that are supported today. */
const POSTGRES_FOLDERS = [18, 17, 16, 15, 14].map(
  (version) => `/usr/lib/postgresql/${version}/bin`,
);
const REDIS_PROGRAMS = ['/usr/bin/redis-server', '/usr/bin/valkey-server'];
const START_LIMIT = 10_000;

/** The URLs of the servers to measure with; absent where there is none. */
export interface DatabaseServers {
  readonly redis?: string;
  readonly postgres?: string;
  stop(): Promise<void>;
}

/**
 * The servers that are named, and for those that are not, ones of its own in a folder of their own,
 * on loopback, where this machine has the programs: Redis with its append-only file written out
 * every second, PostgreSQL as it is set up by default.
 */
export async function findServers(named: {
  readonly redis: string | undefined;
  readonly postgres: string | undefined;
}): Promise<DatabaseServers> {
  const folder = await mkdtemp(join(tmpdir(), 'lamplight-servers-'));
  // PostgreSQL's user has to get through to its own.
  await chmod(folder, 0o711);
  const own: Server[] = [];
  const stop = async () => {
    for (const server of own) await server.stop();
    await rm(folder, { recursive: true });
  };
  try {
    const redis = named.redis ?? (await startRedis(join(folder, 'redis'), own));
    const postgres = named.postgres ?? (await startPostgres(join(folder, 'postgres'), own));
    return {
      ...(redis !== undefined && { redis }),
      ...(postgres !== undefined && { postgres }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Server {
  stop(): Promise<void>;
}

async function startRedis(folder: string, own: Server[]): Promise<string | undefined> {
  const program = REDIS_PROGRAMS.find((path) => existsSync(path));
  if (program === undefined) return undefined;
  const port = String(await freePort());
  mkdirSync(folder);
  const durable = ['--appendonly', 'yes', '--save', ''];
  const where = ['--bind', '127.0.0.1', '--port', port, '--dir', folder];
  own.push(serve(program, [...where, ...durable, '--loglevel', 'warning'], {}));
  const url = `redis://127.0.0.1:${port}`;
  await answering(async () => {
    const client = createClient({ url, socket: { reconnectStrategy: false } });
    client.on('error', () => {});
    await client.connect();
    client.destroy();
  });
  return url;
}

/** PostgreSQL refuses to run as root: root runs it as the user that its package has made. */
async function startPostgres(folder: string, own: Server[]): Promise<string | undefined> {
  const programs = POSTGRES_FOLDERS.find((path) => existsSync(join(path, 'initdb')));
  if (programs === undefined) return undefined;
  const port = String(await freePort());
  mkdirSync(folder);
  const user = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {};
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const options = ['-D', data, '-U', 'postgres', '-A', 'trust', '--locale=C.UTF-8'];
  execFileSync(join(programs, 'initdb'), options, { ...user, cwd: folder, stdio: 'ignore' });
  const where = ['-D', data, '-k', folder, '-h', '127.0.0.1', '-p', port];
  own.push(serve(join(programs, 'postgres'), where, { ...user, cwd: folder }));
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  await answering(async () => {
    const client = new pg.Client(url);
    await client.connect();
    await client.end();
  });
  return url;
}

function idOf(option: '-u' | '-g'): number {
  return Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }));
}

function serve(
  program: string,
  args: readonly string[],
  options: { readonly uid?: number; readonly gid?: number; readonly cwd?: string },
): Server {
  const child = spawn(program, args, { ...options, stdio: 'ignore' });
  const kill = () => void child.kill('SIGINT');
  process.once('exit', kill);
  return {
    async stop() {
      process.off('exit', kill);
      if (child.exitCode !== null) return;
      const gone = once(child, 'exit');
      // PostgreSQL's fast shutdown; Redis takes it as its SIGTERM.
      child.kill('SIGINT');
      await gone;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return address.port;
}

async function answering(ask: () => Promise<unknown>): Promise<void> {
  const deadline = performance.now() + START_LIMIT;
  for (;;) {
    try {
      await ask();
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await sleep(50);
    }
  }
}
