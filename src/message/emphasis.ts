import type { Emphasis, Prose } from '../story/story.ts';

/** A delimiter of Discord's markdown, to be written before the character at `at`. */
export interface Delimiter {
  readonly at: number;
  readonly mark: '*' | '_' | '**';
}

/** The most that the delimiters of one emphasis add to a message. */
export const DELIMITERS_LENGTH = 4;

const WORD = /[\p{L}\p{M}\p{N}\p{Cs}_]/u;

/**
 * The delimiters for a text's emphasis, in the order they are written.
 *
 * Discord's rules are regular expressions, not CommonMark: a delimiter has to sit tight on a
 * character that is not white space, and a row of asterisks from two neighbours (`**bold***it*`)
 * is read wrongly. Where emphasis touches strong emphasis it is written `_so_`, which needs a
 * character on its outside that is no part of a word; where it has none, the emphasis is dropped.
 */
export function delimitersOf({ text, emphasis }: Prose): Delimiter[] {
  if (emphasis.length === 0) return [];
  const strongs = united(
    text,
    emphasis.filter((span) => span.strong),
  );
  const ems = united(
    text,
    emphasis.filter((span) => !span.strong),
  );

  const spans: (Emphasis & { mark: Delimiter['mark'] })[] = [];
  for (const strong of strongs) spans.push({ ...strong, mark: '**' });
  for (const em of ems) {
    const mark = markFor(em, strongs, text);
    if (mark !== undefined) spans.push({ ...em, mark });
  }
  return inOrder(spans);
}

/** Spans of one kind: trimmed, and one where they overlap or touch. */
function united(text: string, spans: readonly Emphasis[]): Emphasis[] {
  const whole: Emphasis[] = [];
  for (const span of spans.map((one) => trimmed(text, one)).sort((a, b) => a.start - b.start)) {
    const previous = whole.at(-1);
    if (span.start >= span.end) continue;
    if (previous !== undefined && span.start <= previous.end) {
      whole[whole.length - 1] = { ...previous, end: Math.max(previous.end, span.end) };
    } else {
      whole.push(span);
    }
  }
  return whole;
}

function trimmed(text: string, { start, end, strong }: Emphasis): Emphasis {
  const raw = text.slice(start, end);
  const from = start + raw.length - raw.trimStart().length;
  return { start: from, end: from + raw.trim().length, strong };
}

/** How an emphasis among these strong ones can be written, if it can. */
function markFor(em: Emphasis, strongs: readonly Emphasis[], text: string): '*' | '_' | undefined {
  const near = strongs.filter((strong) => strong.end >= em.start && strong.start <= em.end);
  if (near.some((strong) => crosses(em, strong))) return undefined;
  const touches = near.some((strong) => strong.end === em.start || strong.start === em.end);
  const sharesAnEdge = near.some((strong) => strong.start === em.start || strong.end === em.end);
  if (!touches && !sharesAnEdge) return '*';

  const delimited = (at: number) =>
    near.some((strong) =>
      at === em.start
        ? strong.end === at || (strong.start === at && strong.end >= em.end)
        : strong.start === at || (strong.end === at && strong.start <= em.start),
    );
  const free = (at: number, outside: string) => delimited(at) || !WORD.test(outside);
  if (free(em.start, text.charAt(em.start - 1)) && free(em.end, text.charAt(em.end))) return '_';
  return touches ? undefined : '*';
}

function crosses(a: Emphasis, b: Emphasis): boolean {
  return (
    (a.start < b.start && b.start < a.end && a.end < b.end) ||
    (b.start < a.start && a.start < b.end && b.end < a.end)
  );
}

/** Of two equal spans the strong one is outside, which is why it comes first in `spans`. */
function inOrder(spans: readonly (Emphasis & { mark: Delimiter['mark'] })[]): Delimiter[] {
  const nested = [...spans].sort((a, b) => a.start - b.start || b.end - a.end);
  const delimiters: Delimiter[] = [];
  const open: typeof nested = [];
  const closeUpTo = (at: number) => {
    for (let last = open.at(-1); last !== undefined && last.end <= at; last = open.at(-1)) {
      delimiters.push({ at: last.end, mark: last.mark });
      open.pop();
    }
  };
  for (const span of nested) {
    closeUpTo(span.start);
    delimiters.push({ at: span.start, mark: span.mark });
    open.push(span);
  }
  closeUpTo(Infinity);
  return delimiters;
}
