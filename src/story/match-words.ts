import type { IndexedLines } from './indexed-lines.ts';
import type { AskedWord } from './terms.ts';

/** How a word asked for may stand in a line. */
export interface Leniency {
  /** Typos forgiven in a word of so many letters. */
  readonly typos: (letters: number) => number;
  /** What a word that only begins so counts for, from 0 to 1: 0 is not at all. */
  readonly beginning: (word: { readonly last: boolean; readonly letters: number }) => number;
}

/** What a word asked for is found by among the first `told` lines. */
export interface WordMatch {
  /** For each part of the word: the terms that will do, and how well, up to 1. */
  readonly parts: readonly ReadonlyMap<number, number>[];
  /** How much it tells lines apart: rare words more. */
  readonly weight: number;
}

// Looking for typos takes the square of a word's length, and anything can be typed.
const LONGEST_WORD = 100;
const ONE_TYPO = 0.6;
const TWO_TYPOS = 0.4;

/** Finds the terms for a word, in the whole story; its weight is of the told lines alone. */
export function matchWord(
  { parts, unspaced }: AskedWord,
  last: boolean,
  index: IndexedLines,
  told: number,
  leniency: Leniency,
): WordMatch {
  const { vocabulary } = index;
  const found = parts.map((part) => {
    const terms = new Map<number, number>();
    const add = (term: number, quality: number) => {
      if (quality > (terms.get(term) ?? 0)) terms.set(term, quality);
    };
    for (const term of vocabulary.exactly(part)) add(term, 1);
    if (unspaced) return terms;

    const letters = [...part].length;
    const beginning = leniency.beginning({ last, letters });
    if (beginning > 0) for (const term of vocabulary.beginning(part)) add(term, beginning);
    const typos = letters > LONGEST_WORD ? 0 : leniency.typos(letters);
    if (typos > 0) {
      for (const near of vocabulary.nearly(part, typos)) {
        const quality = near.typos === 1 ? ONE_TYPO : TWO_TYPOS;
        for (const term of near.terms) add(term, near.typos === 0 ? 1 : quality);
      }
    }
    return terms;
  });
  return { parts: found, weight: rarity(found, index, told) };
}

/** The inverse document frequency of BM25, of the word as it is spelt if it is spelt right. */
function rarity(
  parts: readonly ReadonlyMap<number, number>[],
  index: IndexedLines,
  told: number,
): number {
  let rarest = 0;
  for (const terms of parts) {
    let exact = 0;
    let any = 0;
    for (const [term, quality] of terms) {
      const count = countBelow(index.linesWith(term), told);
      any += count;
      if (quality === 1) exact += count;
    }
    const count = Math.min(exact || any, told);
    rarest = Math.max(rarest, Math.log(1 + (told - count + 0.5) / (count + 0.5)));
  }
  return rarest;
}

/**
 * Calls `add` for each told line that holds the word, the best match in it first or alone.
 * Characters of a script without spaces must stand in a row.
 */
export function linesHolding(
  { parts }: WordMatch,
  index: IndexedLines,
  told: number,
  add: (line: number, quality: number) => void,
): void {
  if (parts.some((terms) => terms.size === 0)) return;
  const linesWithPart = (at: number) =>
    [...(parts[at]?.keys() ?? [])].reduce((sum, term) => sum + index.linesWith(term).length, 0);
  const rarest = parts.length === 1 ? 0 : lowest(parts.map((_, at) => linesWithPart(at)));
  const best = [...(parts[rarest] ?? [])].sort(([, a], [, b]) => b - a);
  for (const [term, quality] of best) {
    for (const line of index.linesWith(term)) {
      if (line >= told) break;
      if (parts.length === 1 || holdsAround(index.termsIn(line), term, rarest, parts)) {
        add(line, quality);
      }
    }
  }
}

/** Whether the word stands in these terms, `term` being its part number `part`. */
function holdsAround(
  terms: Uint32Array,
  term: number,
  part: number,
  parts: WordMatch['parts'],
): boolean {
  for (let at = terms.indexOf(term); at !== -1; at = terms.indexOf(term, at + 1)) {
    if (at >= part && standsAt(terms, at - part, parts)) return true;
  }
  return false;
}

/** Whether the word stands in these terms from `at` on. */
export function standsAt(terms: Uint32Array, at: number, parts: WordMatch['parts']): boolean {
  for (let part = 0; part < parts.length; part++) {
    if (parts[part]?.has(terms[at + part] ?? -1) !== true) return false;
  }
  return true;
}

function lowest(numbers: readonly number[]): number {
  return numbers.indexOf(Math.min(...numbers));
}

function countBelow(rising: Uint32Array, limit: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rising[middle] ?? limit) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
