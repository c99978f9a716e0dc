import { createRecent } from '../story/recent.ts';
import type { Chapter, Story } from '../story/story.ts';
import type { Told } from './edition.ts';
import type { LibraryIndex } from './library-index.ts';

/** Stories whose chapters are kept in memory: those that are being told. */
const MOST_CHAPTERED = 64;

/** Makes stories of an index's editions. Of their texts nothing is kept in memory. */
export function storiesIn(
  index: LibraryIndex,
): (edition: number, told: Told, shelf: readonly string[]) => Story {
  const chapters = createRecent<number, readonly Chapter[]>(
    (edition) => index.chapters(edition),
    () => 1,
    MOST_CHAPTERED,
  );
  return (edition, { facts, length, characters }, shelf) => ({
    ...facts,
    shelf,
    length,
    get chapters() {
      return chapters.get(edition);
    },
    passage: (number) =>
      Number.isInteger(number) && number >= 1 && number <= length
        ? index.passage(edition, number)
        : undefined,
    numbersOf: (anchor) => index.numbersOf(edition, anchor),
    charactersAfter(position) {
      if (position <= 0) return characters;
      return position >= length ? 0 : characters - index.charactersUpTo(edition, position);
    },
  });
}
