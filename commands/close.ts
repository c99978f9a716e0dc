import { EVERYWHERE, type SlashCommand, UserError } from '../src/command.ts';
import { closedMessage } from '../src/message/ending.ts';
import { assertHost, tell } from '../src/telling/telling.ts';
import { described } from '../src/words/words.ts';

export default {
  data: {
    name: 'close',
    ...described((words) => words('commands.close.description')),
    ...EVERYWHERE,
  },

  async execute(interaction, context) {
    const { words, roomWords } = context;
    await tell(interaction, context, ({ reading, story }) => {
      if (reading === undefined) throw new UserError(words('refusal.nothing'));
      assertHost(interaction, reading, words);
      return { body: closedMessage(reading, story, roomWords) };
    });
  },
} satisfies SlashCommand;
