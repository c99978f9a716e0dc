/** A letter of a script that is written from right to left, or a control that says so. */
const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Adlam}\u061c\u200f\u202b\u202e\u2067]/u;

/** Whether a text has anything in it that is written from right to left. */
export function hasRightToLeft(text: string): boolean {
  return RIGHT_TO_LEFT.test(text);
}

/** Whether a text runs from right to left: by its first letter, as in UAX #9, rule P2. */
export function isRightToLeft(text: string): boolean {
  return RIGHT_TO_LEFT.test(/\p{L}/u.exec(text)?.[0] ?? '');
}

const FIRST_STRONG_ISOLATE = '\u2068';
const POP_DIRECTIONAL_ISOLATE = '\u2069';

/**
 * A text to stand in a line of other words without changing their order: behind an Arabic title
 * `· 7 of 25` would come out as `of 25 · 7` (UAX #9, 2.4). One without anything from right to left
 * stays as it is.
 */
export function isolated(text: string): string {
  return hasRightToLeft(text) ? FIRST_STRONG_ISOLATE + text + POP_DIRECTIONAL_ISOLATE : text;
}

/** A line without the marks of `isolated`, to compare what came back from elsewhere with it. */
export function withoutIsolates(text: string): string {
  return text.replace(/[\u2068\u2069]/g, '');
}
