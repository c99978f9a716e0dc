import type { Story } from '../story/story.ts';
import type { Words } from '../words/words.ts';

/**
 * Characters read in a minute, silently, by an adult: the means of the IReST texts (Trauzettel-
 * Klosinski and Dietz 2012, doi:10.1167/iovs.11-8284), rounded; scripts without spaces apart.
 */
const PACE = { spaced: 1000, unspaced: 300 };

/** Minutes of reading from the passage after `position` to the story's end. */
export function minutesLeft(story: Story, position: number): number {
  const pace = /^(ja|zh|ko|th)\b/.test(story.language) ? PACE.unspaced : PACE.spaced;
  return Math.max(1, Math.round(story.charactersAfter(position) / pace));
}

/** "about 40 minutes", "about 3 hours". */
export function readingTime(minutes: number, words: Words): string {
  return minutes < 100
    ? words('time.minutes', { count: minutes })
    : words('time.hours', { count: Math.round(minutes / 60) });
}

/** A moment, in ms, as each reader's client shows it: a date and a time, or `R`, "2 hours ago". */
export function timestamp(ms: number, style: 'f' | 'R' = 'f'): string {
  return `<t:${Math.floor(ms / 1000)}:${style}>`;
}

/** How long something took, in its two largest units: "3 days, 4 hours". Under a minute: none. */
export function span(ms: number, locale: string): string | undefined {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return undefined;
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24];
  const duration = days > 0 ? { days, hours } : { hours, minutes: minutes % 60 };
  return new Intl.DurationFormat(locale, { style: 'long' }).format(duration);
}
