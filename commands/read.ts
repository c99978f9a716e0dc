import { ApplicationCommandOptionType } from 'discord.js';
import { type Command, EVERYWHERE, mayHost, UserError } from '../src/command.ts';
import { cardMessage } from '../src/message/card.ts';
import { choiceName, fold } from '../src/message/choice.ts';
import { inlineTitle } from '../src/message/markdown.ts';
import { locate } from '../src/reading/locate.ts';
import { begin } from '../src/reading/move.ts';
import type { Reading } from '../src/reading/record.ts';
import type { Channel } from '../src/reading/turn.ts';
import type { Library } from '../src/story/library.ts';
import type { Story } from '../src/story/story.ts';
import { type Asking, passageStep, tell, whereNow } from '../src/telling.ts';
import { described, type Words } from '../src/words/words.ts';

export default {
  data: {
    name: 'read',
    ...described((words) => words('commands.read.description')),
    ...EVERYWHERE,
    options: [
      {
        name: 'story',
        ...described((words) => words('commands.read.story')),
        type: ApplicationCommandOptionType.String,
        required: true,
        autocomplete: true,
      },
      {
        name: 'from',
        ...described((words) => words('commands.read.from')),
        type: ApplicationCommandOptionType.Integer,
        min_value: 1,
      },
    ],
  },

  async execute(interaction, context) {
    const { library, words, roomWords } = context;
    const story = findStory(library, interaction.options.getString('story', true), words);
    const from = interaction.options.getInteger('from') ?? 1;
    const count = story.passages.length;
    if (from < 1 || from > count) {
      throw new UserError(words('refusal.from', { title: inlineTitle(story.title), count }));
    }
    await tell(interaction, context, (channel) => {
      assertFree(interaction, channel, words);
      const reading = begin(story, from - 1, interaction.user.id, Date.now());
      const left = placeToContinue(channel, story, from);
      return { reading, body: cardMessage(story, reading, left, roomWords) };
    });
  },

  /** `Continue`: `state` is the id of the reading whose title card it is on. */
  async press(interaction, context, state) {
    const { words, roomWords } = context;
    await tell(interaction, context, (channel) => {
      const { reading, story } = channel;
      const isNewest = reading?.id === state && reading.serial === 0;
      const left = isNewest && story && placeToContinue({ left: channel.left }, story, undefined);
      if (!left) {
        const refusal = words(reading?.id === state ? 'refusal.stale' : 'refusal.elsewhere');
        throw new UserError(`${refusal} ${whereNow(interaction, channel, words)}`);
      }
      // Whoever brought the reading back leads it now.
      const host = reading.host;
      return passageStep(story, { ...left, host }, left.position + 1, roomWords);
    });
  },

  async autocomplete(interaction, { library }) {
    const typed = fold(interaction.options.getFocused());
    return library.stories
      .map((story) => ({ story, rank: rank(story, typed) }))
      .filter(({ rank }) => rank > 0)
      .sort((a, b) => b.rank - a.rank)
      .slice(0, 25)
      .map(({ story: { title, author, slug } }) => ({
        name: choiceName(author ? `${title} · ${author}` : title),
        value: slug,
      }));
  },
} satisfies Command;

/** How well a story answers to what was typed; 0 when not at all. */
function rank({ title, author = '', slug }: Story, typed: string): number {
  if (fold(title).startsWith(typed)) return 3;
  if (fold(title).includes(typed) || slug.includes(typed)) return 2;
  return fold(author).includes(typed) ? 1 : 0;
}

/** By slug, as the list has it, or by the title typed out. */
function findStory(library: Library, wanted: string, words: Words): Story {
  const story =
    library.get(wanted) ?? library.stories.find(({ title }) => fold(title) === fold(wanted));
  if (story === undefined) {
    throw new UserError(words('refusal.noStory', { story: inlineTitle(wanted) }));
  }
  return story;
}

/** Throws a `UserError` where an unfinished reading is not this user's to replace. */
function assertFree(interaction: Asking, { reading, story }: Channel, words: Words): void {
  if (reading === undefined || mayHost(interaction, reading)) return;
  if (story !== undefined && reading.position >= story.passages.length) return;
  const [title, host] = [inlineTitle(reading.title), `<@${reading.host}>`];
  throw new UserError(words('refusal.unfinished', { title, host }));
}

/** Where this channel stopped in a story, if going on from there differs from beginning. */
function placeToContinue(
  { reading, left }: Channel,
  story: Story,
  from: number | undefined,
): Reading | undefined {
  const current = reading?.story === story.slug && reading.serial > 0 ? reading : undefined;
  const kept = current ?? left.find((other) => other.story === story.slug);
  const place = kept && locate(kept, story);
  if (place === undefined || place.position + 1 === from) return undefined;
  return place.position > 0 && place.position < story.passages.length ? place : undefined;
}
