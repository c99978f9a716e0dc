import { placeChapters } from './epub-chapters.ts';
import { factsOfMetadata } from './epub-facts.ts';
import { type EpubFiles, openEpub } from './epub-files.ts';
import { type Entry, placesOf, readNavigation, readNcx } from './epub-navigation.ts';
import { type Item, type Package, packagePlaces, readPackage } from './epub-package.ts';
import { readSpine } from './epub-spine.ts';
import { StoryError } from './error.ts';
import { plainText } from './html.ts';
import { LIMITS, type Limits } from './limits.ts';
import type { Manuscript } from './manuscript.ts';
import { strictest } from './rating-names.ts';
import { readXml } from './xml-tree.ts';

/**
 * Reads a story from an EPUB (2 or 3): its texts in the order of the spine, every word but for what
 * an archive added; its chapters by headings and by the table of contents.
 *
 * Left out, and said so: texts beside the order (`linear="no"`), the navigation document, pictures.
 *
 * Throws a StoryError when it is no EPUB, damaged, protected, incomplete, or asks for more than the
 * limits.
 */
export async function readEpub(bytes: Uint8Array, limits: Limits = LIMITS): Promise<Manuscript> {
  const { files, container } = await openEpub(bytes, limits);
  const [place] = packagePlaces(container);
  if (place === undefined) {
    throw new StoryError('The EPUB does not say where its package document is: convert it anew.');
  }
  const book = await files.read(place.path, (text) =>
    readPackage(readXml(text, limits), place.path),
  );
  const { entries, problems } = await readEntries(book, files, limits);
  const places = placesOf(entries);
  const { told, facts, leftOut } = await readSpine(book, files, places, limits);
  const own = factsOfMetadata(book.metadata, (html) => plainText(html, limits));
  const rating = strictest([own.rating, facts.rating]);
  return {
    ...facts,
    ...own,
    ...(rating !== undefined && { rating }),
    blocks: placeChapters(told, places.labels),
    leftOut: [...problems, ...leftOut].map((text) => ({ text })),
  };
}

/** The table of contents: EPUB 3's, else EPUB 2's. A book without one, or with a bad one, is told. */
async function readEntries(
  { navigation, ncx }: Package,
  files: EpubFiles,
  limits: Limits,
): Promise<{ entries: Entry[]; problems: string[] }> {
  const problems: string[] = [];
  const read = async (item: Item | undefined, reader: typeof readNcx): Promise<Entry[]> => {
    if (item === undefined || !files.has(item.path)) return [];
    try {
      return await files.read(item.path, (text) => reader(text, item.path, limits));
    } catch (error) {
      if (!(error instanceof StoryError)) throw error;
      problems.push(`The table of contents can't be used. ${error.message}`);
      return [];
    }
  };
  const entries = await read(navigation, readNavigation);
  return { entries: entries.length > 0 ? entries : await read(ncx, readNcx), problems };
}
