import type { Passage, StoryFacts } from '../story/story.ts';
import type { Stamp } from './folder.ts';

/** What a file held when it was read, as the index knows it. */
export interface Edition extends Stamp {
  readonly id: number;
  readonly file: string;
}

/** What came of reading a file: a story, or why there is none. */
export type Outcome = Told | Untold;

export interface Told {
  readonly facts: StoryFacts;
  /** Its passages, and the characters (UTF-16 units) in them. */
  readonly length: number;
  readonly characters: number;
}

export interface Untold {
  readonly line?: number;
  readonly reason: string;
}

/** What the index keeps of a passage beside its text; most have none of it. */
export type Marks = Pick<Passage, 'emphasis' | 'scene' | 'after'>;

export const NO_MARKS: Marks = { emphasis: [], scene: false, after: '\n\n' };
