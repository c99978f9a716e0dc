import type { MessageBody } from '../reading/record.ts';
import type { Story } from '../story/story.ts';
import type { Words } from '../words/words.ts';
import { customId } from './buttons.ts';
import { pageButtons, pageWithin } from './line-menu.ts';
import { inlineTitle } from './markdown.ts';
import { minutesLeft, readingTime } from './time.ts';

/** What the stories on one page may take, in UTF-16 units; the lines around them come on top. */
const PAGE_LENGTH = 1600;

/** One page of the library, counted from 0 in `state`; a page that is not there is the nearest. */
export function libraryMessage(
  stories: readonly Story[],
  state: string,
  words: Words,
): MessageBody {
  const pages = paginate(stories.map((story) => entry(story, words)));
  const page = pageWithin(state, pages.length);
  return {
    content: [
      `### ${words('library.title', { count: stories.length })}`,
      pages[page] ?? '',
      ...(pages.length > 1
        ? [`-# ${words('menu.page', { page: page + 1, pages: pages.length })}`]
        : []),
      `-# ${words('library.hint')}`,
    ].join('\n'),
    components: pageButtons(page, pages.length, (to) => customId('library', to), words),
  };
}

function entry(story: Story, words: Words): string {
  const count = story.length;
  const length = words('card.length', { count, time: readingTime(minutesLeft(story, 0), words) });
  const author = story.author
    ? ` ${words('card.author', { author: inlineTitle(story.author) })}`
    : '';
  return `**${inlineTitle(story.title)}**${author}\n-# ${length}`;
}

function paginate(entries: readonly string[]): string[] {
  const pages: string[] = [];
  for (const text of entries) {
    const last = pages.at(-1);
    if (last === undefined || last.length + 1 + text.length > PAGE_LENGTH) pages.push(text);
    else pages[pages.length - 1] = `${last}\n${text}`;
  }
  return pages;
}
