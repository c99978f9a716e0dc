import { createRecent } from '../story/recent.ts';
import type { Chapter, Passage, Story } from '../story/story.ts';
import type { Told } from './edition.ts';
import { ID_STEP } from './index-file.ts';
import type { LibraryIndex } from './library-index.ts';

/** Stories whose chapters are kept in memory: those that are being told. */
const MOST_CHAPTERED = 64;
/** Passages kept in memory: each is looked at for several turns, and several times in each. */
const MOST_PASSAGES = 512;

/** Makes stories of an index's editions. Of their texts only the newest passages are kept in memory. */
export function storiesIn(
  index: LibraryIndex,
): (edition: number, told: Told, shelf: readonly string[]) => Story {
  const chapters = createRecent<number, readonly Chapter[]>(
    (edition) => index.chapters(edition),
    () => 1,
    MOST_CHAPTERED,
  );
  const passages = createRecent<number, Passage>(
    (id) => index.passage(Math.floor(id / ID_STEP), id % ID_STEP),
    () => 1,
    MOST_PASSAGES,
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
        ? passages.get(edition * ID_STEP + number)
        : undefined,
    numbersOf: (anchor) => index.numbersOf(edition, anchor),
    charactersAfter(position) {
      if (position <= 0) return characters;
      return position >= length ? 0 : characters - index.charactersUpTo(edition, position);
    },
  });
}
