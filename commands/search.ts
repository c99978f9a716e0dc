import { ApplicationCommandOptionType } from 'discord.js';
import { type AnswerContext, EVERYWHERE, type SlashCommand, UserError } from '../src/command.ts';
import { searchMessage } from '../src/message/search.ts';
import { lineIndex } from '../src/story/line-index.ts';
import { beingRead } from '../src/telling/telling.ts';
import { described } from '../src/words/words.ts';

/** The words go into the custom ids of the pages' buttons, which have 100 characters. */
const WORDS_LIMIT = 80;
/** Nobody turns more pages than this many lines fill. */
const MOST_HITS = 150;

export default {
  data: {
    name: 'search',
    ...described((words) => words('commands.search.description')),
    ...EVERYWHERE,
    options: [
      {
        name: 'words',
        ...described((words) => words('commands.search.words')),
        type: ApplicationCommandOptionType.String,
        required: true,
        max_length: WORDS_LIMIT,
      },
    ],
  },

  async execute(interaction, context) {
    const words = interaction.options.getString('words', true).slice(0, WORDS_LIMIT);
    // Half a character at the end would be refused in a custom id.
    const wanted = words.replace(/[\uD800-\uDBFF]$/, '');
    await context.answer.whisper(await results(interaction.channelId, wanted, '0', context));
  },

  /** `state` is "<page>:<words>". */
  async press(interaction, context, state) {
    const [, page = '', wanted = ''] = /^([^:]*):(.*)$/s.exec(state) ?? [];
    await context.answer.update(await results(interaction.channelId, wanted, page, context));
  },
} satisfies SlashCommand;

async function results(channelId: string, wanted: string, page: string, context: AnswerContext) {
  const { answer, readings, words } = context;
  const channel = await answer.while(readings.look(channelId), 'private');
  const { reading, story } = await answer.while(beingRead(channel, context), 'private');
  if (reading.furthest === 0) throw new UserError(words('refusal.toldNothing'));
  const lines = await answer.while(
    lineIndex(story).suggest(wanted, reading.furthest, MOST_HITS),
    'private',
  );
  if (lines.length === 0) throw new UserError(words('search.none'));
  return searchMessage(story, lines, { wanted, page, isAll: lines.length < MOST_HITS }, words);
}
