import type { Emphasis, Prose } from './story.ts';

/** A run of asterisks in the source. */
interface Run {
  readonly at: number;
  readonly length: number;
  readonly opens: boolean;
  readonly closes: boolean;
  /** Asterisks at its left end that have closed an emphasis. */
  closed: number;
  /** Asterisks at its right end that have opened one. */
  opened: number;
}

const SPACE_OR_EDGE = /^$|\s/;
const PUNCTUATION = /[\p{P}\p{S}]/u;

/**
 * Reads `*emphasis*`, `**strong**` and `***both***` in one paragraph: what comes out is the text
 * without the asterisks that mean something. Every other character is literal, backslashes too.
 *
 * The rules and the algorithm are CommonMark's for `*` (spec 0.31, "Emphasis and strong
 * emphasis" and its appendix, "process emphasis"), which is linear.
 */
export function readAsterisks(source: string): Prose {
  if (!source.includes('*')) return { text: source, emphasis: [] };
  const runs = Array.from(source.matchAll(/\*+/g), (match) =>
    runAt(source, match.index, match[0].length),
  );
  const spans = pair(runs);
  return withoutMarks(source, runs, spans);
}

function runAt(source: string, at: number, length: number): Run {
  const before = characterBefore(source, at);
  const after = characterAt(source, at + length);
  const leftFlanking =
    !SPACE_OR_EDGE.test(after) &&
    (!PUNCTUATION.test(after) || SPACE_OR_EDGE.test(before) || PUNCTUATION.test(before));
  const rightFlanking =
    !SPACE_OR_EDGE.test(before) &&
    (!PUNCTUATION.test(before) || SPACE_OR_EDGE.test(after) || PUNCTUATION.test(after));
  return { at, length, opens: leftFlanking, closes: rightFlanking, closed: 0, opened: 0 };
}

function characterAt(source: string, at: number): string {
  const code = source.codePointAt(at);
  return code === undefined ? '' : String.fromCodePoint(code);
}

function characterBefore(source: string, at: number): string {
  return Array.from(source.slice(Math.max(0, at - 2), at)).at(-1) ?? '';
}

/** Pairs openers with closers; the spans are in the source's positions, marks outside. */
function pair(runs: readonly Run[]): Emphasis[] {
  const spans: Emphasis[] = [];
  const stack: Run[] = [];
  // Below this height of the stack there is no opener for a closer of this kind. Without it a
  // paragraph of unmatched asterisks takes quadratic time.
  const floors = new Map<number, number>();

  for (const closer of runs) {
    const kind = (closer.length % 3) + (closer.opens ? 3 : 0);
    while (closer.closes && left(closer) > 0) {
      const floor = Math.min(floors.get(kind) ?? 0, stack.length);
      let height = stack.length - 1;
      while (height >= floor && !matches(stack[height], closer)) height--;
      const opener = height >= floor ? stack[height] : undefined;
      if (opener === undefined) {
        floors.set(kind, stack.length);
        break;
      }
      stack.length = height + 1;
      const strong = left(opener) >= 2 && left(closer) >= 2;
      spans.push({
        start: opener.at + opener.length - opener.opened,
        end: closer.at + closer.closed,
        strong,
      });
      opener.opened += strong ? 2 : 1;
      closer.closed += strong ? 2 : 1;
      if (left(opener) === 0) stack.pop();
    }
    // What the stack grows by from here on, no floor has looked at.
    for (const [key, height] of floors) if (height > stack.length) floors.set(key, stack.length);
    if (closer.opens && left(closer) > 0) stack.push(closer);
  }
  return spans.sort((a, b) => a.start - b.start || b.end - a.end);
}

function left(run: Run): number {
  return run.length - run.opened - run.closed;
}

/** CommonMark's rules 9 and 10: a run that could do both pairs only when the sum is no 3, 6, ... */
function matches(opener: Run | undefined, closer: Run): boolean {
  if (opener === undefined) return false;
  if (!opener.closes && !closer.opens) return true;
  return (
    (opener.length + closer.length) % 3 !== 0 ||
    (opener.length % 3 === 0 && closer.length % 3 === 0)
  );
}

function withoutMarks(source: string, runs: readonly Run[], spans: readonly Emphasis[]): Prose {
  let text = '';
  let from = 0;
  // Where each position of the source is found in the text.
  const places = new Uint32Array(source.length + 1);
  const copy = (to: number) => {
    for (let at = from; at <= to; at++) places[at] = text.length + at - from;
    text += source.slice(from, to);
    from = to;
  };
  const skip = (count: number) => {
    places.fill(text.length, from, from + count);
    from += count;
  };
  for (const run of runs) {
    copy(run.at);
    skip(run.closed);
    copy(run.at + run.length - run.opened);
    skip(run.opened);
  }
  copy(source.length);
  const place = (at: number) => places[at] ?? text.length;
  return {
    text,
    emphasis: spans.map(({ start, end, strong }) => ({
      start: place(start),
      end: place(end),
      strong,
    })),
  };
}
