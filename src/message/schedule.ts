import type { Schedule } from '../reading/pace.ts';
import type { Words } from '../words/words.ts';

/** What a schedule tells and when it comes next, in one sentence for everybody. */
export function scheduleText({ next }: Schedule, _words: Words): string {
  return `<t:${Math.floor(next / 1000)}:F>`;
}
