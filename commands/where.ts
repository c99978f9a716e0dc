import { EVERYWHERE, type SlashCommand, UserError } from '../src/command.ts';
import { inlineTitle } from '../src/message/markdown.ts';
import { newestLink } from '../src/message/place.ts';
import { whereMessage } from '../src/message/where.ts';
import { described } from '../src/words/words.ts';

export default {
  data: {
    name: 'where',
    ...described((words) => words('commands.where.description')),
    ...EVERYWHERE,
  },

  async execute({ channelId, guildId, user }, { answer, marks, readings, words }) {
    const { reading, story } = await answer.while(readings.look(channelId), 'private');
    if (reading === undefined) throw new UserError(words('refusal.nothing'));
    if (story === undefined) {
      const { title, position } = reading;
      throw new UserError(words('where.gone', { title: inlineTitle(title), position }));
    }
    const link = newestLink({ guildId, channelId }, reading);
    const own = await answer.while(marks.of(channelId, user.id, reading, story), 'private');
    await answer.whisper(whereMessage(reading, story, { link, own }, words));
  },
} satisfies SlashCommand;
