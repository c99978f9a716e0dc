import type { MessageBody, Reading } from '../reading/record.ts';
import type { Story } from '../story/story.ts';
import type { Words } from '../words/words.ts';
import { row } from './buttons.ts';
import { catchupButton } from './catchup.ts';
import { inlineTitle, titleLine } from './markdown.ts';
import { placeOf } from './place.ts';
import { minutesLeft, readingTime } from './time.ts';

const BAR_LENGTH = 12;

/** Where a channel is in its story, and its reader: `own` is the passage seen last, 0 for none. */
export function whereMessage(
  reading: Reading,
  story: Story,
  { link, own }: { readonly link: string | undefined; readonly own: number },
  words: Words,
): MessageBody {
  const { position, ended } = reading;
  const total = story.length;
  const chapter = story.chapters.findLast(({ first }) => first <= position);
  const left = readingTime(minutesLeft(story, position), words);
  const lines = [
    `**${titleLine(story.title)}**`,
    `${bar(position / total)} ${placeOf(position, total)}`,
    ...(chapter ? [words('where.chapter', { chapter: inlineTitle(chapter.title) })] : []),
    ...(position < total ? [words('where.left', { time: left })] : []),
    ...(position >= total && ended !== undefined ? [words('where.ended')] : []),
    ...(position === 0 ? [words('where.begin')] : []),
    ...(own > 0 ? [ownPlace(own, position, total, words)] : []),
    ...(link ? [words('standing.link', { link })] : []),
  ];
  return {
    content: lines.join('\n'),
    components: own < position ? row(catchupButton(words)) : [],
  };
}

function ownPlace(own: number, position: number, total: number, words: Words): string {
  return own < position ? words('where.own', { place: placeOf(own, total) }) : words('where.with');
}

function bar(share: number): string {
  // Full only at the end, and begun as soon as anything was told.
  const full = Math.floor(share * BAR_LENGTH) || Math.ceil(share);
  return '▰'.repeat(full) + '▱'.repeat(BAR_LENGTH - full);
}
