import { EVERYWHERE, type SlashCommand } from '../src/command.ts';
import { described } from '../src/words/words.ts';

export default {
  data: {
    name: 'forget-me',
    ...described((words) => words('commands.forgetMe.description')),
    ...EVERYWHERE,
  },

  async execute({ user }, { answer, kept, readings, words }) {
    const both = Promise.all([kept.forgetEverywhere(user.id), readings.forgetHost(user.id)]);
    const [count] = await answer.while(both, 'private');
    await answer.whisper({ content: words('forgetMe.done', { count }), components: [] });
  },
} satisfies SlashCommand;
