import type { Inline, Place } from './inline.ts';

const BARE_REFERENCE = /^(?:\p{N}{1,4}|[*†‡§¶#]{1,4}|[a-z]|[ivxlc]{1,5})$/iu;
const DIGITS = /^[0-9+−()-]+$/;
const RAISED: Readonly<Record<string, string>> = {
  '+': '⁺',
  '-': '⁻',
  '−': '⁻',
  '(': '⁽',
  ')': '⁾',
};
const LOWERED: Readonly<Record<string, string>> = {
  '+': '₊',
  '-': '₋',
  '−': '₋',
  '(': '₍',
  ')': '₎',
};

/** Puts a reference to a note, as `1` or `*`, in square brackets: it is no part of the word before. */
export function bracketReference(inline: Inline, place: Place): void {
  const text = inline.since(place)?.trim();
  if (text !== undefined && BARE_REFERENCE.test(text)) inline.rewrite(place, `[${text}]`);
}

/**
 * Puts the number of a printed page in square brackets.
 * @returns the text, none when there is no number
 */
export function bracketPage(inline: Inline, place: Place): string {
  const text = inline.since(place)?.trim() ?? '';
  if (text === '') return '';
  const bracketed = /^[[({].*[\])}]$/.test(text) ? text : `[${text}]`;
  inline.rewrite(place, bracketed);
  return bracketed;
}

/** Writes raised or lowered digits as such: 10² is not 102. Letters (1st, Mme) stay as they are. */
export function shift(inline: Inline, place: Place, to: 'sup' | 'sub'): void {
  const text = inline.since(place);
  if (text === undefined || !DIGITS.test(text)) return;
  inline.rewrite(place, Array.from(text, (digit) => shifted(digit, to)).join(''));
}

function shifted(character: string, to: 'sup' | 'sub'): string {
  if (/[0-9]/.test(character))
    return (to === 'sup' ? '⁰¹²³⁴⁵⁶⁷⁸⁹' : '₀₁₂₃₄₅₆₇₈₉').charAt(Number(character));
  return (to === 'sup' ? RAISED : LOWERED)[character] ?? character;
}
