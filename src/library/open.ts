import type { Log } from '../log.ts';
import { createLibrary, type Library } from '../story/library.ts';
import { listFolder } from './folder.ts';
import { readingFormat } from './format.ts';
import { IndexError } from './index-error.ts';
import { type LibraryIndex, openIndex } from './library-index.ts';
import { type Problem, StoryDirError } from './problem.ts';
import { createReader, type Reader } from './reader.ts';
import { shelve } from './shelve.ts';

/**
 * Ms for which an edition is kept that no process says it uses. A process may be an older one, which
 * tells from what the files held when it started, or have another folder of stories.
 */
const KEPT = 24 * 60 * 60 * 1000;

export interface LibraryOptions {
  /** The folder of stories. */
  readonly dir: string;
  /** Where the index is kept; without it, as long as the library is open. */
  readonly index: string | undefined;
  readonly log: Log;
}

export interface OpenLibrary {
  readonly library: Library;
  /** The files that can't be told, by path. */
  readonly problems: readonly Problem[];
  /** Lets go of the index; the stories are of no use afterwards. */
  close(): Promise<void>;
}

/**
 * Opens the library of a folder: what its index knows is not read again. An index that is damaged
 * is made anew, and one that can't be written is replaced by one for the time being. Throws a
 * StoryDirError where there is nothing to tell.
 */
export async function openLibrary({ dir, index, log }: LibraryOptions): Promise<OpenLibrary> {
  const folder = await listFolder(dir);
  if (index !== undefined) {
    // Once more for an index in which damage shows only when it is read.
    for (const attempt of [1, 2]) {
      try {
        return await stock(dir, folder, index, log);
      } catch (error) {
        if (!(error instanceof IndexError)) throw error;
        const { message } = error;
        if (attempt === 2) log.warn(`${message} Until then every start reads all stories.`);
      }
    }
  }
  return await stock(dir, folder, undefined, log);
}

async function stock(
  dir: string,
  { listed, problems }: Awaited<ReturnType<typeof listFolder>>,
  place: string | undefined,
  log: Log,
): Promise<OpenLibrary> {
  const index = openIndex(place);
  const format = readingFormat();
  const reader = createReader(index, format, log);
  let tidied = Promise.resolve();
  let stillInUse: NodeJS.Timeout | undefined;
  const close = async () => {
    clearInterval(stillInUse);
    await reader.close();
    await tidied;
    index.close();
  };
  try {
    const found = await shelve(listed, { index, format, reader, log });
    const all = [...problems, ...found.problems].sort((a, b) => (a.file < b.file ? -1 : 1));
    if (found.stories.length === 0) throw new StoryDirError(emptyMessage(dir, all));
    index.use(found.editions);
    const onTrouble = (err: unknown) => log.debug({ err }, 'the index is not tidied up');
    tidied = tidy(index, reader).catch(onTrouble);
    stillInUse = setInterval(() => {
      try {
        index.use(found.editions);
      } catch (error) {
        onTrouble(error);
      }
    }, KEPT / 4).unref();
    return { library: createLibrary(found.stories), problems: all, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function tidy(index: LibraryIndex, reader: Reader): Promise<void> {
  const since = Date.now() - KEPT;
  for (const edition of index.unusedSince(since)) await reader.drop(edition, since);
  await reader.close();
  index.settle();
}

function emptyMessage(dir: string, problems: readonly Problem[]): string {
  const [first] = problems;
  if (first === undefined) {
    return `The story folder ${dir} has no story: put a .txt, .md, .html or .epub file in it.`;
  }
  const where = first.line === undefined ? first.file : `${first.file}, line ${first.line}`;
  return `The story folder ${dir} has no story that can be told (${where}: ${first.reason})`;
}
