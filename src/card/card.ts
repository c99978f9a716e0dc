import type { Prose } from '../story/story.ts';

/** What a quote's picture shows. */
export interface Card {
  readonly prose: Prose;
  readonly title: string;
  readonly author?: string;
  readonly theme: 'light' | 'dark';
  /** The story's, as a BCP 47 tag. */
  readonly language: string;
}

/**
 * The longest text that is painted, in UTF-16 units: what Discord takes as a picture's alt text
 * (https://docs.discord.com/developers/resources/message#attachment-object, `description`).
 */
export const LONGEST_TEXT = 1024;
