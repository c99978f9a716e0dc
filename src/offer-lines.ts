import {
  type MessageComponentInteraction,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
} from 'discord.js';
import { type AnswerContext, UserError } from './command.ts';
import { linesId, passageMenu } from './message/line-menu.ts';
import { inlineTitle, toMarkdown } from './message/markdown.ts';
import { placeOf } from './message/place.ts';
import { everTold, storyOfKey } from './quoting.ts';
import { hashText } from './story/anchor.ts';
import { linesAt } from './story/line-name.ts';
import type { Passage, Story } from './story/story.ts';

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
  const last = await everTold(interaction, channel, story, context);
  // The story may have been edited since: the passage is the one of the same text.
  const told = story.passages.slice(0, last);
  const isSame = (passage: Passage | undefined) => passage && hashText(passage.text) === hash;
  const numbered = told[Number(number) - 1];
  const passage = isSame(numbered) ? numbered : told.find(isSame);
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
  const [, title, number = ''] = /\n-# (.+) · (\d+) of \d+$/.exec(content.trimEnd()) ?? [];
  const stories = library.stories.filter((story) => inlineTitle(story.title) === title);
  if (author.id !== interaction.applicationId || stories.length === 0) {
    throw new UserError(words('refusal.notOurs'));
  }
  const channel = await answer.while(readings.look(interaction.channelId), 'private');
  for (const story of stories) {
    const last = await everTold(interaction, channel, story, context);
    const told = story.passages.slice(0, last);
    const isHere = (passage: Passage | undefined) =>
      passage !== undefined && isTextOf(content, toMarkdown(passage));
    const numbered = told[Number(number) - 1];
    const passage = isHere(numbered) ? numbered : told.find(isHere);
    if (passage !== undefined) {
      await answer.whisper(menuOf(story, passage, '', context));
      return;
    }
  }
  throw new UserError(words('refusal.rewritten'));
}

/** Whether a message tells this text: between its headings, if any, and its footer. */
function isTextOf(content: string, text: string): boolean {
  const body = content.trimEnd().replace(/\n-# .*$/, '');
  return body === text || (body.startsWith('### ') && body.endsWith(`\n${text}`));
}

function menuOf(story: Story, passage: Passage, page: string, { words }: AnswerContext) {
  const lines = linesAt(story, passage.number);
  const place = placeOf(passage.number, story.passages.length);
  return passageMenu(story, lines, page, (to) => linesId(story, passage, to), place, words);
}
