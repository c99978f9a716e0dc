import type { Log } from '../log.ts';
import { createLibrary, type Library } from '../story/library.ts';
import { slugOf } from '../story/slug.ts';
import type { Story } from '../story/story.ts';
import type { Untold } from './edition.ts';
import { type Listed, listFolder, type Stamp } from './folder.ts';
import { readingFormat } from './format.ts';
import { IndexError } from './index-error.ts';
import { storiesIn } from './indexed-story.ts';
import { type LibraryIndex, openIndex } from './library-index.ts';
import { type Problem, printable, StoryDirError } from './problem.ts';
import { createReader, type Reader } from './reader.ts';

/** Ms between two lines in the log while there is much to read. */
const PROGRESS = 5000;
/** Ms for which an edition is kept that no file has any more: an older process may tell from it. */
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
  const close = async () => {
    await reader.close();
    index.close();
  };
  try {
    const found = await shelve(listed, { index, format, reader, log });
    const all = [...problems, ...found.problems].sort((a, b) => (a.file < b.file ? -1 : 1));
    if (found.stories.length === 0) throw new StoryDirError(emptyMessage(dir, all));
    const due = index.use(found.editions, Date.now() - KEPT);
    dropAll(due, reader).catch((err: unknown) => log.debug({ err }, 'an index not tidied up'));
    return { library: createLibrary(found.stories), problems: all, close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Shelving {
  readonly index: LibraryIndex;
  readonly format: string;
  readonly reader: Reader;
  readonly log: Log;
}

/** Makes stories of the files, by path, reading those that the index does not know. */
async function shelve(
  listed: readonly Listed[],
  { index, format, reader, log }: Shelving,
): Promise<{ stories: Story[]; editions: number[]; problems: Problem[] }> {
  const known = new Map(index.editions(format).map((edition) => [stampKey(edition), edition.id]));
  const of = listed.filter((file) => !known.has(stampKey(file))).length;
  let read = 0;
  const progress = setInterval(() => log.info({ read, of }, 'reading new stories'), PROGRESS);

  const storyOf = storiesIn(index);
  const bySlug = new Map<string, { file: string; story: Story }>();
  const editions: number[] = [];
  const problems: Problem[] = [];
  const report = (file: string, problem: Untold) =>
    problems.push({ file: printable(file), ...problem });

  try {
    for (const one of listed) {
      const { file, shelf } = one;
      const slug = slugOf(file.slice(file.lastIndexOf('/') + 1));
      const other = bySlug.get(slug)?.file;
      if (other !== undefined) {
        const name = printable(other);
        report(file, { reason: `${name} is already called "${slug}": rename one of the two.` });
        continue;
      }
      const edition = known.get(stampKey(one)) ?? (await reader.read(one));
      if (!known.has(stampKey(one))) read += 1;
      if (typeof edition !== 'number') {
        report(file, edition);
        continue;
      }
      editions.push(edition);
      const outcome = index.outcome(edition);
      if ('reason' in outcome) report(file, outcome);
      else bySlug.set(slug, { file, story: storyOf(edition, outcome, shelf.map(printable)) });
    }
  } finally {
    clearInterval(progress);
  }
  return { stories: Array.from(bySlug.values(), ({ story }) => story), editions, problems };
}

/** A file as it was at one time. */
function stampKey({ file, size, mtime, ctime }: Stamp & { readonly file: string }): string {
  return `${size} ${mtime} ${ctime} ${file}`;
}

async function dropAll(editions: readonly number[], reader: Reader): Promise<void> {
  for (const edition of editions) await reader.drop(edition);
}

function emptyMessage(dir: string, problems: readonly Problem[]): string {
  const [first] = problems;
  if (first === undefined) {
    return `The story folder ${dir} has no story: put a .txt or .md file in it.`;
  }
  const where = first.line === undefined ? first.file : `${first.file}, line ${first.line}`;
  return `The story folder ${dir} has no story that can be told (${where}: ${first.reason})`;
}
