import { createBlockWriter, type Told } from './block-writer.ts';
import { readDownload } from './download-page.ts';
import { StoryError } from './error.ts';
import { tellNodes } from './html-blocks.ts';
import { defined, factsOfPage, remarksOf } from './html-facts.ts';
import { LIMITS, type MarkupLimits } from './limits.ts';
import type { Block, Manuscript } from './manuscript.ts';
import { readPage } from './read-page.ts';

/**
 * Reads a story from an HTML document, a download from a story archive or any other: every word of
 * its body, in order, but for what the archive added.
 * @param html decoded
 * Throws a StoryError when it is cut off, no HTML, or asks for more than the limits.
 */
export function readHtml(html: string, limits: MarkupLimits = LIMITS): Manuscript {
  const page = readPage(html, { syntax: 'html', limits });
  if (!page.hasElements) {
    throw new StoryError('The file is no HTML, it has no tags: name it .txt if it is plain text.');
  }
  const { nodes, facts, isArchived } = readDownload(page.children);
  const writer = createBlockWriter();
  tellNodes(nodes, undefined, writer);
  return {
    ...factsOfPage(page),
    ...defined(facts),
    blocks: writer.finish().filter(isBlock),
    leftOut: remarksOf(page.skipped, isArchived),
  };
}

/** Whether it is to be told, not only a place. */
export function isBlock(told: Told): told is Block {
  return told.kind !== 'mark';
}

/** The text of a piece of HTML, a description for one; what can't be read as HTML is the text. */
export function plainText(html: string, limits: MarkupLimits): string {
  if (!html.includes('<')) return html;
  try {
    const writer = createBlockWriter();
    tellNodes(readPage(html, { syntax: 'html', limits }).children, undefined, writer);
    return writer
      .finish()
      .flatMap((told) =>
        told.kind === 'paragraph' || told.kind === 'heading' ? told.prose.text : [],
      )
      .join('\n\n');
  } catch (error) {
    if (error instanceof StoryError) return html;
    throw error;
  }
}
