import { linesOf } from './lines.ts';
import { firstSlice, type Slice } from './slices.ts';
import type { Line, Story } from './story.ts';
import { termsOf } from './terms.ts';
import { createVocabulary, type Vocabulary } from './vocabulary.ts';

/**
 * The lines of a story, by number from 0, and which terms stand in them. Flat arrays of numbers:
 * a novel has half a million words.
 */
export interface IndexedLines {
  readonly vocabulary: Vocabulary;
  /** The lines of the passages up to this one: 0 to this. */
  countUpTo(passage: number): number;
  /** The line's terms, in order. */
  termsIn(line: number): Uint32Array;
  /** How many they are. */
  lengthOf(line: number): number;
  /** The lines that hold the term, in order. */
  linesWith(term: number): Uint32Array;
  line(number: number): Line | undefined;
}

/** Reads all lines of a story, a few milliseconds in each turn of the event loop. */
export async function indexLines(story: Story): Promise<IndexedLines> {
  const slice = await firstSlice();
  const vocabulary = createVocabulary();
  const terms: number[] = [];
  const termStarts: number[] = [0];
  const lineStarts: number[] = [0];

  for (let number = 1; number <= story.length; number++) {
    const passage = story.passage(number);
    if (passage === undefined) break;
    for (const { text } of linesOf(passage, story.language)) {
      for (const term of termsOf(text)) terms.push(vocabulary.add(term));
      termStarts.push(terms.length);
    }
    lineStarts.push(termStarts.length - 1);
    if (slice.isOver()) await slice.next();
  }

  const all = new Uint32Array(terms);

  const starts = new Uint32Array(termStarts);
  await slice.next();
  const { postings, postingStarts } = await invert(all, starts, vocabulary.size, slice);

  return {
    vocabulary,
    countUpTo: (passage) => lineStarts[Math.min(passage, story.length)] ?? 0,
    termsIn: (line) => all.subarray(starts[line], starts[line + 1]),
    lengthOf: (line) => (starts[line + 1] ?? 0) - (starts[line] ?? 0),
    linesWith: (term) => postings.subarray(postingStarts[term], postingStarts[term + 1]),
    line(number) {
      const index = lastUpTo(lineStarts, number);
      const passage = story.passage(index + 1);
      return passage && linesOf(passage, story.language)[number - (lineStarts[index] ?? 0)];
    },
  };
}

/** From the terms of each line to the lines of each term, every line once. */
async function invert(terms: Uint32Array, starts: Uint32Array, size: number, slice: Slice) {
  const visit = async (add: (term: number, line: number) => void) => {
    const lastLine = new Int32Array(size).fill(-1);
    for (let line = 0; line + 1 < starts.length; line++) {
      for (const term of terms.subarray(starts[line], starts[line + 1])) {
        if (lastLine[term] !== line) add(term, line);
        lastLine[term] = line;
      }
      if (line % 500 === 0 && slice.isOver()) await slice.next();
    }
  };

  const postingStarts = new Uint32Array(size + 1);
  await visit((term) => {
    postingStarts[term + 1] = (postingStarts[term + 1] ?? 0) + 1;
  });
  for (let term = 0; term < size; term++) {
    postingStarts[term + 1] = (postingStarts[term + 1] ?? 0) + (postingStarts[term] ?? 0);
  }
  const postings = new Uint32Array(postingStarts[size] ?? 0);
  const next = postingStarts.slice();
  await visit((term, line) => {
    const at = next[term] ?? 0;
    postings[at] = line;
    next[term] = at + 1;
  });
  return { postings, postingStarts };
}

/** The index of the last of these rising numbers that is not above `limit`. */
function lastUpTo(rising: readonly number[], limit: number): number {
  let low = 0;
  let high = rising.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((rising[middle] ?? Infinity) <= limit) low = middle;
    else high = middle;
  }
  return low;
}
