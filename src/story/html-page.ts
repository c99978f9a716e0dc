import type { Node } from './html-tree.ts';
import type { MarkupLimits } from './limits.ts';
import type { Styles } from './styles.ts';

/** An HTML document as it is told: what its head says of it, and its blocks. */
export interface HtmlPage {
  readonly head: HtmlHead;
  readonly children: readonly Node[];
  /** How many parts of it are for finding one's way, or are hidden. */
  readonly skipped: Skipped;
  /** Whether it has any tags. */
  readonly hasElements: boolean;
}

export interface HtmlHead {
  readonly title: string;
  readonly language: string;
  /** The contents of `<meta>` by their name or property, in lower case. */
  readonly metas: ReadonlyMap<string, readonly string[]>;
  /** Where `<link rel="license">` points to. */
  readonly license: string | undefined;
}

export interface Skipped {
  readonly navigation: number;
  readonly hidden: number;
}

export interface PageOptions {
  readonly syntax: 'html' | 'xhtml';
  readonly limits: MarkupLimits;
  /** Of the ids of elements whose places are wanted, the ids of the marks that are set there. */
  readonly places?: ReadonlyMap<string, string>;
  /** The style sheet that a document links to. */
  readonly styleSheet?: (href: string) => Styles | undefined;
}
