import { ButtonStyle } from 'discord.js';
import { isolated } from '../story/direction.ts';
import { storyKey } from '../story/key.ts';
import { lineMark } from '../story/line-name.ts';
import type { Line, Story } from '../story/story.ts';
import type { Words } from '../words/words.ts';
import { button, customId, row } from './buttons.ts';
import { footerLine, MESSAGE_LIMIT } from './frame.ts';
import { escapeText, inlineTitle, toMarkdown, toMarkdownRows } from './markdown.ts';
import { placeOf } from './place.ts';

/** A line as it is quoted: by whom, and where it stands. */
export interface Quote {
  readonly story: Story;
  readonly line: Line;
  /** The display name of whoever quotes. */
  readonly who: string;
  /** The address of the message in which the passage was told here. */
  readonly link?: string;
  /** Behind a spoiler mark: the line was not told here yet. */
  readonly isAhead: boolean;
}

/** The line as a block quote, and under it who quoted, the story, the chapter, the place, a link. */
export function quoteText(quote: Quote, words: Words): string {
  const { story, line, isAhead } = quote;
  const rows = toMarkdownRows(line);
  const marked = isAhead ? rows.map(hidden) : rows;
  const block = marked.map((text) => `> ${text}`).join('\n');
  const plain = isAhead ? hidden(toMarkdown(line)) : toMarkdown(line);
  const short = footerLine(story.title, line.passage, story.length);
  const forms = [
    `${block}\n${creditLine(quote, words)}`,
    `${block}\n${short}`,
    // A line of very many short verses can outgrow the message by its marks; without them it fits.
    `${plain}\n${short}`,
  ];
  return forms.find((text) => text.length <= MESSAGE_LIMIT) ?? plain;
}

/** Behind a spoiler mark, which ends at the first `||`, though a backslash stands before it. */
function hidden(markdown: string): string {
  if (markdown === '') return '';
  return `||${markdown}${markdown.endsWith('|') ? '\u200B' : ''}||`;
}

/** What stands under a quote: "Ann · The story · The chapter · 7 of 25 · told here". */
export function creditLine({ story, line, who, link, isAhead }: Quote, words: Words): string {
  // A title of a chapter still to come would tell something too.
  const chapter = isAhead
    ? undefined
    : story.chapters.findLast(({ first }) => first <= line.passage);
  const parts = [
    isolated(escapeText(who)),
    inlineTitle(story.title),
    ...(chapter ? [inlineTitle(chapter.title)] : []),
    placeOf(line.passage, story.length),
    ...(link ? [words('quote.link', { link })] : []),
  ];
  return `-# ${parts.join(' · ')}`;
}

/** The button that keeps a line. */
export function keepRow(story: Story, line: Line, words: Words) {
  const id = customId('kept', 'keep', storyKey(story.slug), lineMark(line));
  return row(button(words('buttons.keep'), id, ButtonStyle.Secondary));
}
