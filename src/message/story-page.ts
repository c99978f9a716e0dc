import { ButtonStyle } from 'discord.js';
import type { MessageBody } from '../reading/record.ts';
import { storyKey } from '../story/key.ts';
import type { Story } from '../story/story.ts';
import type { Words } from '../words/words.ts';
import type { Browsing } from './browse.ts';
import { button, customId, label, row } from './buttons.ts';
import { aboutLines } from './card.ts';
import { listId } from './library.ts';
import { type RoomsPlaces, storyFacts } from './story-facts.ts';

/** A story of the library, for whoever looks at it alone, with the button that begins it here. */
export function storyMessage(
  story: Story,
  browsing: Browsing,
  places: RoomsPlaces,
  words: Words,
): MessageBody {
  const content = [...aboutLines(story, words), `-# ${storyFacts(story, places, words)}`];
  return {
    content: content.join('\n'),
    components: row(
      button(label('begin', words), customId('library', 'begin', storyKey(story.slug))),
      button(words('library.back'), listId(browsing), ButtonStyle.Secondary),
    ),
  };
}
