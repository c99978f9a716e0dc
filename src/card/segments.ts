import { Rules } from '@cto.af/linebreak';

/** A stretch of a text between two places where a line may end, in UTF-16 units. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  /** Whether the line must end after it. */
  readonly ends: boolean;
}

const rules = new Rules();
// It goes by script: the dictionaries are the same for any language.
const dictionary = new Intl.Segmenter(undefined, { granularity: 'word' });
/** Scripts written without spaces whose words UAX #14 leaves to a dictionary (class SA). */
const NEEDS_DICTIONARY = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const DASH = /[—–]/;

/**
 * Where the lines of a text may end: the Unicode Line Breaking Algorithm (UAX #14), words of
 * Thai, Lao, Khmer and Burmese by Intl.Segmenter, and no line begins with a dash that could
 * have stood at the end of the one before.
 */
export function segmentsOf(text: string): Segment[] {
  const segments: Segment[] = [];
  let start = 0;
  for (const { position, required } of rules.breaks(text)) {
    const ends = required && position < text.length;
    if (!ends && DASH.test(text.charAt(position))) continue;
    segments.push(...wordsOf(text, { start, end: position, ends }));
    start = position;
  }
  return segments;
}

function wordsOf(text: string, segment: Segment): Segment[] {
  const piece = text.slice(segment.start, segment.end);
  if (!NEEDS_DICTIONARY.test(piece)) return [segment];
  const words: Segment[] = [];
  let { start } = segment;
  for (const { index, isWordLike } of dictionary.segment(piece)) {
    const at = segment.start + index;
    if (!isWordLike || at === start || !NEEDS_DICTIONARY.test(text.charAt(at - 1))) continue;
    words.push({ start, end: at, ends: false });
    start = at;
  }
  words.push({ start, end: segment.end, ends: segment.ends });
  return words;
}
