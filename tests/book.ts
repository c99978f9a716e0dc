import { hashText } from '../src/story/anchor.ts';
import { storyOf } from '../src/story/in-memory.ts';
import type { Emphasis, Passage, Story } from '../src/story/story.ts';

/** A passage of a text. */
export function passageOf(text: string, emphasis: readonly Emphasis[] = [], number = 1): Passage {
  return { number, text, emphasis, anchor: hashText(text), scene: false, after: '' };
}

/** A story of these passages, without chapters. */
export function storyOfPassages(passages: readonly Passage[]): Story {
  const facts = { slug: 's', title: 'S', language: 'en', rating: 'general' } as const;
  return storyOf({ ...facts, chapters: [], passages });
}

/** All passages of a story. */
export function passagesOf(story: Story): Passage[] {
  return Array.from({ length: story.length }, (_, at) => story.passage(at + 1)).filter(
    (passage) => passage !== undefined,
  );
}
