import type { Emphasis, Prose } from './story.ts';

/**
 * Cuts pieces out of one text: `slice(from, to)` is the text between, in UTF-16 units, without
 * the white space around it, and the emphasis that falls in it.
 *
 * The index over the emphasis keeps a cut logarithmic: a paragraph of a megabyte is cut
 * thousands of times.
 */
export function slicer(prose: Prose): (from: number, to: number) => Prose {
  const spans = [...prose.emphasis].sort((a, b) => a.start - b.start || b.end - a.end);
  let furthest = 0;
  const reach = spans.map((span) => {
    furthest = Math.max(furthest, span.end);
    return furthest;
  });

  return (from, to) => {
    const raw = prose.text.slice(from, to);
    const text = raw.trim();
    const start = from + raw.length - raw.trimStart().length;
    const end = start + text.length;
    const emphasis: Emphasis[] = [];
    for (let i = firstBeyond(reach, start); i < spans.length; i++) {
      const span = spans[i];
      if (span === undefined || span.start >= end) break;
      if (span.end > start) {
        emphasis.push({
          start: Math.max(span.start, start) - start,
          end: Math.min(span.end, end) - start,
          strong: span.strong,
        });
      }
    }
    return { text, emphasis };
  };
}

/** The index of the first of these rising numbers that is above `limit`. */
function firstBeyond(rising: readonly number[], limit: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rising[middle] ?? Infinity) > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}
