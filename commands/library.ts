import { ApplicationCommandOptionType } from 'discord.js';
import { type AnswerContext, EVERYWHERE, type SlashCommand } from '../src/command.ts';
import { type Browsing, browsingOf, shelfOfKey } from '../src/message/browse.ts';
import { libraryMessage, MORE_SHELVES } from '../src/message/library.ts';
import type { RoomsPlaces } from '../src/message/story-facts.ts';
import { storyMessage } from '../src/message/story-page.ts';
import { roomOf, storyOfKey } from '../src/quoting/quoting.ts';
import { beginStory } from '../src/telling/beginning.ts';
import type { Asking } from '../src/telling/telling.ts';
import { described } from '../src/words/words.ts';

export default {
  data: {
    name: 'library',
    ...described((words) => words('commands.library.description')),
    ...EVERYWHERE,
    options: [
      {
        name: 'search',
        ...described((words) => words('commands.library.search')),
        type: ApplicationCommandOptionType.String,
        max_length: 100,
      },
    ],
  },

  async execute(interaction, context) {
    const search = interaction.options.getString('search')?.trim() ?? '';
    const places = await placesIn(interaction, context);
    await context.answer.whisper(pageOf({ shelf: [], page: 0, search }, places, context));
  },

  /**
   * `state` is "list:<a browsing's state>" for a page; "shelf:…" and "story:…" are the menus on it,
   * their values a shelf or a story; "begin:<story>" begins one. A bare number is a page, as the
   * buttons of older messages have it.
   */
  async press(interaction, context, state) {
    const { answer, library, words } = context;
    const [, what, rest = ''] = /^(\w+):(.*)$/s.exec(state) ?? [];
    const [value = ''] = interaction.isStringSelectMenu() ? interaction.values : [];
    if (what === 'begin') {
      return await beginStory(interaction, context, storyOfKey(context, rest).slug);
    }
    const browsing = browsingOf(/^\d+$/.test(state) ? `:${state}:` : rest, library.stories);
    const places = await placesIn(interaction, context);
    if (what === 'story') {
      const story = storyOfKey(context, value);
      return await answer.update(storyMessage(story, browsing, places, words));
    }
    if (what === 'shelf' && value.startsWith(MORE_SHELVES)) {
      const first = Number(value.slice(MORE_SHELVES.length)) || 0;
      return await answer.update(pageOf(browsing, places, context, first));
    }
    const shelf = what === 'shelf' ? shelfOfKey(value, library.stories) : browsing.shelf;
    await answer.update(pageOf({ ...browsing, shelf }, places, context));
  },
} satisfies SlashCommand;

function pageOf(
  browsing: Browsing,
  places: RoomsPlaces,
  { library, words }: AnswerContext,
  firstShelf?: number,
) {
  return libraryMessage(library.stories, browsing, places, words, firstShelf);
}

/** What this room has read. */
async function placesIn(
  interaction: Asking,
  { answer, finished, readings }: AnswerContext,
): Promise<RoomsPlaces> {
  const looking = Promise.all([
    readings.look(interaction.channelId),
    finished.storiesOf(roomOf(interaction)),
  ]);
  const [{ reading, left }, slugs] = await answer.while(looking, 'private');
  return { readings: [...(reading ? [reading] : []), ...left], finished: slugs };
}
