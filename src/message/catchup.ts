import { ButtonStyle } from 'discord.js';
import type { MessageBody } from '../reading/record.ts';
import { storyKey } from '../story/key.ts';
import type { Story } from '../story/story.ts';
import type { Words } from '../words/words.ts';
import { button, customId, row } from './buttons.ts';
import { MESSAGE_LIMIT } from './frame.ts';
import { type Stretch, stretchText } from './stretch.ts';

/** Where a catching up ends: the channel's position, and a link to its newest message. */
export interface Room {
  readonly position: number;
  readonly link?: string;
}

/** Whole passages from one on, as many as a message holds, the channel's position at most. */
export function stretchFrom(story: Story, from: number, room: Room, words: Words): Stretch {
  let to = Math.min(from, room.position);
  while (to < room.position && fits(story, { from, to: to + 1 }, room, words)) to++;
  return { from, to };
}

/** As many whole passages before one as a message holds; at least the one right before it. */
export function stretchBefore(story: Story, end: number, room: Room, words: Words): Stretch {
  const to = Math.max(1, Math.min(end - 1, room.position));
  let from = to;
  while (from > 1 && fits(story, { from: from - 1, to }, room, words)) from--;
  return { from, to };
}

/**
 * A stretch with the buttons to the ones beside it. Where it reaches the channel's position it
 * says so; a last passage that fills its message leaves that to a message of its own.
 */
export function catchupMessage(
  story: Story,
  stretch: Stretch,
  room: Room,
  words: Words,
): MessageBody {
  const { from, to } = stretch;
  const turn = (label: string, where: 'before' | 'after', number: number) =>
    button(label, customId('catchup', where, storyKey(story.slug), ...nameOf(story, number)));
  return {
    content: text(story, stretch, room, words),
    components: row(
      ...(from > 1 ? [turn(words('buttons.earlier'), 'before', from)] : []),
      ...(isAtEnd(story, stretch, room, words) ? [] : [turn(words('buttons.more'), 'after', to)]),
    ),
  };
}

/** Whether a stretch brings its reader to the channel's position and says so. */
export function isAtEnd(story: Story, stretch: Stretch, room: Room, words: Words): boolean {
  const { from, to } = stretch;
  return to >= room.position && (to < from || fits(story, stretch, room, words));
}

/** The button that opens a reader's own catching up. */
export function catchupButton(words: Words) {
  return button(words('buttons.catchup'), customId('catchup', 'open'), ButtonStyle.Secondary);
}

function fits(story: Story, stretch: Stretch, room: Room, words: Words): boolean {
  return fullText(story, stretch, room, words).length <= MESSAGE_LIMIT;
}

function text(story: Story, stretch: Stretch, room: Room, words: Words): string {
  const full = fullText(story, stretch, room, words);
  return full.length <= MESSAGE_LIMIT ? full : stretchText(story, stretch);
}

function fullText(story: Story, stretch: Stretch, room: Room, words: Words): string {
  if (stretch.to < room.position) return stretchText(story, stretch);
  const { link } = room;
  const now = [words('catchup.now'), ...(link ? [words('standing.link', { link })] : [])].join(' ');
  return stretch.to < stretch.from ? now : `${stretchText(story, stretch)}\n${now}`;
}

/** A shown passage in a custom id: its number, and the anchor that finds it in an edited story. */
function nameOf(story: Story, number: number): (string | number)[] {
  const passage = story.passage(number);
  return [number, ...(passage ? [passage.anchor] : [])];
}
