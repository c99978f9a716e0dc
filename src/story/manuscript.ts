import type { Prose, Rating } from './story.ts';

/**
 * A story as its file has it, whatever the format: its paragraphs and headings in order, before it
 * is known what fits a message. What the file leaves out is absent.
 */
export interface Manuscript {
  readonly title?: string;
  readonly author?: string;
  readonly source?: string;
  /** A canonical BCP 47 tag. */
  readonly language?: string;
  readonly rating?: Rating;
  readonly summary?: string;
  /** Who owns the text or gives it away under which licence, in a sentence or two. */
  readonly rights?: string;
  readonly blocks: readonly Block[];
  /** What of the file is not told, for whoever keeps the stories. */
  readonly leftOut?: readonly Remark[];
}

/** A sentence about a file. `line` is 1-based. */
export interface Remark {
  readonly line?: number;
  readonly text: string;
}

export interface Paragraph {
  readonly kind: 'paragraph';
  /** Without white space around it. Lines that the author broke are kept as line breaks. */
  readonly prose: Prose;
  /** Its first line in the file, from 1, where the format has lines. */
  readonly line?: number;
}

/** The heading of a chapter. */
export interface Heading {
  readonly kind: 'heading';
  /** On one line, without markup. */
  readonly title: string;
  /** As it is told where it can't stand over a passage. */
  readonly prose: Prose;
  readonly line?: number;
}

/** Where the author left a gap between two scenes, by asterisks or a line. */
export interface SceneBreak {
  readonly kind: 'break';
}

export type Block = Paragraph | Heading | SceneBreak;
