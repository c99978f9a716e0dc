import { createBlockWriter, type Told } from './block-writer.ts';
import type { DownloadFacts } from './download-facts.ts';
import { readDownload } from './download-page.ts';
import type { EpubFiles } from './epub-files.ts';
import { markOf, type Places } from './epub-navigation.ts';
import { isPicture, type Package } from './epub-package.ts';
import { resolvePlace } from './epub-paths.ts';
import { tellNodes } from './html-blocks.ts';
import { remarksOf } from './html-facts.ts';
import type { Limits } from './limits.ts';
import { strictest } from './rating-names.ts';
import { readPage } from './read-page.ts';
import { readStyles, type Style, type Styles } from './styles.ts';

/** The texts of a book one after the other. */
export interface SpineText {
  readonly told: readonly Told[];
  /** What an archive's page among them says of the story. */
  readonly facts: DownloadFacts;
  /** What is not told, a sentence each. */
  readonly leftOut: readonly string[];
}

/** Reads the texts of an EPUB in the order of its spine, with marks at the places wanted. */
export async function readSpine(
  book: Package,
  files: EpubFiles,
  places: Places,
  limits: Limits,
): Promise<SpineText> {
  const writer = createBlockWriter();
  const leftOut = book.aside.map(({ path }) => `${path} is read beside the text only.`);
  const found: DownloadFacts[] = [];
  const skipped = { navigation: 0, hidden: 0 };
  let isArchived = false;
  const sheets = await readStyleSheets(book, files);

  for (const item of book.spine) {
    const { path } = item;
    if (item.properties.includes('nav')) {
      leftOut.push(`${path} is the table of contents.`);
      continue;
    }
    if (isPicture(item)) {
      leftOut.push(`${path} is a picture.`);
      continue;
    }
    const page = await files.read(path, (text) =>
      readPage(text, {
        syntax: 'xhtml',
        limits,
        places: places.byPath.get(path) ?? new Map(),
        styleSheet: (href) => sheets.get(resolvePlace(path, href)?.path ?? ''),
      }),
    );
    const archive = readDownload(page.children);
    found.push(archive.facts);
    isArchived ||= archive.isArchived;
    skipped.navigation += page.skipped.navigation;
    skipped.hidden += page.skipped.hidden;
    writer.mark(markOf({ path, id: '' }));
    tellNodes(archive.nodes, undefined, writer);
  }
  const rating = strictest(found.map((facts) => facts.rating));
  const facts: DownloadFacts = Object.assign({}, ...found, rating === undefined ? {} : { rating });
  leftOut.push(...remarksOf(skipped, isArchived).map(({ text }) => text));
  return { told: writer.finish(), facts, leftOut };
}

async function readStyleSheets(
  { styleSheets }: Package,
  files: EpubFiles,
): Promise<Map<string, Styles>> {
  const sheets = new Map<string, Styles>();
  for (const { path } of styleSheets) {
    if (!files.has(path)) continue;
    const styles = new Map<string, Style>();
    await files.read(path, (css) => readStyles(css, styles));
    sheets.set(path, styles);
  }
  return sheets;
}
