import { hashText } from './anchor.ts';
import type { Library } from './library.ts';
import type { Story } from './story.ts';

/** A story in a custom id, which has 100 characters: the slug alone may have as many. */
export function storyKey(slug: string): string {
  return hashText(slug).slice(0, 8);
}

export function storyByKey(library: Library, key: string): Story | undefined {
  return library.stories.find(({ slug }) => storyKey(slug) === key);
}
