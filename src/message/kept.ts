import { ButtonStyle } from 'discord.js';
import type { KeptLine } from '../reading/kept.ts';
import type { MessageBody } from '../reading/record.ts';
import type { Words } from '../words/words.ts';
import { button, customId, row } from './buttons.ts';
import { excerpt } from './excerpt.ts';
import { menu, pageButtons, pageWithin } from './line-menu.ts';

/** What stands in one message: so many of the reader's lines, and so many of the room's. */
const PAGE_LENGTH = 8;
const MOST_FAVOURITES = 5;
const ENTRY_LENGTH = 125;

/** What is kept in a channel, for one of its readers. */
export interface KeptHere {
  readonly mine: readonly KeptLine[];
  readonly favourites: readonly KeptLine[];
  /** How many lines more there are, which may not be shown. */
  readonly hidden: number;
}

/** A reader's own lines, a page of them with ways to let go of some, and the room's favourites. */
export function keptMessage(
  { mine, favourites, hidden }: KeptHere,
  state: string,
  words: Words,
): MessageBody {
  const pages = Math.max(1, Math.ceil(mine.length / PAGE_LENGTH));
  const page = pageWithin(state, pages);
  const shown = mine.slice(page * PAGE_LENGTH, (page + 1) * PAGE_LENGTH);
  const entry = (line: KeptLine) =>
    words('kept.line', { passage: line.passage, text: excerpt(line.excerpt, ENTRY_LENGTH) });
  // Two stories can hold the same line; a menu's values are each there once.
  const options = [...new Map(shown.map((line) => [line.hash, line])).values()].map((line) => ({
    label: line.excerpt,
    value: line.hash,
  }));
  return {
    content: [
      ...(mine.length > 0 ? [`### ${words('kept.title', { count: mine.length })}`] : []),
      ...(mine.length === 0 && hidden === 0 ? [`### ${words('kept.none')}`] : []),
      ...shown.map(entry),
      ...(pages > 1 ? [`-# ${words('menu.page', { page: page + 1, pages })}`] : []),
      ...(favourites.length > 0 ? [`### ${words('kept.favourites')}`] : []),
      ...favourites.slice(0, MOST_FAVOURITES).map(entry),
      ...(hidden > 0 ? [`-# ${words('kept.hidden', { count: hidden })}`] : []),
    ].join('\n'),
    components: [
      ...(shown.length > 0
        ? menu(customId('kept', 'forget', page), words('menu.forget'), options)
        : []),
      ...pageButtons(page, pages, (to) => customId('kept', 'page', to), words),
      ...(mine.length > 1
        ? row(button(words('menu.forgetAll'), customId('kept', 'all'), ButtonStyle.Secondary))
        : []),
    ],
  };
}
