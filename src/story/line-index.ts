import { type IndexedLines, indexLines } from './indexed-lines.ts';
import type { Leniency } from './match-words.ts';
import { rankLines } from './rank-lines.ts';
import { createRecent } from './recent.ts';
import type { Line, Story } from './story.ts';

/**
 * Finds the lines of a story by words, among those of the passages up to `last` alone: any order,
 * whatever the case, accents and apostrophes. Nothing later than `last` shows in the answers.
 */
export interface LineIndex {
  /**
   * The best line that holds all of the words: no typo in words of up to four letters, one up to
   * eight, two beyond.
   */
  find(words: string, last: number): Promise<Line | undefined>;
  /** At most `limit` lines, up to 150, best first; the last word may be half typed. */
  suggest(words: string, last: number, limit: number): Promise<Line[]>;
}

// Over tests/texts/queries.ts, MiniSearch put the right line first for 97 %, FlexSearch for 92 %,
// uFuzzy for 87 %, Orama for 65 %. But over a novel of 3 MB MiniSearch took 118 ms (p99; uFuzzy 88,
// FlexSearch 4), since it scores every line with any of the words. So its tree of terms does the
// typos and prefixes, and the lines are ranked here, by where the words stand as well: 99 %.

const STRICT: Leniency = { typos: typosForgiven, beginning: () => 0 };
const LENIENT: Leniency = {
  typos: typosForgiven,
  beginning: ({ last, letters }) => (last ? 0.8 : letters >= 3 ? 0.5 : 0),
};

// A line is remembered by a few words; what is pasted beyond that only costs time.
const MOST_TYPED = 300;

/** The index of a story's lines, made when it is first asked. */
export function lineIndex(story: Story): LineIndex {
  const { language } = story;
  const ranked = async (text: string, last: number, all: boolean, leniency: Leniency) => {
    const index = await indexes.get(story);
    const lines = await rankLines(index, {
      text,
      language,
      told: index.countUpTo(last),
      all,
      leniency,
    });
    return { index, lines };
  };
  return {
    async find(words, last) {
      const { index, lines } = await ranked(words, last, true, STRICT);
      return lines[0] === undefined ? undefined : index.line(lines[0]);
    },
    async suggest(words, last, limit) {
      const { index, lines } = await ranked(words.slice(0, MOST_TYPED), last, false, LENIENT);
      return lines.slice(0, limit).flatMap((line) => index.line(line) ?? []);
    },
  };
}

function typosForgiven(letters: number): number {
  if (letters <= 4) return 0;
  return letters <= 8 ? 1 : 2;
}

// An index of a novel of 3 MB takes 10 MB, and a second to make anew once it was dropped.
const MOST_CHARACTERS = 12_000_000;

const indexes = createRecent<Story, Promise<IndexedLines>>(
  indexLines,
  (story) => story.charactersAfter(0),
  MOST_CHARACTERS,
);
