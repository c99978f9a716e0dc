import type { Book, Story } from './story.ts';

/** A story to tell from whose text is in memory. */
export function storyOf({ passages, ...facts }: Book): Story {
  const numbers = new Map<string, number[]>();
  // The characters up to and with each passage, 0 for none.
  const upTo = [0];
  for (const { anchor, number, text } of passages) {
    numbers.set(anchor, [...(numbers.get(anchor) ?? []), number]);
    upTo.push((upTo.at(-1) ?? 0) + text.length);
  }
  return {
    ...facts,
    shelf: [],
    length: passages.length,
    passage: (number) => passages[number - 1],
    numbersOf: (anchor) => numbers.get(anchor) ?? [],
    charactersAfter: (position) => (upTo.at(-1) ?? 0) - (upTo[position] ?? 0),
  };
}
