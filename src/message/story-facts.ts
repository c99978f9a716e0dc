import type { Reading } from '../reading/record.ts';
import type { Story } from '../story/story.ts';
import type { Words } from '../words/words.ts';
import { placeOf } from './place.ts';
import { minutesLeft, readingTime } from './time.ts';

/** What a room has read: its reading and those it left, and the slugs of what it has finished. */
export interface RoomsPlaces {
  readonly readings: readonly Reading[];
  readonly finished: readonly string[];
}

/** A story in a line: length, reading time, rating where it matters, what this room has read. */
export function storyFacts(story: Story, places: RoomsPlaces, words: Words): string {
  const { length: count, rating } = story;
  const time = readingTime(minutesLeft(story, 0), words);
  const place = placeHere(story, places, words);
  return [
    words('card.length', { count, time }),
    ...(rating === 'general' ? [] : [words(`card.rating.${rating}`)]),
    ...(place === undefined ? [] : [place]),
  ].join(' · ');
}

function placeHere(
  story: Story,
  { readings, finished }: RoomsPlaces,
  words: Words,
): string | undefined {
  const reading = readings.find((one) => one.story === story.slug && one.position > 0);
  if (reading !== undefined && reading.position < story.length) {
    return words('library.at', { place: placeOf(reading.position, story.length) });
  }
  return reading !== undefined || finished.includes(story.slug)
    ? words('library.finished')
    : undefined;
}
