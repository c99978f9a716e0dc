import { ApplicationCommandOptionType } from 'discord.js';
import { EVERYWHERE, type SlashCommand } from '../src/command.ts';
import { arrive } from '../src/reading/company.ts';
import { placeToContinue } from '../src/reading/place-left.ts';
import { beginStory } from '../src/telling/beginning.ts';
import { storyChoices } from '../src/telling/story-choice.ts';
import { outdated, passageStep, tell } from '../src/telling/telling.ts';
import { byOption, chosenBy } from '../src/telling/telling-by.ts';
import { described } from '../src/words/words.ts';

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
      return await beginStory(interaction, context, slug, { newest: state.replace(/^begin:/, '') });
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
