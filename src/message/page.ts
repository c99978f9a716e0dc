import { shownBy } from '../reading/move.ts';
import type { Reading } from '../reading/record.ts';
import type { Story } from '../story/story.ts';
import { MESSAGE_LIMIT } from './frame.ts';
import { type Stretch, stretchText } from './stretch.ts';

/** A comfortable message, in UTF-16 units of the author's text. */
const COMFORTABLE = 1200;

/**
 * The page that begins with a passage: as many whole paragraphs of one chapter as make a
 * comfortable message. A part of a paragraph too long for one message is a page by itself.
 */
function pageFrom(story: Story, from: number): Stretch {
  let to = from;
  while (joins(story, to) && isComfortable(story, { from, to: to + 1 })) to++;
  return { from, to };
}

/** The page that ends with a passage. */
function pageUpTo(story: Story, to: number): Stretch {
  let from = to;
  while (from > 1 && joins(story, from - 1) && isComfortable(story, { from: from - 1, to })) from--;
  return { from, to };
}

/** What a reading's message tells that begins with a passage: by paragraph, that one alone. */
export function toldFrom(story: Story, { by }: Pick<Reading, 'by'>, number: number): Stretch {
  return by === 'page' ? pageFrom(story, number) : { from: number, to: number };
}

/** What a reading's message told before its newest one; none before the first passage. */
export function toldBefore(story: Story, reading: Reading): Stretch | undefined {
  const { by, position } = reading;
  const to = (by === 'page' ? shownBy(reading).from : position) - 1;
  if (to < 1) return undefined;
  return by === 'page' ? pageUpTo(story, to) : { from: to, to };
}

/** Whether a passage and the next one are both whole paragraphs, and of one chapter. */
function joins(story: Story, number: number): boolean {
  return (
    isWhole(story, number) &&
    isWhole(story, number + 1) &&
    !story.chapters.some(({ first }) => first === number + 1)
  );
}

function isWhole(story: Story, number: number): boolean {
  return (
    isPassage(story, number) && endsParagraph(story, number - 1) && endsParagraph(story, number)
  );
}

function isPassage(story: Story, number: number): boolean {
  return number >= 1 && number <= story.length;
}

/** Whether a paragraph ends with this passage; before the first and with the last one does. */
function endsParagraph(story: Story, number: number): boolean {
  if (number < 1 || number >= story.length) return true;
  return /\n[^\S\n]*\n/.test(story.passage(number)?.after ?? '');
}

function isComfortable(story: Story, stretch: Stretch): boolean {
  let length = 0;
  for (let number = stretch.from; number <= stretch.to; number++) {
    length += story.passage(number)?.text.length ?? 0;
  }
  return length <= COMFORTABLE && stretchText(story, stretch).length <= MESSAGE_LIMIT;
}
