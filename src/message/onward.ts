import type { Reading } from '../reading/record.ts';
import type { Words } from '../words/words.ts';
import { button, customId, label } from './buttons.ts';
import { readyButton } from './ready.ts';

/**
 * The button that leads on from the newest message, by the reading's pace. It counts only while
 * the reading's serial is this. Where the story comes by itself there is none.
 */
export function onwardButtons(reading: Reading, name: 'begin' | 'next', words: Words) {
  const { id, serial, pace } = reading;
  if (pace?.kind === 'schedule') return [];
  if (pace?.kind === 'together') return [readyButton(reading, pace, words)];
  return [button(label(name, words), customId('next', id, serial))];
}
