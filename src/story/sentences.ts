import { speeches } from './speeches.ts';
import type { Stretch } from './stretch.ts';

export type { Stretch } from './stretch.ts';

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

/**
 * The sentences of a paragraph, in order and without gaps: each ends with the white space after
 * it. UAX 29 proposes the cuts; they are moved to the right side of quotation marks, and those
 * where a reader reads on are left out. A line break inside a paragraph ends no sentence: many
 * texts are wrapped at 72 columns.
 */
export function sentences(text: string, language: string): Stretch[] {
  if (/^(?:th|lo)\b/.test(language)) return spacedOut(text);
  const marks = speeches(text);
  const opening = new Set(marks.map(({ start }) => start));
  const closing = new Set(marks.map(({ end }) => end - 1));
  const found: Stretch[] = [];
  let start = 0;
  for (const { start: proposed } of segments(masked(text), language, 'sentence')) {
    const cut = besideMarks(text, proposed, opening, closing);
    if (cut <= start || cut >= text.length || goesOn(text, start, cut, language)) continue;
    found.push({ start, end: cut });
    start = cut;
  }
  if (start < text.length) found.push({ start, end: text.length });
  return found;
}

const ENOUGH = 60;

/** Thai and Lao end no sentence with a mark: a space does, and sets off clauses too. */
function spacedOut(text: string): Stretch[] {
  const found: Stretch[] = [];
  let start = 0;
  for (const { index, 0: space } of text.matchAll(/\s+/g)) {
    const end = index + space.length;
    if (end < text.length && index - start >= ENOUGH) {
      found.push({ start, end });
      start = end;
    }
  }
  if (start < text.length) found.push({ start, end: text.length });
  return found;
}

// UAX 29 ends a sentence at every line break (SB4), at no `…`, and before no dots or dash (SB8a),
// though Spanish, French or Russian dialogue begins with one: `—¿Vienes? —Sí.` What stands in for
// each has its length, so that the cuts hold for the text itself.
const ELLIPSIS_BEFORE_SENTENCE = /…(?=["'”’»)\]]*\s*["'“‘«„(¿¡]*\p{Lu})/gu;
const DASH_OR_DOTS_BEGINNING =
  /(?<=[.!?…]["'”’»)\]]*\s)(?:[—–―](?=\s?["“«¿¡]?[\p{Lu}¿¡])|(?:\.{2,}|…)(?=\p{Lu}))/gu;

function masked(text: string): string {
  return text
    .replace(DASH_OR_DOTS_BEGINNING, (mark) => '"'.repeat(mark.length))
    .replace(ELLIPSIS_BEFORE_SENTENCE, '.')
    .replace(/\n/g, ' ');
}

/** The cut before the opening marks that it follows, or after the closing marks that it precedes. */
function besideMarks(
  text: string,
  proposed: number,
  opening: ReadonlySet<number>,
  closing: ReadonlySet<number>,
): number {
  let cut = proposed;
  while (opening.has(cut - 1)) cut--;
  while (closing.has(cut)) {
    cut++;
    while (/\s/.test(text.charAt(cut))) cut++;
  }
  return cut;
}

const CONTINUATION = /^[([]?\p{Ll}|^[\p{Pe},;:]/u;
const LEADING_DOTS = /^[\s\p{Ps}\p{Pi}\p{Pd}"'„¿¡]*[.…]+\s*$/u;
const ELLIPSIS = /(?:\.{2,}|…)[\p{Pe}\p{Pf}"']*\s*$/u;
const SENTENCE_START = /^[\p{Ps}\p{Pi}\p{Pd}"'„»¿¡]*[\p{Lu}\p{Lt}\p{N}]|^[\p{Ps}\p{Pi}„»¿¡]/u;
// Readers of English take `I.` (and of Russian `Я.`) for a whole answer far more often than for an
// initial.
const ABBREVIATION =
  /(?:^|[\s\p{Ps}\p{Pi}\p{Pd}"'„])(?:Mr|Mrs|Ms|Mx|Messrs|Dr|Prof|Rev|Fr|St|Ste|Mt|Capt|Col|Gen|Lt|Sgt|Hon|Mme|Mlle|Hr|Sr|Sra|Srta|vs|cf|p\.\s?ej|(?:\p{L}\.)+\p{L}|(?![IiЯя])\p{L})\.\s+$/u;
const HEADING = /^(?:chapter|part|book)\s[IVXLC\d]+\.\s+$/i;
const NUMBER_SIGN = /(?:^|\s)(?:No|Nos|Nr|Núm)\.\s+$/;
const STAMMER = /([\p{L}\p{M}]+)(?:\.{2,}|…)\s*$/u;
// Japanese goes on after a quotation with the particle that quotes it: 「何？」と彼は言った。
const QUOTED = /[」』]$/;
const QUOTING = /^(?:と|って|なんて|などと)/;

/** Whether the sentence from `start` reads on at the cut that UAX 29 proposes. */
function goesOn(text: string, start: number, cut: number, language: string): boolean {
  const before = text.slice(start, cut);
  const tail = before.slice(-40);
  const next = text.slice(cut, cut + 40);
  if (CONTINUATION.test(next) || LEADING_DOTS.test(before)) return true;
  if (ABBREVIATION.test(tail) || HEADING.test(tail)) return true;
  if (/^\p{N}/u.test(next) && NUMBER_SIGN.test(tail)) return true;
  if (QUOTED.test(tail) && QUOTING.test(next)) return true;
  if (language.startsWith('de') && /(?:^|\s)\d{1,2}\.\s+$/.test(tail)) return true;
  return ELLIPSIS.test(tail) && (!SENTENCE_START.test(next) || stammers(tail, next));
}

/** `I... I don't know` */
function stammers(tail: string, next: string): boolean {
  const word = STAMMER.exec(tail)?.[1]?.toLowerCase();
  return word !== undefined && new RegExp(`^${word}(?![\\p{L}\\p{M}'’])`, 'iu').test(next);
}
