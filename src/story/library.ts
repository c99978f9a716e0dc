import { storyKey } from './key.ts';
import type { Story } from './story.ts';

/** The stories there are, by title. */
export interface Library {
  readonly stories: readonly Story[];
  get(slug: string): Story | undefined;
  /** The story of a key in a custom id (storyKey). */
  byKey(key: string): Story | undefined;
}

/** A library of these stories, whose slugs differ. */
export function createLibrary(stories: readonly Story[]): Library {
  const byTitle = new Intl.Collator('en', { numeric: true });
  const sorted = stories.toSorted(
    (a, b) => byTitle.compare(a.title, b.title) || byTitle.compare(a.slug, b.slug),
  );
  const bySlug = new Map(sorted.map((story) => [story.slug, story]));
  const byKey = new Map(sorted.map((story) => [storyKey(story.slug), story]));
  return {
    stories: sorted,
    get: (slug) => bySlug.get(slug),
    byKey: (key) => byKey.get(key),
  };
}
