import type { MessageBody } from '../reading/record.ts';
import { storyKey } from '../story/key.ts';
import type { Story } from '../story/story.ts';
import type { Words } from '../words/words.ts';
import { type Browsing, browsingState, shelfKey, shelvesIn, storiesThere } from './browse.ts';
import { customId } from './buttons.ts';
import { choiceName } from './choice.ts';
import { MENU_LIMIT, menu, pageButtons } from './line-menu.ts';
import { escapeText, inlineTitle } from './markdown.ts';
import { type RoomsPlaces, storyFacts } from './story-facts.ts';

/** What the stories on one page may take, in UTF-16 units; the lines around them come on top. */
const PAGE_LENGTH = 1500;
/** More stories than this are no list to choose from. */
const PAGE_STORIES = 10;

/** Options of the menu of shelves that are no shelf; the second goes on with a number. */
export const ALL_SHELVES = 'all';
export const MORE_SHELVES = 'from:';

/**
 * A page of the library: the stories there, by title, with what this room has read of them; a menu
 * of them, one of the shelves, `firstShelf` first, and the buttons to the pages beside it.
 */
export function libraryMessage(
  stories: readonly Story[],
  browsing: Browsing,
  places: RoomsPlaces,
  words: Words,
  firstShelf = 0,
): MessageBody {
  const found = storiesThere(stories, browsing);
  const pages = paginate(found, places, words);
  const page = Math.max(0, Math.min(browsing.page, pages.length - 1));
  const shown = pages[page] ?? { stories: [], text: words('library.none') };
  const here = { ...browsing, page };
  return {
    content: [
      `### ${heading(found.length, browsing, words)}`,
      shown.text,
      ...(pages.length > 1
        ? [`-# ${words('menu.page', { page: page + 1, pages: pages.length })}`]
        : []),
      `-# ${words('library.hint')}`,
    ].join('\n'),
    components: [
      ...storyMenu(shown.stories, here, words),
      ...shelfMenu(stories, here, firstShelf, words),
      ...pageButtons(page, pages.length, (to) => listId({ ...here, page: to }), words),
    ],
  };
}

/** The press that leads to a page of the library. */
export function listId(browsing: Browsing): string {
  return customId('library', 'list', browsingState(browsing));
}

function heading(count: number, { shelf, search }: Browsing, words: Words): string {
  const [name, wanted] = [shelfName(shelf), escapeText(search)];
  if (search !== '') return words('library.found', { count, search: wanted });
  if (shelf.length > 0) return words('library.shelf', { count, shelf: name });
  return words('library.title', { count });
}

function shelfName(shelf: readonly string[]): string {
  return shelf.map(inlineTitle).join(' / ');
}

function storyMenu(stories: readonly Story[], here: Browsing, words: Words) {
  if (stories.length === 0) return [];
  const options = stories.map(({ slug, title, author }) => ({
    label: choiceName(title),
    value: storyKey(slug),
    ...(author && { description: choiceName(author) }),
  }));
  const id = customId('library', 'story', browsingState(here));
  return menu(id, words('library.choose'), options);
}

/** The shelves in this one, and the ways back; of more than fit, those from one on. */
function shelfMenu(
  stories: readonly Story[],
  { shelf, search }: Browsing,
  from: number,
  words: Words,
) {
  const inner = shelvesIn(stories, shelf);
  if (inner.length === 0 && shelf.length === 0) return [];
  const outer = shelf.slice(0, -1);
  const option = (label: string, value: string) => ({ label: choiceName(label), value });
  const back = [
    ...(shelf.length > 0 ? [option(words('library.all'), ALL_SHELVES)] : []),
    ...(outer.length > 0 ? [option(outer.join(' / '), shelfKey(outer))] : []),
  ];
  const room = MENU_LIMIT - back.length - 1;
  const shown = inner.slice(from, from + room).map((one) => option(one.join(' / '), shelfKey(one)));
  const next = from + room < inner.length ? from + room : 0;
  const more =
    inner.length > room ? [option(words('library.moreShelves'), `${MORE_SHELVES}${next}`)] : [];
  const id = customId('library', 'shelf', browsingState({ shelf, page: 0, search }));
  return menu(id, words('library.shelves'), [...back, ...shown, ...more]);
}

interface Page {
  readonly stories: readonly Story[];
  readonly text: string;
}

function paginate(stories: readonly Story[], places: RoomsPlaces, words: Words): Page[] {
  const pages: Page[] = [];
  for (const story of stories) {
    const text = `**${inlineTitle(story.title)}**${by(story, words)}\n-# ${storyFacts(story, places, words)}`;
    const last = pages.at(-1);
    const isFull =
      last === undefined ||
      last.stories.length >= PAGE_STORIES ||
      last.text.length + 1 + text.length > PAGE_LENGTH;
    if (isFull) pages.push({ stories: [story], text });
    else {
      pages[pages.length - 1] = {
        stories: [...last.stories, story],
        text: `${last.text}\n${text}`,
      };
    }
  }
  return pages;
}

function by({ author }: Story, words: Words): string {
  return author ? ` ${words('card.author', { author: inlineTitle(author) })}` : '';
}
