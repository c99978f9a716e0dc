import type { Story } from '../story/story.ts';
import { locate } from './locate.ts';
import type { Reading } from './record.ts';
import type { Channel } from './turn.ts';

/** Where this channel stopped in a story, if going on from there differs from beginning. */
export function placeToContinue(
  { reading, left }: Channel,
  story: Story,
  from: number | undefined,
): Reading | undefined {
  const current = reading?.story === story.slug && reading.serial > 0 ? reading : undefined;
  const kept = current ?? left.find((other) => other.story === story.slug);
  const place = kept && locate(kept, story);
  if (place === undefined || place.position + 1 === from) return undefined;
  return place.position > 0 && place.position < story.length ? place : undefined;
}
