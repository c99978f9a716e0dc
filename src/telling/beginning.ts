import { type AnswerContext, mayHost, memberGuild, UserError } from '../command.ts';
import { cardMessage } from '../message/card.ts';
import { inlineTitle } from '../message/markdown.ts';
import { begin } from '../reading/move.ts';
import { placeToContinue } from '../reading/place-left.ts';
import type { TellingBy } from '../reading/record.ts';
import type { Channel } from '../reading/turn.ts';
import type { Words } from '../words/words.ts';
import { findStory } from './story-choice.ts';
import { type Asking, assertNewest, hostName, tell } from './telling.ts';

/** How a story is begun. */
export interface Beginning {
  /** The passage that is told first; usually 1. */
  readonly from?: number;
  readonly by?: TellingBy | undefined;
  /** "<reading's id>:<its serial>" of the message whose menu it was chosen from. */
  readonly newest?: string;
}

/**
 * Begins a story in the interaction's channel: posts its title card. With `newest`, the state of a
 * button, only where that is the newest one still. Throws a `UserError` where the story is none,
 * `from` is not in it, or an unfinished reading is not this user's to replace.
 */
export async function beginStory(
  interaction: Asking,
  context: AnswerContext,
  slug: string,
  { from = 1, by, newest }: Beginning = {},
): Promise<void> {
  const { clock, library, words, roomWords } = context;
  const story = findStory(library, slug, words);
  const count = story.length;
  if (from < 1 || from > count) {
    throw new UserError(words('refusal.from', { title: inlineTitle(story.title), count }));
  }
  await tell(interaction, context, (channel) => {
    if (newest !== undefined) assertNewest(interaction, channel, newest, words);
    assertFree(interaction, channel, words);
    const guild = memberGuild(interaction);
    const starter = {
      host: interaction.user.id,
      ...(guild !== undefined && { guild }),
      ...(by !== undefined && { by }),
    };
    const reading = begin(story, from - 1, starter, clock.now());
    const left = placeToContinue(channel, story, from);
    return { reading, body: cardMessage(story, reading, left, roomWords) };
  });
}

/** Throws a `UserError` where an unfinished reading is not this user's to replace. */
function assertFree(interaction: Asking, { reading, story }: Channel, words: Words): void {
  if (reading === undefined || mayHost(interaction, reading)) return;
  if (story !== undefined && reading.position >= story.length) return;
  const [title, host] = [inlineTitle(reading.title), hostName(reading, words)];
  throw new UserError(words('refusal.unfinished', { title, host }));
}
