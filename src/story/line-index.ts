import MiniSearch from 'minisearch';
import { linesOf } from './lines.ts';
import type { Line, Story } from './story.ts';

/** Finds the lines of a story by words, among those of the passages up to `last` alone. */
export interface LineIndex {
  /** The best line that holds all of the words, spelt nearly right. */
  find(words: string, last: number): Line | undefined;
  /** At most `limit` lines, best first: all the words or, where no line has all, some of them. */
  suggest(words: string, last: number, limit: number): Line[];
}

const indexes = new WeakMap<Story, LineIndex>();

/** The index of a story's lines, made when it is first asked for. */
export function lineIndex(story: Story): LineIndex {
  const index = indexes.get(story) ?? createIndex(story);
  indexes.set(story, index);
  return index;
}

function createIndex(story: Story): LineIndex {
  const lines = story.passages.flatMap((passage) => linesOf(passage, story.language));
  const segmenter = new Intl.Segmenter(story.language, { granularity: 'word' });
  const search = new MiniSearch<{ id: number; text: string }>({
    fields: ['text'],
    tokenize: (text) =>
      Array.from(segmenter.segment(text.replaceAll('’', "'")))
        .filter(({ isWordLike }) => isWordLike)
        .map(({ segment }) => segment),
    processTerm: (term) =>
      term
        .normalize('NFKD')
        .replaceAll(/\p{M}+/gu, '')
        .toLowerCase(),
  });
  search.addAll(lines.map(({ text }, id) => ({ id, text })));

  const found = (words: string, last: number, options: { prefix: boolean; all: boolean }) =>
    search
      .search(words, {
        prefix: options.prefix,
        combineWith: options.all ? 'AND' : 'OR',
        fuzzy: typosAllowed,
        filter: ({ id }) => (lines[id]?.passage ?? Number.POSITIVE_INFINITY) <= last,
      })
      .flatMap(({ id }) => lines[id] ?? []);

  return {
    find: (words, last) => found(words, last, { prefix: false, all: true })[0],
    suggest: (words, last, limit) => {
      const best = found(words, last, { prefix: true, all: true });
      const others = best.length > 0 ? best : found(words, last, { prefix: true, all: false });
      return others.slice(0, limit);
    },
  };
}

/** None in words of up to four letters, one up to eight, two beyond. */
function typosAllowed(word: string): number | false {
  if (word.length <= 4) return false;
  return word.length <= 8 ? 1 : 2;
}
