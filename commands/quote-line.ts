import { ApplicationCommandType } from 'discord.js';
import { EVERYWHERE, type MessageCommand } from '../src/command.ts';
import { offerLinesOfMessage } from '../src/quoting/offer-lines.ts';
import { named } from '../src/words/words.ts';

export default {
  data: {
    type: ApplicationCommandType.Message,
    ...named((words) => words('commands.quoteLine')),
    ...EVERYWHERE,
  },

  onMessage: offerLinesOfMessage,
} satisfies MessageCommand;
