import { openDispatches } from './dispatches.ts';
import { openIds } from './ids.ts';
import { openOptions } from './options.ts';
import { openRecords } from './records.ts';
import { openStories } from './stories.ts';
import type { OpenTarget } from './target.ts';

/** All that takes untrusted input, by the name for `--only`. */
export const TARGETS: Readonly<Record<string, OpenTarget>> = {
  stories: openStories,
  ids: openIds,
  options: openOptions,
  dispatches: openDispatches,
  records: openRecords,
};
