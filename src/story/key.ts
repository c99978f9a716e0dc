import { hashText } from './anchor.ts';

/** A story in a custom id, which has 100 characters: the slug alone may have as many. */
export function storyKey(slug: string): string {
  return hashText(slug).slice(0, 8);
}
