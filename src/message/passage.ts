import { ButtonStyle } from 'discord.js';
import type { Components, MessageBody, Reading } from '../reading/record.ts';
import type { Passage, Story } from '../story/story.ts';
import type { Words } from '../words/words.ts';
import { button, label, row } from './buttons.ts';
import { footerLine, headingLine, SCENE_LINE } from './frame.ts';
import { linesId } from './line-menu.ts';
import { toMarkdown } from './markdown.ts';
import { onwardButtons } from './onward.ts';

/** The passage at a reading's position, with its buttons. */
export function passageMessage(story: Story, reading: Reading, words: Words): MessageBody {
  return {
    content: passageText(story, reading.position),
    components: passageComponents(story, reading, words),
  };
}

/**
 * The buttons of the passage at a reading's position: to the next one, and to quote a line. The
 * last passage has them too: its Next leads to the ending.
 */
export function passageComponents(story: Story, reading: Reading, words: Words): Components {
  const passage = passageAt(story, reading.position);
  return row(
    ...onwardButtons(reading, 'next', words),
    button(label('quote', words), linesId(story, passage), ButtonStyle.Secondary),
  );
}

/** The contract's shape: chapter headings, the text to the character, the footer. */
function passageText(story: Story, number: number): string {
  return `${passageBody(story, number)}\n${footerLine(story.title, number, story.length)}`;
}

/** A passage's chapter headings, the mark of a scene break, and its text, to the character. */
export function passageBody(story: Story, number: number): string {
  const passage = passageAt(story, number);
  const headings = story.chapters.filter(({ first }) => first === number);
  const over = [
    ...headings.map(({ title }) => headingLine(title)),
    ...(passage.scene ? [SCENE_LINE] : []),
  ];
  return [...over, toMarkdown(passage)].join('\n');
}

/**
 * What a message in that shape tells; `undefined` when it has another. Text and title are as
 * escaped: no passage's text begins like a heading or, as a quote does, like a block quote.
 */
export function toldIn(
  content: string,
): { text: string; title: string; number: number } | undefined {
  const shape =
    /^(?:### .*\n)*(?:-# ⁂\n)?(?!> )(?<text>[\s\S]+)\n-# (?<title>.+) · (?<number>\d+) of \d+$/;
  const { text, title, number } = shape.exec(content.trimEnd())?.groups ?? {};
  if (text === undefined || title === undefined) return undefined;
  return { text, title, number: Number(number) };
}

function passageAt(story: Story, number: number): Passage {
  const passage = story.passage(number);
  if (passage === undefined) throw new RangeError(`${story.slug} has no passage ${number}`);
  return passage;
}
