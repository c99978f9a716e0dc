import { segments } from './sentences.ts';

// Scripts without spaces between words. Their words are looked for as runs of characters: where a
// dictionary would cut depends on the words around, in a few typed characters above all.
const UNSPACED =
  '[[\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}]&&[\\p{L}\\p{M}\\p{N}]]';
const LETTER = `[[\\p{L}\\p{M}\\p{N}]--${UNSPACED}]`;
const TERM = new RegExp(`${UNSPACED}|${LETTER}+(?:['\\-]${LETTER}+)*`, 'gv');
const TERM_OR_RUN = new RegExp(`(${UNSPACED}+)|${LETTER}+(?:['\\-]${LETTER}+)*`, 'gv');

// Accents, the vowel points of Hebrew and Arabic, the dot below letters of Hindi. Not \p{M}: Thai
// writes its vowels as marks.
const POINTS = /[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670\u093c]/g;
// Joiners, soft hyphens and what says in which direction to write: nobody types them.
const UNSEEN = /[\u200d-\u200f\u00ad\u061c\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
// The non-joiner in the middle of Persian words, for which many write a space or nothing.
const HYPHENS = /[‐‑\u200c]/g;
const SPELT_OUT: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ł: 'l',
  ı: 'i',
  ς: 'σ',
  // Arabic letters that are written for each other, or that Persian and Urdu have their own form of.
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ة: 'ه',
  ہ: 'ه',
};
const TO_SPELL_OUT = new RegExp(`[${Object.keys(SPELT_OUT).join('')}]`, 'g');

/** The text without case, accents, or the differences between letters or marks of one meaning. */
export function folded(text: string): string {
  const plain = text
    .replace(/[’‘ʼ＇`´]/g, "'")
    .replace(HYPHENS, '-')
    .replace(UNSEEN, '');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII.
  if (/^[\x00-\x7f]*$/.test(plain)) return plain.toLowerCase();
  return plain
    .normalize('NFKD')
    .replace(POINTS, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(TO_SPELL_OUT, (letter) => SPELT_OUT[letter] ?? letter);
}

/**
 * The terms of a line, folded: its words, a compound (`daisy-chain`, `l'amour`) being one, and
 * each character of a script without spaces.
 */
export function termsOf(text: string): string[] {
  return folded(text).match(TERM) ?? [];
}

/** As what a term can be asked for: written together, and each part of a compound. */
export function spellingsOf(term: string): string[] {
  const parts = term.split(/['-]/);
  return parts.length === 1 ? parts : [...new Set([parts.join(''), ...parts])];
}

/** A word asked for: its spelling, or, of a script without spaces, its characters in a row. */
export interface AskedWord {
  readonly parts: readonly string[];
  readonly unspaced: boolean;
}

/**
 * The words of what somebody typed.
 * @param isKnown whether a spelling is to be found; an unknown compound is asked for by its parts
 */
export function askedWords(
  text: string,
  language: string,
  isKnown: (spelling: string) => boolean,
): AskedWord[] {
  return Array.from(folded(text).matchAll(TERM_OR_RUN)).flatMap(([term, run]): AskedWord[] => {
    if (run !== undefined) {
      return Array.from(segments(run, language, 'word'), ({ start, end }) => ({
        parts: [...run.slice(start, end)],
        unspaced: true,
      }));
    }
    const [together = term, ...parts] = spellingsOf(term);
    const spellings = parts.length === 0 || isKnown(together) ? [together] : parts;
    return spellings.map((spelling) => ({ parts: [spelling], unspaced: false }));
  });
}
