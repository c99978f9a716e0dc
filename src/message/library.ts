import { ButtonStyle } from 'discord.js';
import type { MessageBody } from '../reading/record.ts';
import type { Story } from '../story/story.ts';
import type { Words } from '../words/words.ts';
import { button, customId, row } from './buttons.ts';
import { inlineTitle } from './markdown.ts';
import { minutesLeft, readingTime } from './time.ts';

/** What the stories on one page may take, in UTF-16 units; the lines around them come on top. */
const PAGE_LENGTH = 1600;

/** One page of the library, `page` counted from 0; a page that is not there is the nearest. */
export function libraryMessage(stories: readonly Story[], page: number, words: Words): MessageBody {
  const pages = paginate(stories.map((story) => entry(story, words)));
  const at = Math.max(0, Math.min(page, pages.length - 1));
  const turn = (label: string, to: number) =>
    button(label, customId('library', to), ButtonStyle.Secondary);
  return {
    content: [
      `### ${words('library.title', { count: stories.length })}`,
      pages[at] ?? '',
      ...(pages.length > 1
        ? [`-# ${words('library.page', { page: at + 1, pages: pages.length })}`]
        : []),
      `-# ${words('library.hint')}`,
    ].join('\n'),
    components: row(
      ...(at > 0 ? [turn(words('buttons.earlier'), at - 1)] : []),
      ...(at < pages.length - 1 ? [turn(words('buttons.more'), at + 1)] : []),
    ),
  };
}

function entry(story: Story, words: Words): string {
  const count = story.passages.length;
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
