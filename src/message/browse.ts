import { hashText } from '../story/anchor.ts';
import type { Story } from '../story/story.ts';
import { fold } from './choice.ts';

/** What of the library somebody looks at. */
export interface Browsing {
  /** The names of a shelf and of those it stands in, outermost first; none for the whole library. */
  readonly shelf: readonly string[];
  /** Counted from 0; one that is not there is the nearest. */
  readonly page: number;
  /** Words of titles and authors; '' for all. */
  readonly search: string;
}

/** As much of a search as a custom id has room for. */
const SEARCH_LENGTH = 40;

/** The state of a button or menu that leads there, at most 60 characters. */
export function browsingState({ shelf, page, search }: Browsing): string {
  return `${shelf.length === 0 ? '' : shelfKey(shelf)}:${page}:${search.slice(0, SEARCH_LENGTH)}`;
}

/** What such a state leads to; of a shelf that is not there any more, the whole library. */
export function browsingOf(state: string, stories: readonly Story[]): Browsing {
  const [, key = '', page = '0', search = ''] = /^([\w-]*):(\d{1,6}):(.*)$/s.exec(state) ?? [];
  return { shelf: shelfOfKey(key, stories), page: Number(page), search };
}

/** A shelf in a menu's option. */
export function shelfKey(shelf: readonly string[]): string {
  return hashText(shelf.join('/')).slice(0, 8);
}

/** The shelf of such a key; the whole library where there is none. */
export function shelfOfKey(key: string, stories: readonly Story[]): readonly string[] {
  if (key === '') return [];
  for (const { shelf } of stories) {
    for (let depth = 1; depth <= shelf.length; depth++) {
      const outer = shelf.slice(0, depth);
      if (shelfKey(outer) === key) return outer;
    }
  }
  return [];
}

/** The stories on a shelf, and on those that stand in it, whose title or author have the words. */
export function storiesThere(
  stories: readonly Story[],
  { shelf, search }: Pick<Browsing, 'shelf' | 'search'>,
): Story[] {
  const wanted = fold(search).split(/\s+/);
  return stories.filter((story) => {
    if (!shelf.every((name, depth) => story.shelf[depth] === name)) return false;
    const named = fold(`${story.title} ${story.author ?? ''}`);
    return wanted.every((word) => named.includes(word));
  });
}

/** The shelves that stand in a shelf, by name. */
export function shelvesIn(stories: readonly Story[], shelf: readonly string[]): string[][] {
  const names = new Set<string>();
  for (const story of storiesThere(stories, { shelf, search: '' })) {
    const name = story.shelf[shelf.length];
    if (name !== undefined) names.add(name);
  }
  const byName = new Intl.Collator('en', { numeric: true });
  return [...names].sort(byName.compare).map((name) => [...shelf, name]);
}
