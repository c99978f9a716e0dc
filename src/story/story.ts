/** A stretch of a text that its author emphasised: from `start` up to `end`, in UTF-16 units. */
export interface Emphasis {
  readonly start: number;
  readonly end: number;
  readonly strong: boolean;
}

/** A text as its author wrote it, without any markup in it; the emphasis stands beside it. */
export interface Prose {
  readonly text: string;
  readonly emphasis: readonly Emphasis[];
}

/** What is told in one message. `number` is 1-based and is the paragraph index. */
export interface Passage extends Prose {
  readonly number: number;
  /** A short hash of its text, by which it is found again in an edited story. */
  readonly anchor: string;
  /** Whether it opens a scene: the author left a gap before it, by asterisks or a line. */
  readonly scene: boolean;
  /**
   * What stands between this passage and the next in the source: a blank line, or, inside a
   * paragraph too long for one message, the white space at the cut (which can be empty).
   * `text + after` over all passages is the author's text.
   */
  readonly after: string;
}

/** One sentence of a passage, the unit of quoting. `number` is 1-based within the passage. */
export interface Line extends Prose {
  readonly passage: number;
  readonly number: number;
}

/** `first` is the number of the chapter's first passage; two headings in a row share it. */
export interface Chapter {
  readonly title: string;
  readonly first: number;
}

export const RATINGS = ['general', 'teen', 'mature', 'explicit'] as const;
export type Rating = (typeof RATINGS)[number];

/** What is known of a story without its text. */
export interface StoryFacts {
  readonly slug: string;
  readonly title: string;
  readonly author?: string;
  readonly source?: string;
  /** A BCP 47 tag; sentences are cut by its rules. */
  readonly language: string;
  readonly rating: Rating;
  readonly summary?: string;
  /** Who owns the text or gives it away under which licence. */
  readonly rights?: string;
}

/** A story whole, as it comes out of its file. */
export interface Book extends StoryFacts {
  readonly chapters: readonly Chapter[];
  readonly passages: readonly Passage[];
}

/** A story to tell from. Its text is not in memory: a passage is fetched when it is asked for. */
export interface Story extends StoryFacts {
  /** The folders that its file lies in, below the folder of stories. */
  readonly shelf: readonly string[];
  readonly chapters: readonly Chapter[];
  /** How many passages it has. */
  readonly length: number;
  /** The passage of a number; none where there is no such passage. */
  passage(number: number): Passage | undefined;
  /** The numbers of the passages whose text has this anchor, rising. */
  numbersOf(anchor: string): readonly number[];
  /** How many characters (UTF-16 units) the passages after a position have. */
  charactersAfter(position: number): number;
}

/**
 * Whether a text fits one message of a story with this title, as the first passage under these
 * chapter headings (mostly none or one). How long a text becomes once escaped is `message/`'s
 * knowledge, so it hands this in.
 */
export type Fits = (
  part: Pick<Passage, 'text' | 'emphasis' | 'scene'>,
  headings: readonly string[],
  title: string,
) => boolean;
