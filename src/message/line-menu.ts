import { type APISelectMenuOption, ButtonStyle, ComponentType } from 'discord.js';
import type { MessageBody } from '../reading/record.ts';
import { storyKey } from '../story/key.ts';
import { lineMark } from '../story/line-name.ts';
import type { Line, Story } from '../story/story.ts';
import type { Words } from '../words/words.ts';
import { button, customId, row } from './buttons.ts';
import { choiceName } from './choice.ts';
import { passageAt, type Stretch } from './stretch.ts';

/** The most options a select menu may have; discord.com/developers/docs/components/reference */
export const MENU_LIMIT = 25;

/** A menu of options of which one is chosen: `id` is the press that the choice makes. */
export function menu(id: string, placeholder: string, options: APISelectMenuOption[]) {
  return row({ type: ComponentType.StringSelect, custom_id: id, placeholder, options });
}

/** The press that opens the menu of the lines of some passages at a page: by the last one's anchor. */
export function linesId(story: Story, { from, to }: Stretch, page = 0): string {
  const numbers = from < to ? `${from}-${to}` : to;
  const { anchor } = passageAt(story, to);
  return customId('quote', 'lines', storyKey(story.slug), numbers, anchor, page);
}

/** Lines to choose from; choosing one quotes it. */
export function quoteMenu(story: Story, lines: readonly Line[], words: Words) {
  const options = lines.slice(0, MENU_LIMIT).map((line) => ({
    label: choiceName(line.text),
    value: lineMark(line),
  }));
  return menu(customId('quote', 'choose', storyKey(story.slug)), words('menu.choose'), options);
}

/** The buttons that turn a list's pages, where it has more than one: `id` names a page. */
export function pageButtons(
  page: number,
  pages: number,
  id: (page: number) => string,
  words: Words,
) {
  const turn = (label: string, to: number) => button(label, id(to), ButtonStyle.Secondary);
  return row(
    ...(page > 0 ? [turn(words('buttons.earlier'), page - 1)] : []),
    ...(page < pages - 1 ? [turn(words('buttons.more'), page + 1)] : []),
  );
}

/** A page number from a custom id, within the pages that there are now. */
export function pageWithin(state: string, pages: number): number {
  const page = /^\d{1,6}$/.test(state) ? Number(state) : 0;
  return Math.max(0, Math.min(page, pages - 1));
}

/** The private menu of the lines of a message, a page of it where there are more than fit. */
export function passageMenu(
  story: Story,
  lines: readonly Line[],
  pageState: string,
  pageId: (page: number) => string,
  place: string,
  words: Words,
): MessageBody {
  const pages = Math.max(1, Math.ceil(lines.length / MENU_LIMIT));
  const page = pageWithin(pageState, pages);
  const shown = lines.slice(page * MENU_LIMIT, (page + 1) * MENU_LIMIT);
  const title = words('menu.title', { place });
  const count = pages > 1 ? `\n-# ${words('menu.page', { page: page + 1, pages })}` : '';
  return {
    content: title + count,
    components: [...quoteMenu(story, shown, words), ...pageButtons(page, pages, pageId, words)],
  };
}
