import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { hashText } from '../story/anchor.ts';
import type { Chapter, Passage } from '../story/story.ts';
import { type Edition, type Marks, NO_MARKS, type Outcome, type Untold } from './edition.ts';
import type { Stamp } from './folder.ts';
import { DamageError, IndexError, isDamage } from './index-error.ts';
import { ID_STEP, openIndexFile, removeIndexFile } from './index-file.ts';
import { isSystemError } from './problem.ts';
import { numberIn, type Row, textIn } from './row.ts';
import { unseal } from './seal.ts';
import { editionWriter, type Subject } from './write-edition.ts';

/**
 * The index of a library, as the bot reads it; a worker writes the editions into it. Nothing is
 * ever told that is not as it was written: what is found damaged is thrown as an IndexError.
 */
export interface LibraryIndex {
  readonly path: string;
  /** The editions that were read in this format. */
  editions(format: string): Edition[];
  outcome(edition: number): Outcome;
  chapters(edition: number): Chapter[];
  passage(edition: number, number: number): Passage;
  /** The numbers of the passages with this anchor, rising. */
  numbersOf(edition: number, anchor: string): number[];
  /** The characters of the passages up to and with this one. */
  charactersUpTo(edition: number, number: number): number;
  /** Remembers that a file can't be told, since reading it came to nothing. Returns its edition. */
  note(subject: Subject, stamp: Stamp, why: Untold): number;
  /** Notes that these editions are in use at this moment, here. */
  use(editions: readonly number[]): void;
  /** The editions that no process has used since a time, in ms since 1970. */
  unusedSince(time: number): number[];
  /**
   * Ends the start: whoever writes is hardly waited for from now on, since readers wait. An index
   * that goes with this process loses its name, so that it goes however the process ends.
   */
  settle(): void;
  close(): void;
}

/** Opens the index at a path; without one, an index that goes with this process. Throws an IndexError. */
export function openIndex(place: string | undefined): LibraryIndex {
  if (place !== undefined) return indexOf(openIndexFile(place), place, () => {});
  const folder = mkdtempSync(join(tmpdir(), 'lamplight-'));
  const path = join(folder, 'stories');
  return indexOf(openIndexFile(path), path, () => removeFolder(folder));
}

/** Windows keeps files that are open. */
function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}

function indexOf(database: DatabaseSync, path: string, forget: () => void): LibraryIndex {
  const guard = <Result>(access: () => Result): Result => {
    try {
      return access();
    } catch (cause) {
      if (!isDamage(cause)) throw cause;
      removeIndexFile(path);
      throw new IndexError(
        `The library's index ${path} is damaged: start Lamplight again, which makes it anew from the story files.`,
        { cause },
      );
    }
  };
  const statements = guard(() => ({
    editions: database.prepare('SELECT id, file, size, mtime, ctime FROM edition WHERE format = ?'),
    outcome: database.prepare('SELECT outcome FROM edition WHERE id = ?'),
    chapters: database.prepare('SELECT chapters FROM edition WHERE id = ?'),
    passage: database.prepare('SELECT anchor, text, marks FROM passage WHERE id = ?'),
    numbersOf: database.prepare(
      'SELECT id FROM passage WHERE edition = ? AND anchor = ? ORDER BY id',
    ),
    upTo: database.prepare('SELECT upto FROM passage WHERE id = ?'),
    use: database.prepare(
      'INSERT OR REPLACE INTO used (edition, at) SELECT value, ? FROM json_each(?)',
    ),
    unused: database.prepare(
      'SELECT id FROM edition LEFT JOIN used ON edition = id WHERE coalesce(at, 0) < ?',
    ),
  }));
  const writer = editionWriter(database);
  const idOf = (edition: number, number: number) => edition * ID_STEP + number;
  const present = (row: Row | undefined): Row => {
    if (row === undefined) throw new DamageError('a row is missing');
    return row;
  };

  return {
    path,
    editions: (format) => guard(() => statements.editions.all(format).map(editionIn)),
    // What is sealed was written by this very code: the format says so.
    outcome: (edition) =>
      guard(() => unseal(textIn(present(statements.outcome.get(edition)), 'outcome')) as Outcome),
    chapters: (edition) =>
      guard(
        () => unseal(textIn(present(statements.chapters.get(edition)), 'chapters')) as Chapter[],
      ),
    passage: (edition, number) =>
      guard(() => passageIn(present(statements.passage.get(idOf(edition, number))), number)),
    numbersOf: (edition, anchor) =>
      guard(() =>
        statements.numbersOf.all(edition, anchor).map((row) => numberIn(row, 'id') % ID_STEP),
      ),
    charactersUpTo: (edition, number) =>
      guard(() => numberIn(present(statements.upTo.get(idOf(edition, number))), 'upto')),
    note: (subject, stamp, why) => guard(() => writer.write(subject, undefined, stamp, why)),
    use(editions) {
      guard(() => statements.use.run(Date.now(), JSON.stringify(editions)));
    },
    unusedSince: (time) =>
      guard(() => statements.unused.all(time).map((row) => numberIn(row, 'id'))),
    settle() {
      database.exec('PRAGMA busy_timeout = 20');
      forget();
    },
    close() {
      if (!database.isOpen) return;
      database.close();
      forget();
    },
  };
}

function editionIn(row: Row): Edition {
  return {
    id: numberIn(row, 'id'),
    file: textIn(row, 'file'),
    size: numberIn(row, 'size'),
    mtime: numberIn(row, 'mtime'),
    ctime: numberIn(row, 'ctime'),
  };
}

function passageIn(row: Row, number: number): Passage {
  const [anchor, text] = [textIn(row, 'anchor'), textIn(row, 'text')];
  if (hashText(text) !== anchor) throw new DamageError('a text is not that of its anchor');
  const marks = row['marks'] === null ? NO_MARKS : (unseal(textIn(row, 'marks')) as Marks);
  return { number, anchor, text, ...marks };
}
