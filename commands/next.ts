import { EVERYWHERE, type SlashCommand } from '../src/command.ts';
import { pressReady, stepOrReady } from '../src/telling/readying.ts';
import { tell } from '../src/telling/telling.ts';
import { described } from '../src/words/words.ts';

export default {
  data: {
    name: 'next',
    ...described((words) => words('commands.next.description')),
    ...EVERYWHERE,
  },

  async execute(interaction, context) {
    await tell(interaction, context, (channel) => stepOrReady(interaction, channel, context));
  },

  /** Where the room has another pace by now, `Next` is what its button would be. */
  press: pressReady,
} satisfies SlashCommand;
