import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { openNamespace } from './namespace.ts';
import { prepareTable, SqliteAdapter } from './sqlite.ts';
import type { Store } from './store.ts';
import { StoreError } from './store-error.ts';

/** A store that is gone with the process, or sooner. */
export function openMemory(): Store {
  const database = new DatabaseSync(':memory:');
  prepareTable(database);
  return {
    namespace: (name) => openNamespace(name, new SqliteAdapter(database)),
    async close() {
      if (database.isOpen) database.close();
    },
  };
}

/** Throws a StoreError where there is no such file. */
export function assertStore(path: string): void {
  const file = resolve(assertPath(path));
  if (!existsSync(file)) throw new StoreError(`There is no store ${file}: check the path.`);
}

/** Opens a SQLite file to look at, also while another process uses it. Throws a StoreError. */
export function lookAtSqlite(path: string): Store {
  const file = resolve(assertPath(path));
  const database = attempt(file, () => {
    const opened = new DatabaseSync(file, { readOnly: true, timeout: 1000 });
    opened.prepare('SELECT key, value, expires FROM keyv LIMIT 1').get();
    return opened;
  });
  return {
    namespace: (name) => openNamespace(name, new SqliteAdapter(database)),
    async close() {
      if (database.isOpen) database.close();
    },
  };
}

/**
 * Copies a SQLite store as it is at this moment into a new file, also while another process uses
 * it. Throws a StoreError.
 */
export async function backUpSqlite(path: string, target: string): Promise<void> {
  assertStore(path);
  if (existsSync(target)) {
    throw new StoreError(`There is a file ${target} already: name another one for the backup.`);
  }
  const file = resolve(path);
  const source = attempt(file, () => new DatabaseSync(file, { readOnly: true, timeout: 1000 }));
  const unfinished = `${target}.part`;
  try {
    rmSync(unfinished, { force: true });
    closeSync(openSync(unfinished, 'wx', 0o600));
    // All at once: page by page it would begin anew with every write of somebody else's.
    await backup(source, unfinished, { rate: 2 ** 30 });
    // One file, without a log of writes beside it.
    const copy = new DatabaseSync(unfinished);
    copy.exec('PRAGMA journal_mode = DELETE');
    copy.close();
    renameSync(unfinished, target);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw new StoreError(
      `The backup ${target} can't be written (${reason(error)}): check its folder, and that the disk has room.`,
      { cause: error },
    );
  } finally {
    source.close();
  }
}

/** Opens a SQLite file, for this process alone. Throws a StoreError. */
export function openSqlite(path: string): Store {
  const file = locate(resolve(assertPath(path)));
  const lock = takeLock(file);
  let database: DatabaseSync;
  try {
    database = openDatabase(file);
  } catch (error) {
    releaseLock(lock);
    throw error;
  }
  return {
    namespace: (name) => openNamespace(name, new SqliteAdapter(database)),
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

function assertPath(path: string): string {
  if (path !== '' && !path.startsWith('//')) return path;
  throw new StoreError(
    'STORE_URL must name a file, without slashes of its own after the colon: sqlite:data/lamplight.sqlite or sqlite:/var/lib/lamplight.sqlite.',
  );
}

/** Does what can fail with SQLite's errors; throws a StoreError in their place. */
function attempt<T>(file: string, open: () => T): T {
  try {
    return open();
  } catch (error) {
    throw unusable(file, error);
  }
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
