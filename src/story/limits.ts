const MB = 2 ** 20;

/** What a reader of a format may spend on one file. */
export interface Limits {
  /** Bytes of all that is read out of an archive, unpacked. */
  readonly unpacked: number;
  /** Entries in an archive. */
  readonly entries: number;
  /** Elements within one another. */
  readonly depth: number;
  /** Elements of one document. */
  readonly elements: number;
}

/** What a single document may take. */
export type MarkupLimits = Pick<Limits, 'depth' | 'elements'>;

/**
 * What a file may cost. Anybody may have made it, and the bot goes on beside whatever it holds.
 * Books are far below all of these: *War and Peace* is 3.3 MB of text in 14,000 paragraphs.
 */
export const LIMITS = {
  /** Bytes of a text file. Whole series in one file have a third of it. */
  textFile: 20 * MB,
  /** Bytes of an EPUB: an illustrated one is nearly all pictures, which are not read. */
  epubFile: 64 * MB,
  unpacked: 50 * MB,
  entries: 10_000,
  // A browser's parser stops at 512; books have some twenty.
  depth: 256,
  // Each takes up to a kilobyte of memory; a novel has some ten thousand.
  elements: 500_000,
  /** Passages of a story: numbers have six digits at most. */
  passages: 999_999,
  /** Characters of title, author, summary and the like, which are in memory for every story. */
  facts: 50_000,
  /** Characters of all chapter titles, in memory while the story is told. */
  chapters: 1_000_000,
} as const satisfies Limits & Record<string, number>;
