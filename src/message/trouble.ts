import { troubleOf } from '../reading/trouble.ts';
import type { Words } from '../words/words.ts';

/** The sentence for whoever met an error that is no refusal of ours. Bugs all read alike. */
export function troubleText(error: unknown, words: Words): string {
  return words(`trouble.${troubleOf(error)}`);
}
