import type { Emphasis, Prose } from './story.ts';

const OUTSIDE_WORDS = /^$|[^\p{L}\p{M}\p{N}_]/u;
const NO_SPACE = /[^\s_]/;

/**
 * Reads `_emphasis_` as text archives write it: what comes out is the text without the underscores
 * that mean something. One inside a word (`snake_case`), in a row (`____`) or without a partner is
 * literal.
 */
export function readUnderscores(source: string): Prose {
  if (!source.includes('_')) return { text: source, emphasis: [] };
  let opened: number | undefined;
  const pairs: (readonly [start: number, end: number])[] = [];
  for (let at = source.indexOf('_'); at >= 0; at = source.indexOf('_', at + 1)) {
    const [before, after] = [characterBefore(source, at), characterAfter(source, at)];
    if (opened !== undefined && NO_SPACE.test(before) && OUTSIDE_WORDS.test(after)) {
      pairs.push([opened, at]);
      opened = undefined;
    } else if (OUTSIDE_WORDS.test(before) && NO_SPACE.test(after)) {
      opened = at;
    }
  }
  return withoutMarks(source, pairs);
}

function characterBefore(source: string, at: number): string {
  return Array.from(source.slice(Math.max(0, at - 2), at)).at(-1) ?? '';
}

function characterAfter(source: string, at: number): string {
  return Array.from(source.slice(at + 1, at + 3))[0] ?? '';
}

function withoutMarks(
  source: string,
  pairs: readonly (readonly [start: number, end: number])[],
): Prose {
  let text = '';
  let from = 0;
  const emphasis: Emphasis[] = [];
  for (const [open, close] of pairs) {
    text += source.slice(from, open);
    const start = text.length;
    text += source.slice(open + 1, close);
    emphasis.push({ start, end: text.length, strong: false });
    from = close + 1;
  }
  return { text: text + source.slice(from), emphasis };
}
