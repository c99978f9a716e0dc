import type { Dirent, Stats } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { isStoryFile } from '../story/slug.ts';
import { isSystemError, type Problem, printable, StoryDirError } from './problem.ts';

/** What the folder says of a file, by which a changed one is known. Times are in ms. */
export interface Stamp {
  readonly size: number;
  readonly mtime: number;
  /** It tells of a file replaced by one of the same size with a time set back. */
  readonly ctime: number;
}

/** A file that may be a story. */
export interface Listed extends Stamp {
  /** Its path below the folder of stories, with `/`. */
  readonly file: string;
  /** Its real path, without any link in it. */
  readonly path: string;
  /** The names of the folders it lies in, below the folder of stories. */
  readonly shelf: readonly string[];
}

/** Folders within one another below the folder of stories. */
const DEEPEST = 8;

interface Found {
  readonly listed: Listed[];
  readonly problems: Problem[];
}

/**
 * Lists the story files of a folder and of the folders in it, by path. Names that begin with a dot
 * are passed over. No link is followed out of the folder, and none to a folder. Throws a
 * StoryDirError when the folder itself can't be read.
 */
export async function listFolder(dir: string): Promise<Found> {
  const found: Found = { listed: [], problems: [] };
  try {
    const root = await realpath(dir);
    await walk(root, [], { root, ...found });
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new StoryDirError(
      `The story folder ${dir} can't be read (${error.code}): create it and put a story in it, a .txt, .md, .html or .epub file.`,
      { cause: error },
    );
  }
  found.listed.sort((a, b) => (a.file < b.file ? -1 : 1));
  return found;
}

type Walk = Found & { readonly root: string };

async function walk(folder: string, shelf: readonly string[], found: Walk): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  const visible = entries.filter(({ name }) => !name.startsWith('.'));
  await Promise.all(visible.map((entry) => visit(join(folder, entry.name), entry, shelf, found)));
}

async function visit(
  path: string,
  entry: Dirent,
  shelf: readonly string[],
  found: Walk,
): Promise<void> {
  const file = [...shelf, entry.name].join('/');
  const report = (reason: string) => found.problems.push({ file: printable(file), reason });
  try {
    if (entry.isDirectory()) {
      if (shelf.length === DEEPEST) {
        report(`The folder lies more than ${DEEPEST} folders deep: move it up.`);
      } else {
        await walk(path, [...shelf, entry.name], found);
      }
      return;
    }
    const isLink = entry.isSymbolicLink();
    if (!isLink && !isStoryFile(entry.name)) return;
    const real = isLink ? await realpath(path) : path;
    if (!isWithin(real, found.root)) {
      report('The link leads out of the story folder: put the file or folder itself there.');
      return;
    }
    if (!isStoryFile(entry.name)) return;
    const stats = await lstat(real);
    if (stats.isFile()) found.listed.push({ file, path: real, shelf, ...stampOf(stats) });
    // A folder that a link within leads to is met by its own path.
    else if (!stats.isDirectory()) report('It is no ordinary file: put the file itself there.');
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (entry.isDirectory() || isStoryFile(entry.name)) report(`It can't be read (${error.code}).`);
  }
}

/** Both are real paths. A root of the file system ends in a separator already. */
function isWithin(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

export function stampOf({ size, mtimeMs, ctimeMs }: Stats): Stamp {
  return { size, mtime: mtimeMs, ctime: ctimeMs };
}
