import { type Stretch, segments, sentences } from './sentences.ts';

/** Whether the stretch fits one message by itself. */
type FitsAlone = (stretch: Stretch) => boolean;
type Cut = (text: string, language: string) => Stretch[];

/** From the kindest place to cut to the last resort; each cuts without gaps. */
const CUTS: readonly Cut[] = [sentences, spacedWords, words, graphemes, codePoints];

/**
 * What a paragraph may be cut into: its sentences; where a sentence does not fit one message, its
 * words; where a word does not, its graphemes; where a grapheme does not, its code points. The
 * stretches follow each other without gaps, and none is white space alone.
 */
export function unitsOf(text: string, language: string, fitsAlone: FitsAlone): Stretch[] {
  const units: Stretch[] = [];
  const add = (piece: Stretch, level: number) => {
    const cut = CUTS[level];
    if (cut === undefined || fitsAlone(piece)) {
      units.push(piece);
      return;
    }
    for (const { start, end } of cut(text.slice(piece.start, piece.end), language)) {
      add({ start: piece.start + start, end: piece.start + end }, level + 1);
    }
  };
  add({ start: 0, end: text.length }, 0);
  return joined(units, ({ start, end }) => text.slice(start, end).trim() === '');
}

function spacedWords(text: string): Stretch[] {
  return Array.from(text.matchAll(/^\s+|\S+\s*/g), ({ index, 0: word }) => ({
    start: index,
    end: index + word.length,
  }));
}

/** For scripts without spaces; punctuation stays with the word before it. */
function words(text: string, language: string): Stretch[] {
  return joined([...segments(text, language, 'word')], (segment) => !segment.wordLike);
}

function graphemes(text: string, language: string): Stretch[] {
  return [...segments(text, language, 'grapheme')];
}

function codePoints(text: string): Stretch[] {
  let end = 0;
  return Array.from(text, (point) => {
    end += point.length;
    return { start: end - point.length, end };
  });
}

/** Joins to the stretch before it each one that can't stand alone. */
function joined<T extends Stretch>(stretches: readonly T[], leans: (one: T) => boolean): Stretch[] {
  const whole: Stretch[] = [];
  for (const one of stretches) {
    const previous = whole.at(-1);
    if (previous !== undefined && leans(one)) {
      whole[whole.length - 1] = { start: previous.start, end: one.end };
    } else {
      whole.push({ start: one.start, end: one.end });
    }
  }
  return whole;
}
