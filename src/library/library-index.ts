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
  /**
   * Notes which editions are in use from now on, all others being gone. Returns those that are
   * gone since before `due`, ms since 1970.
   */
  use(editions: readonly number[], due: number): number[];
  close(): void;
}

/** Opens the index at a path; without one, an index that goes with this process. Throws an IndexError. */
export function openIndex(place: string | undefined): LibraryIndex {
  if (place !== undefined) return indexOf(openIndexFile(place), place, () => {});
  const folder = mkdtempSync(join(tmpdir(), 'lamplight-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  const path = join(folder, 'stories');
  return indexOf(openIndexFile(path), path, () => {
    process.off('exit', remove);
    remove();
  });
}

function indexOf(database: DatabaseSync, path: string, onClosed: () => void): LibraryIndex {
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
    editions: database.prepare(
      'SELECT id, file, size, mtime, ctime, gone FROM edition WHERE format = ?',
    ),
    outcome: database.prepare('SELECT outcome FROM edition WHERE id = ?'),
    chapters: database.prepare('SELECT chapters FROM edition WHERE id = ?'),
    passage: database.prepare('SELECT anchor, text, marks FROM passage WHERE id = ?'),
    numbersOf: database.prepare(
      'SELECT id FROM passage WHERE edition = ? AND anchor = ? ORDER BY id',
    ),
    upTo: database.prepare('SELECT upto FROM passage WHERE id = ?'),
    going: database.prepare(
      'UPDATE edition SET gone = ? WHERE gone IS NULL AND id NOT IN (SELECT value FROM json_each(?))',
    ),
    back: database.prepare(
      'UPDATE edition SET gone = NULL WHERE gone IS NOT NULL AND id IN (SELECT value FROM json_each(?))',
    ),
    due: database.prepare('SELECT id FROM edition WHERE gone < ?'),
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
    use: (editions, due) =>
      guard(() => {
        const ids = JSON.stringify(editions);
        statements.going.run(Date.now(), ids);
        statements.back.run(ids);
        return statements.due.all(due).map((row) => numberIn(row, 'id'));
      }),
    close() {
      if (!database.isOpen) return;
      database.close();
      onClosed();
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
    ...(row['gone'] !== null && { gone: numberIn(row, 'gone') }),
  };
}

function passageIn(row: Row, number: number): Passage {
  const [anchor, text] = [textIn(row, 'anchor'), textIn(row, 'text')];
  if (hashText(text) !== anchor) throw new DamageError('a text is not that of its anchor');
  const marks = row['marks'] === null ? NO_MARKS : (unseal(textIn(row, 'marks')) as Marks);
  return { number, anchor, text, ...marks };
}
