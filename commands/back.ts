import { EVERYWHERE, type SlashCommand, UserError } from '../src/command.ts';
import { toldBefore } from '../src/message/page.ts';
import { assertHost, beingRead, stretchStep, tell } from '../src/telling/telling.ts';
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
      const before = toldBefore(story, reading);
      if (before === undefined) throw new UserError(words('refusal.noBack'));
      return stretchStep(story, reading, before, context);
    });
  },
} satisfies SlashCommand;
