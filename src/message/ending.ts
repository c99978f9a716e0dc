import type { MessageBody, Reading } from '../reading/record.ts';
import type { Line, Story } from '../story/story.ts';
import type { Words } from '../words/words.ts';
import { customId } from './buttons.ts';
import { choiceName } from './choice.ts';
import { MESSAGE_LIMIT } from './frame.ts';
import { MENU_LIMIT, menu } from './line-menu.ts';
import { inlineTitle, toMarkdownRows } from './markdown.ts';
import { placeOf } from './place.ts';
import { minutesLeft, readingTime, span, timestamp } from './time.ts';

/** What a closing card shows beside the reading itself. */
export interface Closing {
  /** The room's favourite lines of this story, the most kept first. */
  readonly favourites: readonly Line[];
  /** What this room has not read to its end, to begin next. */
  readonly stories: readonly Story[];
}

/** What is told, once, when the story is over. */
export function endingMessage(
  story: Story,
  reading: Reading,
  { favourites, stories }: Closing,
  words: Words,
): MessageBody {
  const title = inlineTitle(story.title);
  const { begun, ended = begun, sittings, readers } = reading;
  const time = span(ended - begun, words('locale')) ?? words('ending.moment');
  const together = [
    words('ending.dates', { begun: timestamp(begun), ended: timestamp(ended) }),
    ...(sittings ? [words('ending.sittings', { count: sittings })] : []),
    ...(readers?.length ? [words('ending.readers', { count: readers.length })] : []),
  ];
  const head = [
    `### ${words('ending.title')}`,
    words('ending.told', { title }),
    together.join(' · '),
  ];
  // The last line tells the bot that a message is this ending.
  const foot = `-# ${words('ending.facts', { title, count: story.length, time })}`;
  return {
    content: [...head, ...favouriteLines(favourites, [...head, foot], words), foot].join('\n'),
    components: stories.length > 0 ? storyMenu(reading, stories, words) : [],
  };
}

/** As many of the lines, each whole, as fit beside the rest of the card. */
function favouriteLines(lines: readonly Line[], rest: readonly string[], words: Words): string[] {
  const shown: string[] = [];
  for (const line of lines) {
    const block = toMarkdownRows(line)
      .map((text) => `> ${text}`)
      .join('\n');
    const heading = shown.length === 0 ? [words('ending.favourites')] : [];
    const all = [...rest, ...shown, ...heading, block];
    if (all.join('\n').length <= MESSAGE_LIMIT) shown.push(...heading, block);
  }
  return shown;
}

function storyMenu({ id, serial }: Reading, stories: readonly Story[], words: Words) {
  const options = stories.slice(0, MENU_LIMIT).map((story) => {
    const count = story.length;
    const time = readingTime(minutesLeft(story, 0), words);
    const length = words('card.length', { count, time });
    return {
      label: choiceName(story.title),
      value: story.slug,
      description: choiceName(story.author ? `${story.author} · ${length}` : length),
    };
  });
  return menu(customId('read', 'begin', id, serial), words('menu.begin'), options);
}

/** What is told when a reading is closed. */
export function closedMessage(
  reading: Reading,
  story: Story | undefined,
  words: Words,
): MessageBody {
  const total = story?.length ?? reading.position;
  const place = placeOf(reading.position, total);
  // Only a place in the middle is one to go on from.
  const isKept = reading.serial > 0 && (story === undefined || reading.position < total);
  return {
    content: [
      words('closed.notice', { title: inlineTitle(reading.title) }),
      `-# ${isKept ? words('closed.kept', { place }) : place}`,
    ].join('\n'),
    components: [],
  };
}
