import { slicer } from './prose.ts';
import { type Stretch, sentences } from './sentences.ts';
import { speeches } from './speeches.ts';
import type { Line, Passage } from './story.ts';

// Somebody who asks for a line wants a few sentences at most; a longer speech is cut up.
const LONGEST_SPEECH = 400;

/**
 * The lines of a passage, numbered from 1, without the white space around them: its sentences, but
 * a speech of several sentences stays whole between its quotation marks (up to 400 characters).
 * @param language the story's, a BCP 47 tag
 */
export function linesOf(passage: Passage, language: string): Line[] {
  const slice = slicer(passage);
  return withSpeechesWhole(passage.text, sentences(passage.text, language))
    .map(({ start, end }) => slice(start, end))
    .filter((prose) => prose.text !== '')
    .map((prose, index) => ({ ...prose, passage: passage.number, number: index + 1 }));
}

function withSpeechesWhole(text: string, cut: readonly Stretch[]): Stretch[] {
  const whole = speeches(text).filter(({ start, end }) => end - start <= LONGEST_SPEECH);
  const lines: Stretch[] = [];
  let speech = 0;
  for (const { start, end } of cut) {
    while ((whole[speech]?.end ?? Infinity) <= start) speech++;
    const previous = lines.at(-1);
    if (previous !== undefined && (whole[speech]?.start ?? Infinity) < start) {
      lines[lines.length - 1] = { start: previous.start, end };
    } else {
      lines.push({ start, end });
    }
  }
  return lines;
}
