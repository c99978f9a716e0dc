import SearchableMap from 'minisearch/SearchableMap';
import { spellingsOf } from './terms.ts';

/** Terms that are spelt with so many typos. */
export interface Near {
  readonly terms: readonly number[];
  readonly typos: number;
}

/** A number for each term of a story, by any of its spellings, exact or not. */
export interface Vocabulary {
  readonly size: number;
  /** The terms spelt so. */
  exactly(spelling: string): readonly number[];
  /** The terms that begin so. */
  beginning(prefix: string): number[];
  /** The terms with at most so many typos, and how many; two letters swapped are one. */
  nearly(spelling: string, typos: number): Near[];
}

/** A vocabulary that still grows: `add` gives a term's number. */
export interface GrowingVocabulary extends Vocabulary {
  add(term: string): number;
}

/** MiniSearch's radix tree does the prefixes and the typos. */
export function createVocabulary(): GrowingVocabulary {
  const numbers = new Map<string, number>();
  const tree = new SearchableMap<number[]>();

  const exactly = (spelling: string): readonly number[] =>
    spelling === '' ? [] : (tree.get(spelling) ?? []);

  return {
    get size() {
      return numbers.size;
    },
    add(term) {
      const known = numbers.get(term);
      if (known !== undefined) return known;
      const number = numbers.size;
      const own = copyOf(term);
      numbers.set(own, number);
      for (const spelling of spellingsOf(own)) {
        const others = tree.get(spelling);
        if (others === undefined) tree.set(spelling, [number]);
        else others.push(number);
      }
      return number;
    },
    exactly,
    beginning: (prefix) => [...tree.atPrefix(prefix).values()].flat(),
    nearly(spelling, typos) {
      const found: Near[] = Array.from(
        tree.fuzzyGet(spelling, typos).values(),
        ([terms, distance]) => ({
          terms,
          typos: distance,
        }),
      );
      for (let at = 0; at + 1 < spelling.length; at++) {
        const terms = exactly(swapped(spelling, at));
        if (terms.length > 0) found.push({ terms, typos: 1 });
      }
      return found;
    },
  };
}

/**
 * The same text in memory of its own. What was cut out of a longer text can keep all of that in
 * memory (V8 does so from 13 characters on): of a novel, most of it.
 */
function copyOf(text: string): string {
  return Buffer.from(text).toString();
}

function swapped(word: string, at: number): string {
  return word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
}
