import { hashText } from './anchor.ts';
import { languageOf } from './language.ts';
import type { Block, Heading, Manuscript } from './manuscript.ts';
import { split } from './split.ts';
import type { Book, Chapter, Fits, Passage, Prose } from './story.ts';

/** A part of a paragraph, and whether it opens a scene. */
type PartFits = (prose: Prose, scene: boolean, headings: readonly string[]) => boolean;

/**
 * Makes a book of a manuscript: numbers the passages and sets the chapters over them.
 * @param title serves where the manuscript has none
 * @param fits decides how much of a paragraph one message holds
 */
export function bind(
  { blocks, leftOut: _, ...facts }: Manuscript,
  { slug, title: fallback }: { readonly slug: string; readonly title: string },
  fits: Fits,
): Book {
  const { title = fallback, language = languageOf(blocks), rating = 'general' } = facts;
  const contents = tell(blocks, language, (prose, scene, headings) =>
    fits({ ...prose, scene }, headings, title),
  );
  return { ...facts, slug, title, language, rating, ...contents };
}

/** A longer heading, in characters, would be cut off over a passage: it is told as text. */
const HEADING_LIMIT = 100;

// Headings that stand together may fill a message only so far that this still fits under them.
const LEAST_TEXT: Prose = { text: 'x'.repeat(40), emphasis: [] };

/**
 * A heading that no passage follows, or that would leave its first passage no room, is told as
 * text, so that nothing is lost. A scene break that a heading follows, or nothing, or that nothing
 * comes before, marks no scene.
 */
function tell(
  blocks: readonly Block[],
  language: string,
  fits: PartFits,
): { chapters: Chapter[]; passages: Passage[] } {
  const chapters: Chapter[] = [];
  const passages: Passage[] = [];
  let waiting: Heading[] = [];
  let isBroken = false;

  const tellParagraph = (prose: Prose, headings: readonly string[]) => {
    const opensScene = isBroken && headings.length === 0 && passages.length > 0;
    const parts = split(prose, language, (part, isFirst) =>
      fits(part, isFirst && opensScene, isFirst ? headings : []),
    );
    const first = passages.length + 1;
    chapters.push(...headings.map((title) => ({ title, first })));
    parts.forEach(({ text, emphasis, after }, index) => {
      passages.push({
        number: first + index,
        anchor: hashText(text),
        text,
        emphasis,
        scene: opensScene && index === 0,
        after: index === parts.length - 1 ? '\n\n' : after,
      });
    });
    isBroken = false;
  };
  const tellWaiting = () => {
    for (const heading of waiting) tellParagraph(heading.prose, []);
    waiting = [];
  };

  for (const block of blocks) {
    if (block.kind === 'break') {
      isBroken = true;
    } else if (block.kind === 'heading' && isShown(block)) {
      isBroken = false;
      const titles = [...waiting, block].map(({ title }) => title);
      if (!fits(LEAST_TEXT, false, titles)) tellWaiting();
      waiting.push(block);
    } else {
      tellParagraph(
        block.prose,
        waiting.map(({ title }) => title),
      );
      waiting = [];
    }
  }
  tellWaiting();

  const last = passages.pop();
  if (last !== undefined) passages.push({ ...last, after: '' });
  return { chapters, passages };
}

/** Whether a heading can stand over a passage. */
export function isShown({ title }: Heading): boolean {
  return Array.from(title).length <= HEADING_LIMIT;
}
