import type { Pace } from '../reading/pace.ts';
import type { Words } from '../words/words.ts';
import { scheduleText } from './schedule.ts';
import { span } from './time.ts';

/** What holds, in one sentence: how the next passage comes. */
export function paceText(pace: Pace | undefined, words: Words): string {
  if (pace === undefined) return words('pace.next');
  if (pace.kind === 'schedule') return scheduleText(pace, words);
  const { readers, wait } = pace;
  const who =
    readers === undefined ? words('pace.everyone') : words('pace.readers', { count: readers });
  const time = wait === undefined ? undefined : span(wait, words('locale'));
  return time === undefined
    ? words('pace.together', { who })
    : words('pace.togetherWait', { who, time });
}
