import { EVERYWHERE, type SlashCommand, UserError } from '../src/command.ts';
import { assertHost, beingRead, passageStep, tell } from '../src/telling/telling.ts';
import { described } from '../src/words/words.ts';

export default {
  data: {
    name: 'back',
    ...described((words) => words('commands.back.description')),
    ...EVERYWHERE,
  },

  async execute(interaction, context) {
    const { words } = context;
    await tell(interaction, context, async (channel) => {
      const { reading, story } = await beingRead(channel, context);
      assertHost(interaction, reading, words);
      if (reading.position < 2) throw new UserError(words('refusal.noBack'));
      return passageStep(story, reading, reading.position - 1, context);
    });
  },
} satisfies SlashCommand;
