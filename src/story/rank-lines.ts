import type { IndexedLines } from './indexed-lines.ts';
import { type Leniency, linesHolding, matchWord, standsAt, type WordMatch } from './match-words.ts';
import { firstSlice, type Slice } from './slices.ts';
import { type AskedWord, askedWords } from './terms.ts';

/** What is looked for, and where. */
export interface Query {
  readonly text: string;
  readonly language: string;
  /** Only the lines from 0 to this are looked at, or told of in any way. */
  readonly told: number;
  /** Whether a line must hold every word. */
  readonly all: boolean;
  readonly leniency: Leniency;
}

// So many of the lines that hold the best words are compared for how close the words stand.
const COMPARED = 150;
// A line that is much worse than the best is no answer to the same question.
const WORTH_SHOWING = 0.25;

/** The lines that answer the query, best first. */
export async function rankLines(index: IndexedLines, query: Query): Promise<number[]> {
  const slice = await firstSlice();
  const { words, lines, scores } = await score(index, query, slice);
  const most = [...new Set(words)].reduce((sum, { weight }) => sum + weight, 0);
  const length = words.reduce((sum, { parts }) => sum + parts.length, 0);
  const share = (line: number) => (scores[line] ?? 0) / most;

  const candidates = bestOf(lines, (line) => share(line) + shortness(index.lengthOf(line), length));
  const ranked: { line: number; score: number }[] = [];
  for (const line of candidates) {
    if (slice.isOver()) await slice.next();
    const terms = index.termsIn(line);
    const bonus = togetherness(terms, words, most) + shortness(terms.length, length);
    ranked.push({ line, score: share(line) + bonus });
  }
  ranked.sort((a, b) => b.score - a.score || a.line - b.line);
  const least = (ranked[0]?.score ?? 0) * WORTH_SHOWING;
  return ranked.filter((one) => one.score >= least).map(({ line }) => line);
}

interface Scored {
  /** The words in the order asked; the same one again is the same object. */
  readonly words: readonly WordMatch[];
  /** The lines that hold enough of them. */
  readonly lines: readonly number[];
  /** By line: the weights of the words that it holds, each as well as it is matched. */
  readonly scores: Float32Array;
}

async function score(
  index: IndexedLines,
  { text, language, told, all, leniency }: Query,
  slice: Slice,
): Promise<Scored> {
  const isKnown = (spelling: string) =>
    index.vocabulary.exactly(spelling).some((term) => (index.linesWith(term)[0] ?? told) < told);
  const asked = askedWords(text, language, isKnown);

  const scores = new Float32Array(told);
  const held = new Uint16Array(told);
  const seenWith = new Uint16Array(told);
  const touched: number[] = [];
  const words: WordMatch[] = [];
  const matches = new Map<string, WordMatch>();
  for (const [place, word] of asked.entries()) {
    const key = keyOf(word);
    const known = matches.get(key);
    const match = known ?? matchWord(word, place === asked.length - 1, index, told, leniency);
    words.push(match);
    if (known !== undefined) continue;
    matches.set(key, match);
    let alive = false;
    linesHolding(match, index, told, (line, quality) => {
      if (seenWith[line] === matches.size) return;
      seenWith[line] = matches.size;
      const before = held[line] ?? 0;
      if (all && before < matches.size - 1) return;
      alive = true;
      if (before === 0) touched.push(line);
      held[line] = before + 1;
      scores[line] = (scores[line] ?? 0) + quality * match.weight;
    });
    if (all && !alive) return { words, lines: [], scores };
    if (slice.isOver()) await slice.next();
  }
  const lines = all ? touched.filter((line) => held[line] === matches.size) : touched;
  return { words, lines, scores };
}

function keyOf({ parts, unspaced }: AskedWord): string {
  return `${unspaced ? 'run' : 'word'} ${parts.join('')}`;
}

/** Those of the lines that have the highest scores. */
function bestOf(lines: readonly number[], score: (line: number) => number): readonly number[] {
  if (lines.length <= COMPARED) return lines;
  const scores = new Float32Array(lines.length);
  for (let at = 0; at < lines.length; at++) scores[at] = score(lines[at] ?? 0);
  const least = scores.toSorted()[lines.length - COMPARED] ?? 0;
  const better = lines.filter((_, at) => (scores[at] ?? 0) > least);
  const equal = lines.filter((_, at) => scores[at] === least);
  return [...better, ...equal.slice(0, COMPARED - better.length)];
}

const CLOSE = 0.5;
const PHRASE = 0.15;
const BEGINS = 0.05;
const SHORT = 0.15;

/** For words that stand together in the order asked, and at the line's beginning. */
function togetherness(terms: Uint32Array, words: readonly WordMatch[], most: number): number {
  const places = words.map(({ parts }) => placesOf(terms, parts));
  let close = 0;
  let inRow = words.length > 1;
  for (let word = 0; word + 1 < words.length; word++) {
    const pair = closeness(places[word] ?? [], places[word + 1] ?? []);
    close += (pair * ((words[word]?.weight ?? 0) + (words[word + 1]?.weight ?? 0))) / 2;
    if (pair < 1) inRow = false;
  }
  const begins = places[0]?.[0] === 0;
  return (CLOSE * close) / most + (inRow ? PHRASE : 0) + (begins ? BEGINS : 0);
}

/** For a line that says little else than what is asked. */
function shortness(length: number, asked: number): number {
  return (SHORT * Math.min(asked, length)) / Math.max(length, 1);
}

function placesOf(terms: Uint32Array, parts: WordMatch['parts']): number[] {
  const places: number[] = [];
  for (let at = 0; at < terms.length; at++) if (standsAt(terms, at, parts)) places.push(at);
  return places;
}

/** 1 for words side by side (or of one compound), less for every word between. */
function closeness(first: readonly number[], second: readonly number[]): number {
  let best = 0;
  for (const a of first) {
    for (const b of second) {
      const gap = b - a;
      best = Math.max(best, gap === 0 || gap === 1 ? 1 : 1 / (1 + Math.abs(gap)));
    }
  }
  return best;
}
