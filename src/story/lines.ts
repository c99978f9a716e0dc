import { slicer } from './prose.ts';
import { sentences } from './sentences.ts';
import type { Line, Passage } from './story.ts';

/**
 * The sentences of a passage, numbered from 1, without the white space around them.
 * @param language the story's, a BCP 47 tag
 */
export function linesOf(passage: Passage, language: string): Line[] {
  const slice = slicer(passage);
  return sentences(passage.text, language)
    .map(({ start, end }) => slice(start, end))
    .filter((prose) => prose.text !== '')
    .map((prose, index) => ({ ...prose, passage: passage.number, number: index + 1 }));
}
