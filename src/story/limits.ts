const MB = 2 ** 20;

/**
 * What a file may cost. Anybody may have made it, and the bot goes on beside whatever it holds. A
 * book is far below all of these: *War and Peace* is 3.3 MB of text in 14,000 paragraphs.
 */
export const LIMITS = {
  /** Bytes of a text file. Whole series in one file have a third of it. */
  textBytes: 20 * MB,
  /** Bytes of an EPUB: an illustrated one is nearly all pictures, which are not read. */
  epubBytes: 64 * MB,
  /** Bytes of an archive's entries unpacked, all together: its pictures hardly grow. */
  unpackedBytes: 100 * MB,
  /** Entries in an archive. */
  entries: 10_000,
  /** Elements within one another. A browser's parser stops at 512; books have some twenty. */
  depth: 256,
  /** Passages of a story: numbers have six digits at most. */
  passages: 999_999,
  /** Characters of title, author, summary and the like, which are in memory for every story. */
  facts: 50_000,
  /** Characters of all chapter titles, in memory while the story is told. */
  chapters: 1_000_000,
} as const;
