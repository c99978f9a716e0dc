import { isReady, readiness, waitEnd } from '../reading/company.ts';
import type { Together } from '../reading/pace.ts';
import type { Reading } from '../reading/record.ts';
import type { Words } from '../words/words.ts';
import { button, customId } from './buttons.ts';
import { timestamp } from './time.ts';

/** "Ready · 2 of 3". It counts only while the reading's serial is this. */
export function readyButton(reading: Reading, pace: Together, words: Words) {
  const { id, serial } = reading;
  return button(words('buttons.ready', readiness(reading, pace)), customId('ready', id, serial));
}

/** For one reader alone: whether they are ready, and what the page waits for. */
export function awaitedText(
  reading: Reading,
  pace: Together,
  userId: string,
  words: Words,
): string {
  const { ready, needed } = readiness(reading, pace);
  const end = waitEnd(reading, pace);
  return [
    words(isReady(reading, userId) ? 'ready.yes' : 'ready.no'),
    words('ready.awaited', { count: needed - ready }),
    ...(end === undefined ? [] : [words('ready.wait', { time: timestamp(end, 'R') })]),
  ].join(' ');
}
