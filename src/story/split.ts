import { slicer } from './prose.ts';
import type { Prose } from './story.ts';
import { unitsOf } from './units.ts';

/** A piece of a paragraph, and the white space between it and the next piece. */
export interface Part extends Prose {
  readonly after: string;
}

/** Whether a part fits one message; a chapter's first part shares it with the headings. */
type PartFits = (part: Prose, first: boolean) => boolean;

/**
 * Splits a paragraph into the fewest parts that each fit one message, of about the same length.
 * `text + after` over all parts is the paragraph.
 *
 * Filling each message from the front gives the fewest parts and, for every cut, the latest unit
 * it can be at; filling from the back gives the earliest. Between the two, each cut takes the unit
 * nearest to an equal share of what is left. That asks `fits` a few times a part, so a paragraph
 * of a megabyte is no matter.
 *
 * @param paragraph without white space around it
 * @param language a BCP 47 tag
 */
export function split(paragraph: Prose, language: string, fits: PartFits): Part[] {
  if (fits(paragraph, true)) return [{ ...paragraph, after: '' }];

  const slice = slicer(paragraph);
  const { text } = paragraph;
  const units = unitsOf(text, language, ({ start, end }) => fits(slice(start, end), start === 0));
  const offset = (unit: number) => units[unit]?.start ?? text.length;
  const unitsFit = (from: number, to: number) => fits(slice(offset(from), offset(to)), from === 0);

  const latest = fillForward(units.length, unitsFit);
  const earliest = fillBackward(units.length, unitsFit);
  const cuts = balance(latest, earliest, offset, unitsFit) ?? latest;

  return cuts.slice(1).map((to, index) => {
    const start = offset(cuts[index] ?? 0);
    const end = offset(to);
    const part = slice(start, end);
    return { ...part, after: text.slice(start + part.text.length, end) };
  });
}

type UnitsFit = (from: number, to: number) => boolean;

/** The cuts, 0 and `count` among them, when every part but the last is as long as can be. */
function fillForward(count: number, fits: UnitsFit): number[] {
  const cuts = [0];
  for (let from = 0; from < count; ) {
    const start = from;
    from += longest(count - from, (length) => fits(start, start + length));
    cuts.push(from);
  }
  return cuts;
}

/** The cuts when every part but the first is as long as can be. */
function fillBackward(count: number, fits: UnitsFit): number[] {
  const cuts = [count];
  for (let to = count; to > 0; ) {
    const end = to;
    to -= longest(to, (length) => fits(end - length, end));
    cuts.push(to);
  }
  return cuts.reverse();
}

/** The greatest length up to `limit` that fits, at least 1: doubling, then halving. */
function longest(limit: number, fits: (length: number) => boolean): number {
  let good = 1;
  let bad = 2;
  while (bad <= limit && fits(bad)) {
    good = bad;
    bad *= 2;
  }
  bad = Math.min(bad, limit + 1);
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (fits(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

/**
 * The balanced cuts; undefined when there are none between the latest and the earliest. (A shorter
 * part can be longer once escaped, by the one character at its start, so the two need not agree.)
 */
function balance(
  latest: readonly number[],
  earliest: readonly number[],
  offset: (unit: number) => number,
  fits: UnitsFit,
): number[] | undefined {
  if (latest.length !== earliest.length) return undefined;
  const parts = latest.length - 1;
  const end = latest[parts] ?? 0;
  const cuts = [0];
  for (let cut = 1; cut < parts; cut++) {
    const before = cuts[cut - 1] ?? 0;
    const low = Math.max(earliest[cut] ?? 0, before + 1);
    const high = latest[cut] ?? 0;
    const share = (offset(end) - offset(before)) / (parts - cut + 1);
    let at = nearest(offset(before) + share, low, high, offset);
    while (at >= low && !fits(before, at)) at--;
    if (at < low) return undefined;
    cuts.push(at);
  }
  if (!fits(cuts[parts - 1] ?? 0, end)) return undefined;
  return [...cuts, end];
}

/** The unit from `low` to `high` that starts nearest to `goal`. */
function nearest(
  goal: number,
  low: number,
  high: number,
  offset: (unit: number) => number,
): number {
  let first = low;
  let last = high;
  while (first < last) {
    const middle = (first + last) >> 1;
    if (offset(middle) < goal) first = middle + 1;
    else last = middle;
  }
  return first > low && goal - offset(first - 1) < offset(first) - goal ? first - 1 : first;
}
