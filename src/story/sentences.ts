/** A stretch of a text, in UTF-16 units. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

// Making a segmenter costs far more than using it on a paragraph.
const segmenters = new Map<string, Intl.Segmenter>();

/**
 * Cuts a text by Unicode's rules (UAX 29) as the language adapts them.
 * @param language a valid BCP 47 tag
 */
export function* segments(
  text: string,
  language: string,
  granularity: 'grapheme' | 'word' | 'sentence',
): Generator<Stretch & { readonly wordLike: boolean }> {
  const key = `${granularity} ${language}`;
  const segmenter = segmenters.get(key) ?? new Intl.Segmenter(language, { granularity });
  segmenters.set(key, segmenter);
  for (const { index, segment, isWordLike } of segmenter.segment(text)) {
    yield { start: index, end: index + segment.length, wordLike: isWordLike ?? true };
  }
}

// Where UAX 29 sees a sentence end and readers do not: after a form of address or an initial (`I.`
// is a whole answer far more often than an initial), and before what closes the sentence or goes
// on in lower case: `"Wait!" she said.`
const GOES_ON = /(?:^|[\s"'“‘«„(—–-])(?:Mr|Mrs|Ms|Mx|Dr|Prof|St|Mme|Mlle|[A-HJ-Z])\.\s+$/;
const CONTINUATION = /^[\p{Ll}\p{Pe}\p{Pf}”’»]/u;

/**
 * The sentences of a paragraph, in order and without gaps: each ends with the white space after
 * it. A line break inside a paragraph ends no sentence: many texts are wrapped at 72 columns.
 */
export function sentences(text: string, language: string): Stretch[] {
  const found: Stretch[] = [];
  // UAX 29 ends a sentence at every line break (rule SB4); a space in its place has its length.
  for (const { start, end } of segments(text.replace(/\n/g, ' '), language, 'sentence')) {
    const previous = found.at(-1);
    if (previous !== undefined && sameSentence(text, previous, start)) {
      found[found.length - 1] = { start: previous.start, end };
    } else {
      found.push({ start, end });
    }
  }
  return found;
}

function sameSentence(text: string, previous: Stretch, next: number): boolean {
  const tail = text.slice(Math.max(previous.start, next - 16), next);
  return CONTINUATION.test(text.slice(next, next + 2)) || GOES_ON.test(tail);
}
