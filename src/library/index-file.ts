import { hash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DamageError, IndexError, isDamage, resultCode } from './index-error.ts';
import { numberIn } from './row.ts';

/** "Lmpl": marks the file as a library's index (https://sqlite.org/pragma.html#pragma_application_id). */
const APPLICATION = 0x4c6d706c;

/** Ms for which another process that writes is waited for: it writes a book at a time. */
const PATIENCE = 5000;

/** The id of a passage is its edition's, times this, plus its number: an edition's lie together. */
export const ID_STEP = 2 ** 20;

// An edition is what a file held at one time; its number is never used again, so whoever still
// tells from one that is deleted finds nothing, and never another text. `used` says when a process
// last needed it, in ms since 1970.
const TABLES = `
  CREATE TABLE edition (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    file TEXT NOT NULL,
    format TEXT NOT NULL,
    hash TEXT NOT NULL,
    size INTEGER NOT NULL,
    mtime REAL NOT NULL,
    ctime REAL NOT NULL,
    outcome TEXT NOT NULL,
    chapters TEXT NOT NULL,
    UNIQUE (file, format, hash)
  );
  CREATE TABLE used (
    edition INTEGER PRIMARY KEY,
    at INTEGER NOT NULL
  );
  CREATE TABLE passage (
    id INTEGER PRIMARY KEY,
    edition INTEGER NOT NULL,
    anchor TEXT NOT NULL,
    text TEXT NOT NULL,
    marks TEXT,
    upto INTEGER NOT NULL
  );
  CREATE INDEX passage_by_anchor ON passage (edition, anchor);
`;

/** Names the tables; nobody can forget to count it up. */
const VERSION = Number.parseInt(hash('sha256', TABLES, 'hex').slice(0, 7), 16);

/**
 * Opens the index's file, created where missing, for its owner alone. What is there and is no sound
 * index, or has other tables, is removed and made anew. Throws an IndexError where there can be none.
 */
export function openIndexFile(path: string): DatabaseSync {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    try {
      return openSound(path);
    } catch (error) {
      if (!isDamage(error)) throw error;
      removeIndexFile(path);
      return openSound(path);
    }
  } catch (error) {
    throw unusable(path, error);
  }
}

/** Opens an index that this process has open already. */
export function connect(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: PATIENCE });
  // A power failure may cost the newest editions (https://sqlite.org/pragma.html#pragma_synchronous);
  // their files are read again.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
  return database;
}

/** Another process that has it open goes on with what it has. */
export function removeIndexFile(path: string): void {
  for (const ending of ['', '-wal', '-shm']) rmSync(`${path}${ending}`, { force: true });
}

/** The sentence for an index that can't be written to. */
export function unusable(path: string, error: unknown): IndexError {
  const reason = error instanceof Error ? error.message : String(error);
  const code = resultCode(error) === undefined && error instanceof Error && 'code' in error;
  return new IndexError(
    `The library's index ${path} can't be used (${code ? error.code : reason}): make room there, or its folder writable.`,
    { cause: error },
  );
}

function openSound(path: string): DatabaseSync {
  // Nobody else is to read it; SQLite gives the files beside it the same mode. Only when missing:
  // closing a descriptor drops this process's locks (https://sqlite.org/howtocorrupt.html, 2.2).
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
  const database = connect(path);
  try {
    const { user_version: version } = database.prepare('PRAGMA user_version').get() ?? {};
    if (version === 0) makeTables(database);
    checkTables(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Two processes may start at once on a file that is not there. */
function makeTables(database: DatabaseSync): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    if (database.prepare('SELECT 1 FROM sqlite_schema').get() === undefined) {
      database.exec(TABLES);
      database.exec(`PRAGMA application_id = ${APPLICATION}; PRAGMA user_version = ${VERSION}`);
    }
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function checkTables(database: DatabaseSync): void {
  const is = (pragma: string, value: number) =>
    numberIn(database.prepare(`PRAGMA ${pragma}`).get() ?? {}, pragma) === value;
  if (!is('application_id', APPLICATION) || !is('user_version', VERSION)) {
    throw new DamageError('not an index, or of another version');
  }
}
