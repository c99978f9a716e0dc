import type { Story } from '../story/story.ts';
import type { Anchor, Reading } from './record.ts';

/**
 * What each anchor's match is worth, by its distance from the position. The last told passage
 * outweighs the others together; so does the next one outweigh the two before, because where it
 * stands says exactly where to go on when the last told one was rewritten or removed.
 */
const WEIGHTS = new Map([
  [0, 8],
  [1, 4],
  [-1, 2],
  [-2, 1],
]);

/** The anchors of the last three told passages and of the next one, as far as they exist. */
export function anchorsAt(story: Story, position: number): Anchor[] {
  return [...WEIGHTS.keys()]
    .flatMap((distance) => story.passage(position + distance) ?? [])
    .map((passage) => ({ passage: passage.number, hash: passage.anchor }));
}

/**
 * The reading with its place found again in a story that may have been edited since: position and
 * furthest are numbers in `story` as it is now. Where none of the anchors is found, the position
 * is clamped to the story's length and furthest falls to it, so nothing is spoiled.
 */
export function locate(reading: Reading, story: Story): Reading {
  const position = find(story, reading.position, reading.anchors);
  const furthest = find(story, reading.furthest, reading.furthestAnchors);
  if (position === reading.position && furthest === reading.furthest) return reading;
  const place = position ?? Math.min(reading.position, story.length);
  const reached = Math.max(place, furthest ?? 0);
  const { start, ...rest } = reading;
  return {
    ...rest,
    position: place,
    ...(start !== undefined && { start: Math.max(1, start + place - reading.position) }),
    furthest: reached,
    // The old ones belong to the old numbers: found by them again, the place would shift once more.
    anchors: anchorsAt(story, place),
    furthestAnchors: anchorsAt(story, reached),
  };
}

/** The last told passage of a story as it is now; clamped to its length where none is found. */
export function furthestIn(
  story: Story,
  { furthest, furthestAnchors }: Pick<Reading, 'furthest' | 'furthestAnchors'>,
): number {
  return find(story, furthest, furthestAnchors) ?? Math.min(furthest, story.length);
}

function find(story: Story, number: number, anchors: readonly Anchor[]): number | undefined {
  if (number === 0) return 0;
  const stands = ({ passage, hash }: Anchor) => story.passage(passage)?.anchor === hash;
  if (number <= story.length && anchors.every(stands)) return number;

  const scores = new Map<number, number>();
  for (const anchor of anchors) {
    const distance = anchor.passage - number;
    for (const found of story.numbersOf(anchor.hash)) {
      const candidate = found - distance;
      scores.set(candidate, (scores.get(candidate) ?? 0) + (WEIGHTS.get(distance) ?? 0));
    }
  }
  const [best] = [...scores].sort(
    ([a, scoreA], [b, scoreB]) => scoreB - scoreA || Math.abs(a - number) - Math.abs(b - number),
  );
  if (best === undefined) return undefined;
  const [place, score] = best;
  // Where neither the last told passage nor the next is left, go on after the latest that is:
  // rather tell one again than lose one.
  const lost = score >= 4 ? 0 : score === 1 ? 2 : 1;
  return Math.max(0, Math.min(place - lost, story.length));
}
