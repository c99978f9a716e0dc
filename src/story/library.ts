import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StoryError } from './error.ts';
import { storyOf } from './in-memory.ts';
import { parseStory } from './parse.ts';
import type { Fits, Story } from './story.ts';

/** The stories there are, by title. */
export interface Library {
  readonly stories: readonly Story[];
  readonly get: (slug: string) => Story | undefined;
}

/** A file that can't be told, and why, in one sentence. `line` is 1-based. */
export interface Problem {
  readonly file: string;
  readonly line?: number;
  readonly reason: string;
}

/** A folder without a story that can be told. The message is one sentence for the operator. */
export class StoryDirError extends Error {
  override readonly name = 'StoryDirError';
}

/**
 * Reads the `.txt` and `.md` files of a folder, not of the folders in it. What can't be told is
 * among the problems. Throws a StoryDirError when that leaves nothing.
 */
export async function openLibrary(
  dir: string,
  fits: Fits,
): Promise<{ library: Library; problems: Problem[] }> {
  const problems: Problem[] = [];
  const bySlug = new Map<string, { file: string; story: Story }>();

  for (const file of await storyFiles(dir)) {
    try {
      const text = decode(await readFile(join(dir, file)));
      const story = storyOf(parseStory({ name: file, text }, fits));
      const other = bySlug.get(story.slug)?.file;
      if (other !== undefined) {
        throw new StoryError(`${other} is already called "${story.slug}": rename one of the two.`);
      }
      bySlug.set(story.slug, { file, story });
    } catch (error) {
      problems.push(problemOf(file, error));
    }
  }

  if (bySlug.size === 0) throw new StoryDirError(emptyMessage(dir, problems));
  const byTitle = new Intl.Collator('en', { numeric: true });
  const stories = Array.from(bySlug.values(), ({ story }) => story).sort(
    (a, b) => byTitle.compare(a.title, b.title) || byTitle.compare(a.slug, b.slug),
  );
  return { library: { stories, get: (slug) => bySlug.get(slug)?.story }, problems };
}

async function storyFiles(dir: string): Promise<string[]> {
  try {
    const entries = await readdir(dir, { withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory() && /^[^.].*\.(?:txt|md)$/is.test(entry.name))
      .map((entry) => entry.name)
      .sort();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new StoryDirError(
      `The story folder ${dir} can't be read (${error.code}): create it and put a story in it, a .txt or .md file.`,
      { cause: error },
    );
  }
}

/**
 * UTF-8, with or without a byte-order mark; LF, CRLF or CR. Throws a StoryError with the line that
 * is not UTF-8.
 */
function decode(bytes: Buffer): string {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    return decoder.decode(bytes).replace(/\r\n?/g, '\n');
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  const repaired = new TextDecoder('utf-8').decode(bytes);
  const line = repaired.slice(0, repaired.indexOf('\uFFFD')).split(/\r\n?|\n/).length;
  throw new StoryError('The file is not UTF-8: save it as UTF-8.', line);
}

function problemOf(file: string, error: unknown): Problem {
  if (error instanceof StoryError) {
    const { message: reason, line } = error;
    return line === undefined ? { file, reason } : { file, line, reason };
  }
  if (isSystemError(error)) return { file, reason: `The file can't be read (${error.code}).` };
  throw error;
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}

function emptyMessage(dir: string, problems: readonly Problem[]): string {
  const [first] = problems;
  if (first === undefined) {
    return `The story folder ${dir} has no story: put a .txt or .md file in it.`;
  }
  const where = first.line === undefined ? first.file : `${first.file}, line ${first.line}`;
  return `The story folder ${dir} has no story that can be told (${where}: ${first.reason})`;
}
