import { ButtonStyle } from 'discord.js';
import type { Components, MessageBody, Reading } from '../reading/record.ts';
import type { Story } from '../story/story.ts';
import type { Words } from '../words/words.ts';
import { button, customId, row } from './buttons.ts';
import { catchupButton } from './catchup.ts';
import { escapeText, inlineTitle, titleLine } from './markdown.ts';
import { onwardButtons } from './onward.ts';
import { minutesLeft, readingTime } from './time.ts';

/*
 * As much of a summary, and of a source or rights, as stands on a card, in UTF-16 units. A title and
 * an author take 800 at most, and all together leaves room for the lines under it.
 */
const BLURB = 600;
const CREDIT = 180;

/** From so many passages before it on, catching up is worth a button of the card. */
const MUCH = 10;

/**
 * The title card of a reading that has just begun. `left` is the place where this channel once
 * stopped in the same story, offered by a second button.
 */
export function cardMessage(
  story: Story,
  reading: Reading,
  left: Reading | undefined,
  words: Words,
): MessageBody {
  const start = reading.position + 1;
  const time = readingTime(minutesLeft(story, reading.position), words);
  const { rating } = story;
  const facts = [
    words('card.length', { count: story.length, time }),
    ...(rating === 'general' ? [] : [words(`card.rating.${rating}`)]),
    ...(start > 1 ? [words('card.from', { passage: start })] : []),
  ];
  return {
    content: [
      ...aboutLines(story, words),
      ...(left ? [words('card.left', { position: left.position })] : []),
      `-# ${facts.join(' · ')}`,
    ].join('\n'),
    components: cardComponents(reading, left, words),
  };
}

/** What a story's file says of it, a line each. */
export function aboutLines(story: Story, words: Words): string[] {
  const { title, author, summary, source, rights } = story;
  return [
    `## ${titleLine(title)}`,
    ...(author ? [words('card.author', { author: inlineTitle(author) })] : []),
    ...(summary ? [quoted(summary)] : []),
    ...(source ? [`-# ${blurb(source, CREDIT)}`] : []),
    ...(rights ? [`-# ${blurb(rights, CREDIT)}`] : []),
  ];
}

/** The buttons of a title card: to the first passage, and to where this room has been before. */
export function cardComponents(
  reading: Reading,
  left: Reading | undefined,
  words: Words,
): Components {
  const isFromStart = reading.position === 0;
  const behind = Math.max(reading.position, left?.position ?? 0);
  return row(
    ...onwardButtons(reading, isFromStart ? 'begin' : 'next', words),
    ...(left ? [continueButton(reading, left, words)] : []),
    ...(behind >= MUCH ? [catchupButton(words)] : []),
  );
}

function continueButton(reading: Reading, left: Reading, words: Words) {
  const label = words('buttons.continue', { passage: left.position + 1 });
  return button(label, customId('read', reading.id), ButtonStyle.Secondary);
}

function quoted(text: string): string {
  return `> ${blurb(text, BLURB)}`;
}

/** A text on one line, of at most `most` UTF-16 units as escaped. */
function blurb(text: string, most: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  if (escapeText(line).length <= most) return escapeText(line);
  let short = line.slice(0, most - 1);
  // Each step takes off what is too much, or half of it where every character is escaped.
  for (let over = 1; over > 0; ) {
    over = escapeText(short).length - (most - 1);
    short = short.slice(0, short.length - Math.ceil(Math.max(0, over) / 2));
  }
  return `${escapeText(short.replace(/[\uD800-\uDBFF]$/, '').trimEnd())}…`;
}
