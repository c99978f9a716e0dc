import {
  type MessageComponentInteraction,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
} from 'discord.js';
import { type AnswerContext, UserError } from '../command.ts';
import { linesId, passageMenu } from '../message/line-menu.ts';
import { inlineTitle, toMarkdown } from '../message/markdown.ts';
import { toldIn } from '../message/passage.ts';
import { placeOf } from '../message/place.ts';
import { findPassage } from '../story/find-passage.ts';
import { linesAt } from '../story/line-name.ts';
import type { Passage, Story } from '../story/story.ts';
import { everTold, storyOfKey } from './quoting.ts';

/** Opens, or turns the pages of, the menu that such a press asks for. */
export async function offerLines(
  interaction: MessageComponentInteraction,
  context: AnswerContext,
  { key, rest }: { key: string; rest: readonly string[] },
): Promise<void> {
  const { answer, readings, words } = context;
  const [number = '', hash = '', page = ''] = rest;
  const story = storyOfKey(context, key);
  const channel = await answer.while(readings.look(interaction.channelId), 'private');
  const last = await everTold(interaction, channel, story, context, 'private');
  // The story may have been edited since: the passage is the one of the same text.
  const same = story.numbersOf(hash).filter((one) => one <= last);
  const passage = story.passage(same.find((one) => one === Number(number)) ?? same[0] ?? 0);
  if (passage === undefined) throw new UserError(words('refusal.rewritten'));

  const menu = menuOf(story, passage, page, context);
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
  const titled = library.stories.filter((story) => inlineTitle(story.title) === told.title);
  // A story may have been given another title since.
  const here = [channel.reading, ...channel.left].flatMap(
    (reading) => (reading && library.get(reading.story)) ?? [],
  );
  const stories = new Set([...titled, ...here]);
  for (const story of stories) {
    const last = await everTold(interaction, channel, story, context, 'private');
    const passage = await findPassage(
      story,
      { near: told.number, last },
      (one) => toMarkdown(one) === told.text,
    );
    if (passage !== undefined) {
      await answer.whisper(menuOf(story, passage, '', context));
      return;
    }
  }
  throw new UserError(words(stories.size > 0 ? 'refusal.rewritten' : 'refusal.storyGone'));
}

function menuOf(story: Story, passage: Passage, page: string, { words }: AnswerContext) {
  const lines = linesAt(story, passage.number);
  const place = placeOf(passage.number, story.length);
  return passageMenu(story, lines, page, (to) => linesId(story, passage, to), place, words);
}
