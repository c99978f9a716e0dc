import { ApplicationCommandOptionType } from 'discord.js';
import {
  type AnswerContext,
  EVERYWHERE,
  mayHost,
  memberGuild,
  type SlashCommand,
  UserError,
} from '../src/command.ts';
import { cardMessage } from '../src/message/card.ts';
import { inlineTitle } from '../src/message/markdown.ts';
import { arrive } from '../src/reading/company.ts';
import { begin } from '../src/reading/move.ts';
import { placeToContinue } from '../src/reading/place-left.ts';
import type { TellingBy } from '../src/reading/record.ts';
import type { Channel } from '../src/reading/turn.ts';
import { findStory, storyChoices } from '../src/telling/story-choice.ts';
import {
  type Asking,
  assertNewest,
  hostName,
  outdated,
  passageStep,
  tell,
} from '../src/telling/telling.ts';
import { byOption, chosenBy } from '../src/telling/telling-by.ts';
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
      byOption(false),
    ],
  },

  async execute(interaction, context) {
    const slug = interaction.options.getString('story', true);
    const from = interaction.options.getInteger('from') ?? 1;
    await beginStory(interaction, context, slug, { from, by: chosenBy(interaction) });
  },

  /**
   * `Continue`: `state` is the id of the reading whose title card it is on. The menu under an
   * ending: "begin:<reading's id>:<its serial>", its value a story.
   */
  async press(interaction, context, state) {
    const { words } = context;
    if (interaction.isStringSelectMenu()) {
      const [slug = ''] = interaction.values;
      return await beginStory(interaction, context, slug, { from: 1, state });
    }
    await tell(interaction, context, (channel) => {
      const { reading, story } = channel;
      const isNewest = reading?.id === state && reading.serial === 0;
      const left = isNewest && story && placeToContinue({ left: channel.left }, story, undefined);
      if (!left) throw outdated(interaction, channel, reading?.id === state, words);
      // Whoever brought the reading back leads it now, at the pace and in the way they have set since.
      const { host, pace, by = left.by } = reading;
      const place = { ...left, host, ...(pace && { pace }), ...(by && { by }) };
      const back = arrive(place, interaction.user.id);
      return passageStep(story, back, left.position + 1, context);
    });
  },

  async autocomplete(interaction, { library, words }) {
    return storyChoices(library.stories, interaction.options.getFocused(), words);
  },
} satisfies SlashCommand;

/** `state` is the menu's where the story was chosen from one. */
async function beginStory(
  interaction: Asking,
  context: AnswerContext,
  slug: string,
  { from, by, state }: { from: number; by?: TellingBy | undefined; state?: string },
): Promise<void> {
  const { clock, library, words, roomWords } = context;
  const story = findStory(library, slug, words);
  const count = story.length;
  if (from < 1 || from > count) {
    throw new UserError(words('refusal.from', { title: inlineTitle(story.title), count }));
  }
  await tell(interaction, context, (channel) => {
    if (state !== undefined) {
      assertNewest(interaction, channel, state.replace(/^begin:/, ''), words);
    }
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
