import type { Reading } from '../reading/record.ts';
import type { Story } from '../story/story.ts';
import type { Words } from '../words/words.ts';
import { inlineTitle } from './markdown.ts';
import { placeOf } from './place.ts';
import { minutesLeft, readingTime } from './time.ts';

const BAR_LENGTH = 12;

/** Where a channel is in its story; `link` leads to the last passage. */
export function whereText(
  reading: Reading,
  story: Story,
  link: string | undefined,
  words: Words,
): string {
  const { position, ended } = reading;
  const total = story.passages.length;
  const chapter = story.chapters.findLast(({ first }) => first <= position);
  const left = readingTime(minutesLeft(story, position), words);
  return [
    `**${inlineTitle(story.title)}**`,
    `${bar(position / total)} ${placeOf(position, total)}`,
    ...(chapter ? [words('where.chapter', { chapter: inlineTitle(chapter.title) })] : []),
    ...(position < total ? [words('where.left', { time: left })] : []),
    ...(position >= total && ended !== undefined ? [words('where.ended')] : []),
    ...(position === 0 ? [words('where.begin')] : []),
    ...(link ? [words('standing.link', { link })] : []),
  ].join('\n');
}

function bar(share: number): string {
  // Full only at the end, and begun as soon as anything was told.
  const full = Math.floor(share * BAR_LENGTH) || Math.ceil(share);
  return '▰'.repeat(full) + '▱'.repeat(BAR_LENGTH - full);
}
