import { type Box, balance, fill } from './balance.ts';
import { type Segment, segmentsOf } from './segments.ts';

/** The card's width in pixels: about twice what Discord's preview shows. */
export const WIDTH = 1200;
/** The least space at the left and right; only a hanging quotation mark stands in it. */
export const MARGIN = 116;
const MEASURE = WIDTH - 2 * MARGIN;

/** All that is not the text: the space above it, and below it up to the card's edge. */
const ABOVE = 96;
const BELOW = 242;

const LARGEST = 116;
const LEAST_HEIGHT = 630;
const MOST_HEIGHT = 1500;

/**
 * The sizes of type that are tried, in pixels, largest first, and how tall a card may become for
 * them. Short lines stay near 1.91 to 1, then 4 to 3; Discord shrinks anything taller in its
 * preview on a desktop, but a phone shows it across the screen, where type below 40 is hard to
 * read.
 */
const TIERS = [
  { largest: LARGEST, smallest: 66, height: LEAST_HEIGHT },
  { largest: 64, smallest: 54, height: 900 },
  { largest: 52, smallest: 46, height: 1200 },
  { largest: 44, smallest: 34, height: MOST_HEIGHT },
];
const STEP = 2;
/** What a card may be taller than its tier, if that makes the same lines larger and fuller. */
const GROWTH = 1.2;
/** A word that is wider than a line of this size is broken. */
const LARGEST_BROKEN = 54;

/** A text as it is set. The positions of its lines are in UTF-16 units. */
export interface Layout {
  readonly size: number;
  /** From baseline to baseline. */
  readonly leading: number;
  /** The baseline of the first line. */
  readonly baseline: number;
  readonly height: number;
  readonly lines: readonly { readonly start: number; readonly end: number }[];
}

/**
 * Fits a text to a card: the largest type whose lines find room, evenly broken. Undefined when
 * not even the smallest does (a poem of very many lines).
 *
 * `width` is how wide the text from one position up to another is, in ems.
 */
export function layOut(
  text: string,
  width: (start: number, end: number) => number,
): Layout | undefined {
  const bare = ({ start, end }: Segment) => width(start, endOf(text, start, end));
  const segments = segmentsOf(text).flatMap((segment) =>
    bare(segment) > MEASURE / LARGEST_BROKEN ? graphemesOf(text, segment) : [segment],
  );
  const boxes = segments.map((segment) => ({
    width: width(segment.start, segment.end),
    bare: bare(segment),
    ends: segment.ends,
  }));
  const size = largestSize(boxes);
  if (size === undefined) return undefined;

  const leading = leadingOf(size);
  const spans = balance(boxes, MEASURE / size);
  const needed = heightOf(spans.length, size);
  const height = Math.max(needed, LEAST_HEIGHT);
  // Half the leading, and how high above its baseline the middle of a lower-case line is.
  const baseline = Math.round(ABOVE + (height - needed) / 2 + leading / 2 + size * 0.27);
  const lines = spans.map(({ first, last }) => {
    const start = segments[first]?.start ?? 0;
    return { start, end: endOf(text, start, segments[last - 1]?.end ?? start) };
  });
  return { size, leading, baseline, height, lines };
}

function largestSize(boxes: readonly Box[]): number | undefined {
  const widest = Math.max(...boxes.map((box) => box.bare));
  const linesAt = (size: number) =>
    widest > MEASURE / size ? Infinity : fill(boxes, MEASURE / size).length;
  for (const { largest, smallest, height } of TIERS) {
    for (let size = largest; size >= smallest; size -= STEP) {
      const lines = linesAt(size);
      if (heightOf(lines, size) > height) continue;
      const grows = (to: number) =>
        to <= LARGEST &&
        linesAt(to) === lines &&
        heightOf(lines, to) <= Math.min(height * GROWTH, MOST_HEIGHT);
      while (grows(size + STEP)) size += STEP;
      return size;
    }
  }
  return undefined;
}

function heightOf(lines: number, size: number): number {
  return ABOVE + lines * leadingOf(size) + BELOW;
}

/** From baseline to baseline: large type wants less space between its lines. */
function leadingOf(size: number): number {
  return Math.round(size * (1.4 - 0.2 * Math.min(1, Math.max(0, (size - 40) / 70))));
}

/** Where a stretch ends without the white space at its end. */
function endOf(text: string, start: number, end: number): number {
  return start + text.slice(start, end).trimEnd().length;
}

function graphemesOf(text: string, { start, end, ends }: Segment): Segment[] {
  const graphemes = new Intl.Segmenter().segment(text.slice(start, end));
  return Array.from(graphemes, ({ segment, index }) => {
    const from = start + index;
    const to = from + segment.length;
    return { start: from, end: to, ends: ends && to === end };
  });
}
