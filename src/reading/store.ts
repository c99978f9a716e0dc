import { closeSync, existsSync, mkdirSync, openSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Keyv } from 'keyv';
import { prepareTable, SqliteAdapter } from './sqlite.ts';

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

/** The store can't be opened. Its message is one sentence for whoever runs the bot, without secrets. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}

/**
 * Opens the store that STORE_URL names: `sqlite:PATH` (relative to the working directory; the folder
 * and the file are created) or `memory:`. Throws a StoreError.
 */
export async function openStore(url: string): Promise<Store> {
  if (url === 'memory:') return openMemory();
  // A message never repeats the URL: it may hold a password.
  const [, scheme = '', rest = ''] = /^([a-z]+):(.*)$/is.exec(url) ?? [];
  switch (scheme.toLowerCase()) {
    case 'sqlite':
      return openSqlite(rest);
    case 'redis':
    case 'rediss':
    case 'postgres':
      throw new StoreError(
        `STORE_URL asks for ${scheme}, where this version of Lamplight can't keep positions yet: use sqlite:PATH.`,
      );
    default:
      throw new StoreError(
        'STORE_URL must be sqlite:PATH, such as sqlite:data/lamplight.sqlite, or memory: to keep nothing.',
      );
  }
}

function openMemory(): Store {
  const maps = new Map<string, Map<string, unknown>>();
  return {
    namespace(name) {
      const map = maps.get(name) ?? new Map<string, unknown>();
      maps.set(name, map);
      return keyv(name, map);
    },
    async close() {},
  };
}

function openSqlite(path: string): Store {
  if (path === '' || path.startsWith('//')) {
    throw new StoreError(
      'STORE_URL must name a file, without slashes of its own after the colon: sqlite:data/lamplight.sqlite or sqlite:/var/lib/lamplight.sqlite.',
    );
  }
  const file = locate(resolve(path));
  const lock = takeLock(file);
  let database: DatabaseSync;
  try {
    database = openDatabase(file);
  } catch (error) {
    releaseLock(lock);
    throw error;
  }
  return {
    namespace: (name) => keyv(name, new SqliteAdapter(database)),
    async close() {
      if (!database.isOpen) return;
      try {
        // Passive, so it never waits for a reader. After it not even a power failure costs anything.
        database.exec('PRAGMA wal_checkpoint(PASSIVE)');
      } finally {
        database.close();
        releaseLock(lock);
      }
    },
  };
}

/**
 * `throwOnErrors`, because otherwise a store that fails reads as an empty one. Keyv would emit the
 * same errors as events too; neither of these stores has any that no call throws.
 */
function keyv<Value>(namespace: string, store: SqliteAdapter | Map<string, unknown>): Keyv<Value> {
  // Keyv cuts the namespace off a key at the first colon.
  if (!/^[\w-]+$/.test(namespace)) throw new TypeError(`Not a namespace: "${namespace}"`);
  return new Keyv<Value>({
    store,
    namespace,
    throwOnErrors: true,
    emitErrors: false,
    // What is kept is plain JSON. Keyv's own way knows Buffers too and takes ten times as long.
    serialize: JSON.stringify,
    deserialize: JSON.parse,
  });
}

/** Creates the file and its folder where missing; returns the one path behind every way to name it. */
function locate(path: string): string {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // Only when missing: closing any descriptor of an SQLite file drops this process's locks on it
    // (https://sqlite.org/howtocorrupt.html, 2.2).
    if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
    const file = realpathSync(path);
    if (!statSync(file).isDirectory()) return file;
  } catch (error) {
    throw new StoreError(
      `The store ${path} can't be created (${reason(error)}): make its folder writable, or set STORE_URL to another place.`,
      { cause: error },
    );
  }
  throw new StoreError(`The store ${path} is a folder: set STORE_URL to a file in it.`);
}

/** Open locks. One that only its store refers to would be closed with it by the garbage collector. */
const locks = new Set<DatabaseSync>();

/**
 * Takes the lock that makes this process the only Lamplight on `file`: a transaction held open on an
 * empty database beside it. The operating system drops it with the process, however that dies, and
 * the store itself stays readable for a backup. The file is never deleted: whoever had opened it
 * before would then hold another lock than whoever creates it anew.
 */
function takeLock(file: string): DatabaseSync {
  const path = `${file}.lock`;
  let lock: DatabaseSync | undefined;
  try {
    // Without the wait (milliseconds), two that start at the same moment can refuse each other.
    lock = new DatabaseSync(path, { timeout: 250 });
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock?.close();
    if (resultCode(error) === SQLITE_BUSY) {
      throw new StoreError(
        `Another Lamplight is already using ${file}: stop it first, or give this one a STORE_URL of its own.`,
        { cause: error },
      );
    }
    throw unusable(path, error);
  }
  locks.add(lock);
  return lock;
}

function releaseLock(lock: DatabaseSync): void {
  lock.close();
  locks.delete(lock);
}

/**
 * What a crash can cost. The process dies (SIGKILL included): nothing; what was committed is with
 * the operating system. The machine dies: with WAL and synchronous=NORMAL the newest commits since
 * the last checkpoint may be gone, never an older one before a newer one, and the file stays sound
 * (https://sqlite.org/pragma.html#pragma_synchronous): some passages are told again, none is
 * skipped. FULL would spare that for an fsync a commit, during which the whole bot stands still:
 * measured on a server's virtual disk, 0.16 ms instead of 0.006.
 */
function openDatabase(file: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    // Only another program that writes to the file makes us wait (milliseconds). The bot stands
    // still meanwhile, and Discord wants an answer within three seconds.
    database = new DatabaseSync(file, { timeout: 1000 });
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    prepareTable(database);
    return database;
  } catch (error) {
    database?.close();
    throw unusable(file, error);
  }
}

// Primary result codes: https://sqlite.org/rescode.html
const SQLITE_ERROR = 1;
const SQLITE_BUSY = 5;
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

function unusable(file: string, error: unknown): StoreError {
  return new StoreError(`The store ${file} ${complaint(error)}`, { cause: error });
}

function complaint(error: unknown): string {
  switch (resultCode(error)) {
    case SQLITE_BUSY:
      return 'is being written to by another program: stop that one first.';
    case SQLITE_ERROR: // our statements are sound, so it is the table that is not ours
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return "is damaged or is not a Lamplight's: restore it from a backup, or set STORE_URL to another file.";
    default:
      return `can't be used (${reason(error)}): check that its disk has room and may be written to, or set STORE_URL to another file.`;
  }
}

/** SQLite's primary result code: the low byte of the extended one. */
function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error && 'errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}

/** In brackets in a message: a file system error's code, or SQLite's own words. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (resultCode(error) !== undefined) return error.message;
  return 'code' in error ? String(error.code) : error.message;
}
