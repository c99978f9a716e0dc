import { ButtonStyle } from 'discord.js';
import type { MessageBody, Reading } from '../reading/record.ts';
import type { Passage, Story } from '../story/story.ts';
import type { Words } from '../words/words.ts';
import { button, customId, row } from './buttons.ts';
import { footerLine, headingLine } from './frame.ts';
import { linesId } from './line-menu.ts';
import { toMarkdown } from './markdown.ts';

/** The button that tells the next passage. It counts only while the reading's serial is this. */
export function nextButton({ id, serial }: Pick<Reading, 'id' | 'serial'>, label: string) {
  return button(label, customId('next', id, serial));
}

/**
 * The passage at a reading's position, with the buttons for the next one and for quoting a line.
 * The last passage has them too: its Next leads to the ending.
 */
export function passageMessage(story: Story, reading: Reading, words: Words): MessageBody {
  const passage = passageAt(story, reading.position);
  return {
    content: passageText(story, reading.position),
    components: row(
      nextButton(reading, labels(words).next),
      button(labels(words).quote, linesId(story, passage), ButtonStyle.Secondary),
    ),
  };
}

const labelsByWords = new WeakMap<Words, { next: string; quote: string }>();

/** The labels that are on every passage: looking one up takes i18next a tenth of a whole turn. */
function labels(words: Words) {
  const known = labelsByWords.get(words) ?? {
    next: words('buttons.next'),
    quote: words('buttons.quote'),
  };
  labelsByWords.set(words, known);
  return known;
}

/** The contract's shape: chapter headings, the text to the character, the footer. */
export function passageText(story: Story, number: number): string {
  const passage = passageAt(story, number);
  const headings = story.chapters.filter(({ first }) => first === number);
  return [
    ...headings.map(({ title }) => headingLine(title)),
    toMarkdown(passage),
    footerLine(story.title, number, story.passages.length),
  ].join('\n');
}

/**
 * What a message in that shape tells; `undefined` when it has another. Text and title are as
 * escaped: no passage's text begins like a heading or, as a quote does, like a block quote.
 */
export function toldIn(
  content: string,
): { text: string; title: string; number: number } | undefined {
  const shape = /^(?:### .*\n)*(?!> )(?<text>[\s\S]+)\n-# (?<title>.+) · (?<number>\d+) of \d+$/;
  const { text, title, number } = shape.exec(content.trimEnd())?.groups ?? {};
  if (text === undefined || title === undefined) return undefined;
  return { text, title, number: Number(number) };
}

function passageAt(story: Story, number: number): Passage {
  const passage = story.passages[number - 1];
  if (passage === undefined) throw new RangeError(`${story.slug} has no passage ${number}`);
  return passage;
}
