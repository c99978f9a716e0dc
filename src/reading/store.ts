import type { Keyv } from 'keyv';
import { assertStore, lookAtSqlite, openMemory, openSqlite } from './sqlite-store.ts';
import { StoreError } from './store-error.ts';

/** Where positions are kept. */
export interface Store {
  /**
   * The values kept under a name of letters, digits, `-` and `_`. Every failure of the store is
   * thrown by the call that met it. Keyv takes a key that begins with `name:` to be prefixed already.
   */
  namespace<Value>(name: string): Keyv<Value>;
  /** Writes out what is pending and lets go of the store, which is of no use afterwards. Twice is fine. */
  close(): Promise<void>;
}

export interface StoreOptions {
  /** Opens no SQLite file that is not there: to read from, where an empty store is a slip of the pen. */
  readonly mustExist?: boolean;
  /** Only looks at a SQLite file, which another process may be using; all writes fail. */
  readonly readOnly?: boolean;
  /** The connection to the store is lost, or is back where there is no error; for the log. */
  readonly onConnection?: (error: unknown) => void;
}

/**
 * Opens the store that STORE_URL names: `sqlite:PATH` (relative to the working directory; the folder
 * and the file are created), `redis://`, `rediss://`, `postgres://` or `memory:`. Throws a
 * StoreError, for a server that does not answer within some five seconds.
 */
export async function openStore(
  url: string,
  { onConnection = () => {}, mustExist = false, readOnly = false }: StoreOptions = {},
): Promise<Store> {
  if (url === 'memory:') return openMemory();
  // A message never repeats the URL: it may hold a password.
  const [, scheme = '', rest = ''] = /^([a-z]+):(.*)$/is.exec(url) ?? [];
  switch (scheme.toLowerCase()) {
    case 'sqlite':
      if (mustExist || readOnly) assertStore(rest);
      return readOnly ? lookAtSqlite(rest) : openSqlite(rest);
    case 'redis':
    case 'rediss': {
      const { openRedis } = await import('./redis-store.ts');
      return await openRedis(url, onConnection);
    }
    case 'postgres':
    case 'postgresql': {
      const { openPostgres } = await import('./postgres-store.ts');
      return await openPostgres(url, onConnection);
    }
    default:
      throw new StoreError(
        'STORE_URL must be sqlite:PATH, such as sqlite:data/lamplight.sqlite, redis://HOST, rediss://HOST, postgres://USER@HOST/DATABASE, or memory: to keep nothing.',
      );
  }
}
