import { basename } from 'node:path';
import { bookOf } from '../story/book.ts';
import { StoryError } from '../story/error.ts';
import { readManuscript } from '../story/read.ts';
import type { Book, Fits } from '../story/story.ts';
import type { Untold } from './edition.ts';
import type { Listed } from './folder.ts';
import { DamageError, isDamage, resultCode } from './index-error.ts';
import { isSystemError } from './problem.ts';
import { readStoryFile } from './read-file.ts';
import type { EditionWriter } from './write-edition.ts';

/** What the worker is asked to do with the index. */
export type Job =
  | { readonly read: Listed; readonly format: string }
  | { readonly drop: number; readonly since: number };

export type Answer =
  /** Done; the edition is in the index. `bug` is what reading it threw where that is our mistake. */
  | { readonly edition: number; readonly bug?: unknown }
  /** The file can't be read now; nothing is remembered. */
  | { readonly untold: Untold }
  /** The index failed. */
  | { readonly failure: Error; readonly isDamage: boolean };

/** Does a job, whatever the file holds. */
export async function doJob(job: Job, writer: EditionWriter, fits: Fits): Promise<Answer> {
  try {
    if ('drop' in job) {
      writer.drop(job.drop, job.since);
      return { edition: job.drop };
    }
    return await read(job.read, job.format, writer, fits);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (resultCode(error) === undefined && !(error instanceof DamageError)) throw error;
    return { failure: error, isDamage: isDamage(error) };
  }
}

async function read(
  listed: Listed,
  format: string,
  writer: EditionWriter,
  fits: Fits,
): Promise<Answer> {
  const subject = { file: listed.file, format };
  let file: Awaited<ReturnType<typeof readStoryFile>>;
  try {
    file = await readStoryFile(listed.path);
  } catch (error) {
    if (isSystemError(error)) return { untold: { reason: `It can't be read (${error.code}).` } };
    if (!(error instanceof StoryError)) throw error;
    return { edition: writer.write(subject, undefined, listed, untold(error)) };
  }
  const { bytes, stamp } = file;
  const known = writer.again(subject, bytes, stamp);
  if (known !== undefined) return { edition: known };

  let result: Book | Untold;
  let bug: unknown;
  try {
    const name = basename(listed.file);
    result = bookOf(name, await readManuscript({ name, bytes }), fits);
  } catch (error) {
    if (!(error instanceof StoryError)) bug = error;
    result = untold(error);
  }
  const edition = writer.write(subject, bytes, stamp, result);
  return bug === undefined ? { edition } : { edition, bug };
}

function untold(error: unknown): Untold {
  if (error instanceof StoryError) {
    const { message: reason, line } = error;
    return line === undefined ? { reason } : { line, reason };
  }
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const brief = what.replace(/\s+/g, ' ').slice(0, 200);
  return { reason: `Reading it failed by a mistake of Lamplight's (${brief}): please report it.` };
}
