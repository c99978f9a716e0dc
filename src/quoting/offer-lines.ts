import {
  type MessageComponentInteraction,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
} from 'discord.js';
import { type AnswerContext, UserError } from '../command.ts';
import { linesId, passageMenu } from '../message/line-menu.ts';
import { titleLine } from '../message/markdown.ts';
import { placeOf } from '../message/place.ts';
import { bareText, type Stretch, stretchBody, toldIn } from '../message/stretch.ts';
import { withoutIsolates } from '../story/direction.ts';
import { findPassage } from '../story/find-passage.ts';
import { linesAt } from '../story/line-name.ts';
import type { Line, Story } from '../story/story.ts';
import { everTold, storyOfKey } from './quoting.ts';

/** Opens, or turns the pages of, the menu that such a press asks for. */
export async function offerLines(
  interaction: MessageComponentInteraction,
  context: AnswerContext,
  { key, rest }: { key: string; rest: readonly string[] },
): Promise<void> {
  const { answer, readings, words } = context;
  const [numbers = '', hash = '', page = ''] = rest;
  const story = storyOfKey(context, key);
  const channel = await answer.while(readings.look(interaction.channelId), 'private');
  const last = await everTold(interaction, channel, story, context, 'private');
  // The story may have been edited since: the passage is the one of the same text.
  const { from, to } = shownIn(numbers);
  const same = story.numbersOf(hash).filter((one) => one <= last);
  const end = same.find((one) => one === to) ?? same[0];
  if (end === undefined) throw new UserError(words('refusal.rewritten'));

  const menu = menuOf(story, { from: Math.max(1, end - (to - from)), to: end }, page, context);
  if (interaction.message.flags.has(MessageFlags.Ephemeral)) await answer.update(menu);
  else await answer.whisper(menu);
}

/** Opens the menu of the passage that a message of ours tells. */
export async function offerLinesOfMessage(
  interaction: MessageContextMenuCommandInteraction,
  context: AnswerContext,
): Promise<void> {
  const { answer, library, readings, words } = context;
  const { author, content } = interaction.targetMessage;
  const told = author.id === interaction.client.user.id ? toldIn(content) : undefined;
  if (told === undefined) throw new UserError(words('refusal.notOurs'));

  const channel = await answer.while(readings.look(interaction.channelId), 'private');
  const titled = library.stories.filter(
    (story) => withoutIsolates(titleLine(story.title)) === told.title,
  );
  // A story may have been given another title since.
  const here = [channel.reading, ...channel.left].flatMap(
    (reading) => (reading && library.get(reading.story)) ?? [],
  );
  const stories = new Set([...titled, ...here]);
  for (const story of stories) {
    const last = await everTold(interaction, channel, story, context, 'private');
    const { from, to } = told.stretch;
    const ending = (end: number): Stretch => ({ from: Math.max(1, end - (to - from)), to: end });
    const passage = await findPassage(
      story,
      { near: to, last },
      ({ number }) => bareText(stretchBody(story, ending(number))) === told.text,
    );
    if (passage !== undefined) {
      await answer.whisper(menuOf(story, ending(passage.number), '', context));
      return;
    }
  }
  throw new UserError(words(stories.size > 0 ? 'refusal.rewritten' : 'refusal.storyGone'));
}

/** More passages than this no message holds. */
const MOST_PASSAGES = 1000;

/** The passages that a custom id names: "7", or "7-9". */
function shownIn(numbers: string): Stretch {
  const [, from = '', to = from] = /^(\d{1,7})(?:-(\d{1,7}))?$/.exec(numbers) ?? [];
  const last = Number(to);
  return { from: Math.min(last, Math.max(Number(from), last - MOST_PASSAGES)), to: last };
}

function menuOf(story: Story, stretch: Stretch, page: string, { words }: AnswerContext) {
  const lines = linesOfMessage(story, stretch);
  const place = placeOf(stretch.to, story.length, stretch.from);
  return passageMenu(story, lines, page, (at) => linesId(story, stretch, at), place, words);
}

/** The lines of the passages that one message tells. */
export function linesOfMessage(story: Story, { from, to }: Stretch): Line[] {
  const numbers = Array.from({ length: to - from + 1 }, (_, at) => from + at);
  return numbers.flatMap((number) => linesAt(story, number));
}
