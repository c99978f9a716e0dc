import type { Stretch } from './stretch.ts';

// What closes each opening mark, parentheses among them. `“` closes a German quotation and opens an English one, `»` and
// `«` do either by country, and Swedish opens with `”`.
const CLOSERS: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['“', '”"'],
  ['”', '”'],
  ['„', '“”"'],
  ['‘', '’'],
  ['‚', '‘’'],
  ['«', '»'],
  ['»', '«'],
  ['‹', '›'],
  ['›', '‹'],
  ['「', '」'],
  ['『', '』'],
  ['《', '》'],
  ['(', ')'],
  ['（', '）'],
]);
const APOSTROPHES = "'’‘";
const ALWAYS_OPENS = '„‚「『《(（';
const BEFORE_OPENING = /^$|[\s\p{Ps}\p{Pi}\p{Pd}"'„‚]/u;
const ENDS_SPEECH = /[\p{P}\p{S}]/u;

// Far longer than a message. Without a limit, marks that never close would take quadratic time.
const LONGEST = 4000;

/**
 * The quotations and parentheses of a paragraph, from the opening mark to just behind the closing
 * one, in order. One inside another is not told apart, and one that never closes is none: a speech
 * that goes on in the next paragraph has no closing mark.
 */
export function speeches(text: string): Stretch[] {
  const found: Stretch[] = [];
  for (let at = 0; at < text.length; at++) {
    if (!CLOSERS.has(text.charAt(at)) || !opens(text, at)) continue;
    const end = endOf(text, at);
    if (end === undefined) continue;
    found.push({ start: at, end });
    at = end - 1;
  }
  return found;
}

/** The same mark opening again means that the first was something else, an apostrophe perhaps. */
function endOf(text: string, start: number): number | undefined {
  const mark = text.charAt(start);
  const closers = CLOSERS.get(mark) ?? '';
  const limit = Math.min(text.length, start + LONGEST);
  for (let at = start + 1; at < limit; at++) {
    const one = text.charAt(at);
    if (closers.includes(one) && closes(text, at, mark)) return at + 1;
    if (one === mark && opens(text, at)) return undefined;
  }
  return undefined;
}

function opens(text: string, at: number): boolean {
  const mark = text.charAt(at);
  const next = text.charAt(at + 1);
  if (ALWAYS_OPENS.includes(mark)) return true;
  if (next === '') return false;
  const before = text.slice(Math.max(0, at - 1), at);
  // French puts a space inside its marks.
  if (BEFORE_OPENING.test(before)) return mark === '«' || !/\s/.test(next);
  // No space before it: `him..."I never`. An apostrophe is never a mark there.
  return !APOSTROPHES.includes(mark) && !/[\s\p{Po}]/u.test(next) && !/[”»›]/.test(mark);
}

function closes(text: string, at: number, opening: string): boolean {
  const mark = text.charAt(at);
  const before = text.charAt(at - 1);
  const next = text.charAt(at + 1);
  if (APOSTROPHES.includes(mark)) return ENDS_SPEECH.test(before) && !/[\p{L}\p{N}]/u.test(next);
  if (mark !== opening) return true;
  // The same mark opens and closes: behind a space and before a word it opens once more.
  return !(/\s/.test(before) && /[\p{L}\p{N}]/u.test(next));
}
