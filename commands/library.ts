import { EVERYWHERE, type SlashCommand } from '../src/command.ts';
import { libraryMessage } from '../src/message/library.ts';
import { described } from '../src/words/words.ts';

export default {
  data: {
    name: 'library',
    ...described((words) => words('commands.library.description')),
    ...EVERYWHERE,
  },

  async execute(_interaction, { answer, library, words }) {
    await answer.whisper(libraryMessage(library.stories, '0', words));
  },

  /** `state` is the page to turn to, counted from 0. */
  async press(_interaction, { answer, library, words }, state) {
    await answer.update(libraryMessage(library.stories, state, words));
  },
} satisfies SlashCommand;
