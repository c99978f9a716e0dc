import { isolated } from '../story/direction.ts';
import type { Prose } from '../story/story.ts';
import { delimitersOf } from './emphasis.ts';
import { MARKUP } from './markup.ts';

const TITLE_GRAPHEMES = 100;

/** The longest a clipped title gets, in UTF-16 units; escaped, at most twice that. */
export const TITLE_LENGTH = 200;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * The text as Discord markdown that shows exactly these characters: no formatting, no mention, no
 * link or preview, no emoji from a short name. At most twice as long.
 *
 * Two characters can't be kept by any escape: the clients turn a tab into four spaces and drop a
 * form feed.
 */
export function escapeText(text: string): string {
  return text.replace(MARKUP, '\\$&');
}

/** A text and its emphasis as Discord markdown that shows exactly the author's characters. */
export function toMarkdown(prose: Prose): string {
  const delimiters = delimitersOf(prose);
  if (delimiters.length === 0) return escapeText(prose.text);

  const insertions = [
    ...Array.from(prose.text.matchAll(MARKUP), ({ index }) => ({ at: index, mark: '\\' })),
    ...delimiters,
  ];
  // A delimiter goes before the backslash of the same character; the order of delimiters stays.
  insertions.sort((a, b) => a.at - b.at || Number(a.mark === '\\') - Number(b.mark === '\\'));

  let markdown = '';
  let from = 0;
  for (const { at, mark } of insertions) {
    markdown += prose.text.slice(from, at) + mark;
    from = at;
  }
  return markdown + prose.text.slice(from);
}

/**
 * The same, a row of the text each: emphasis that goes on over their ends is closed and opened
 * again, since some clients read block quotes, and the spoiler marks in them, row by row.
 */
export function toMarkdownRows({ text, emphasis }: Prose): string[] {
  let end = -1;
  return text.split('\n').map((row) => {
    const start = end + 1;
    end = start + row.length;
    const within = emphasis
      .map((span) => ({
        ...span,
        start: Math.max(span.start - start, 0),
        end: Math.min(span.end - start, row.length),
      }))
      .filter((span) => span.start < span.end);
    return toMarkdown({ text: row, emphasis: within });
  });
}

/**
 * A title as Discord markdown for a line of its own: at most 100 graphemes and 200 UTF-16 units
 * before escaping, the last an ellipsis when it was longer.
 */
export function titleLine(title: string): string {
  return escapeText(clipped(title.replace(/\s+/g, ' ').trim()));
}

/** The same among other words, whose order a title from right to left must not change. */
export function inlineTitle(title: string): string {
  return isolated(titleLine(title));
}

function clipped(title: string): string {
  if (title.length <= TITLE_GRAPHEMES) return title;
  let count = 0;
  let end = 0;
  let lastEnd = 0;
  for (const { index, segment } of graphemes.segment(title)) {
    if (count === TITLE_GRAPHEMES || index + segment.length > TITLE_LENGTH) {
      return `${title.slice(0, lastEnd || TITLE_LENGTH - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
    }
    count++;
    lastEnd = end;
    end = index + segment.length;
  }
  return title;
}
