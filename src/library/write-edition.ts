import { hash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Book, Passage } from '../story/story.ts';
import { type Marks, NO_MARKS, type Outcome, type Untold } from './edition.ts';
import type { Stamp } from './folder.ts';
import { ID_STEP } from './index-file.ts';
import { numberIn } from './row.ts';
import { seal } from './seal.ts';

/** What a file is read as: its path below the folder of stories, and the way of reading. */
export interface Subject {
  readonly file: string;
  readonly format: string;
}

/** Writes into an index. Every call is one transaction, and throws SQLite's errors. */
export interface EditionWriter {
  /** The edition that was made of the very same bytes, now known by this stamp as well. */
  again(subject: Subject, bytes: Uint8Array, stamp: Stamp): number | undefined;
  /** Writes what came of reading `bytes`, or of trying to. Returns the edition's number. */
  write(
    subject: Subject,
    bytes: Uint8Array | undefined,
    stamp: Stamp,
    result: Book | Untold,
  ): number;
  /** Deletes an edition that no process has used since a time, in ms since 1970. */
  drop(edition: number, since: number): void;
}

/** In place of the hash of bytes that were not read to their end: no hash is equal to it. */
const UNREAD = '';

export function editionWriter(database: DatabaseSync): EditionWriter {
  const find = database.prepare(
    'SELECT id FROM edition WHERE file = ? AND format = ? AND hash = ?',
  );
  const restamp = database.prepare(
    'UPDATE edition SET size = ?, mtime = ?, ctime = ? WHERE id = ?',
  );
  const insert = database.prepare(
    `INSERT INTO edition (file, format, hash, size, mtime, ctime, outcome, chapters)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
  );
  const insertPassage = database.prepare(
    'INSERT INTO passage (id, edition, anchor, text, marks, upto) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const deletePassages = database.prepare('DELETE FROM passage WHERE id BETWEEN ? AND ?');
  const use = database.prepare('INSERT OR REPLACE INTO used (edition, at) VALUES (?, ?)');
  const usedSince = database.prepare('SELECT 1 FROM used WHERE edition = ? AND at >= ?');
  const forget = database.prepare('DELETE FROM used WHERE edition = ?');
  const deleteEdition = database.prepare('DELETE FROM edition WHERE id = ?');

  const known = ({ file, format }: Subject, hashed: string, stamp: Stamp) => {
    const row = find.get(file, format, hashed);
    if (row === undefined) return undefined;
    const id = numberIn(row, 'id');
    restamp.run(stamp.size, stamp.mtime, stamp.ctime, id);
    use.run(id, Date.now());
    return id;
  };
  const drop = (edition: number) => {
    deletePassages.run(edition * ID_STEP, (edition + 1) * ID_STEP - 1);
    deleteEdition.run(edition);
    forget.run(edition);
  };

  return {
    again: (subject, bytes, stamp) =>
      inTransaction(database, () => known(subject, hashOf(bytes), stamp)),
    write: (subject, bytes, stamp, result) =>
      inTransaction(database, () => {
        const hashed = bytes === undefined ? UNREAD : hashOf(bytes);
        // Another process may have read the same file meanwhile.
        const other = known(subject, hashed, stamp);
        if (other !== undefined && hashed !== UNREAD) return other;
        if (other !== undefined) drop(other);

        const { size, mtime, ctime } = stamp;
        const { outcome, chapters, passages } = contentsOf(result);
        const row = insert.get(
          ...[subject.file, subject.format, hashed, size, mtime, ctime],
          ...[seal(outcome), seal(chapters)],
        );
        const edition = numberIn(row ?? {}, 'id');
        use.run(edition, Date.now());
        let upTo = 0;
        for (const { number, anchor, text, ...marks } of passages) {
          upTo += text.length;
          const sealed = isPlain(marks) ? null : seal(marks satisfies Marks);
          insertPassage.run(edition * ID_STEP + number, edition, anchor, text, sealed, upTo);
        }
        return edition;
      }),
    drop: (edition, since) =>
      inTransaction(database, () => {
        if (usedSince.get(edition, since) === undefined) drop(edition);
      }),
  };
}

function contentsOf(result: Book | Untold) {
  if ('reason' in result) {
    const outcome: Outcome = result;
    return { outcome, chapters: [], passages: [] };
  }
  const { passages, chapters, ...facts } = result;
  const characters = passages.reduce((sum, { text }) => sum + text.length, 0);
  const outcome: Outcome = { facts, length: passages.length, characters };
  return { outcome, chapters, passages };
}

function isPlain({ emphasis, scene, after }: Omit<Passage, 'number' | 'anchor' | 'text'>): boolean {
  return emphasis.length === 0 && scene === NO_MARKS.scene && after === NO_MARKS.after;
}

function hashOf(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'base64url');
}

function inTransaction<Result>(database: DatabaseSync, work: () => Result): Result {
  // IMMEDIATE: a transaction that first reads and then wants to write can be refused (SQLITE_BUSY).
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
