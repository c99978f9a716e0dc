import { EVERYWHERE, type SlashCommand } from '../src/command.ts';
import { described } from '../src/words/words.ts';

export default {
  data: {
    name: 'forget-me',
    ...described((words) => words('commands.forgetMe.description')),
    ...EVERYWHERE,
  },

  async execute({ user }, { answer, kept, marks, readings, words }) {
    const all = Promise.all([
      kept.forgetEverywhere(user.id),
      readings.forget(user.id),
      marks.forgetEverywhere(user.id),
    ]);
    const [count] = await answer.while(all, 'private');
    await answer.whisper({ content: words('forgetMe.done', { count }), components: [] });
  },
} satisfies SlashCommand;
