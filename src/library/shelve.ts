import type { Log } from '../log.ts';
import { slugOf } from '../story/slug.ts';
import type { Story } from '../story/story.ts';
import type { Untold } from './edition.ts';
import type { Listed, Stamp } from './folder.ts';
import { storiesIn } from './indexed-story.ts';
import type { LibraryIndex } from './library-index.ts';
import { type Problem, printable } from './problem.ts';
import type { Reader } from './reader.ts';

/** Ms between two lines in the log while there is much to read. */
const PROGRESS = 5000;

export interface Shelving {
  readonly index: LibraryIndex;
  readonly format: string;
  readonly reader: Reader;
  readonly log: Log;
}

/** Makes stories of the files, by path, reading those that the index does not know. */
export async function shelve(
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
