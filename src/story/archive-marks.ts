import { StoryError } from './error.ts';

/**
 * Where the body of a text archive's file lies, as indexes of its lines: up to `start` is the
 * archive's header, from `body` up to `end` the text, and from there on the footer.
 */
export interface Marks {
  readonly start: number;
  readonly body: number;
  readonly end: number;
  /** What the mark at the start names: the archive and the text, in capitals mostly. */
  readonly archive: string;
  readonly text: string;
}

const START =
  /^\s*\*{2,}\s*START OF (?:THE |THIS )?(?<archive>.*?)\s*\b(?:EBOOK|ETEXT|E-TEXT)\b[\s,:]*(?<text>.*)$/i;
const END = /^\s*\*{2,}\s*END OF\b.*\b(?:EBOOK|ETEXT|E-TEXT)\b/i;
// Above the mark at the end, or in its place in older files.
const END_IN_WORDS =
  /^\s*\**\s*End of (?:the |this )?(?:.*\b(?:EBook|Etext|E-text)\b|Project Gutenberg\b)/i;
/** A mark goes on over so many lines, up to its asterisks. */
const MARK_LINES = 4;

/**
 * Finds the marks, lines like `*** START OF THE … EBOOK … ***` and `*** END OF THE … EBOOK …`;
 * undefined where none says START. Throws a StoryError when the end is missing, so that no half of
 * a book is told as the whole, and when there are several books.
 */
export function findMarks(lines: readonly string[]): Marks | undefined {
  const start = lines.findIndex((line) => START.test(line));
  if (start < 0) return undefined;
  const last = lastLineOf(lines, start);
  const { archive = '', text = '' } =
    START.exec(lines.slice(start, last + 1).join(' '))?.groups ?? {};

  const body = last + 1;
  const end = endAfter(lines, body);
  if (end === undefined) {
    throw new StoryError(
      'The file is cut off: it has the archive’s START line and no END line. Get it whole.',
      lines.length,
    );
  }
  const another = lines.findIndex((line, at) => at >= body && START.test(line));
  if (another >= 0) {
    throw new StoryError(
      'A second archive text starts here: put each into a file of its own.',
      another + 1,
    );
  }
  return { start, body, end, archive: archive.trim(), text: text.replace(/[\s*]+$/, '') };
}

/** The mark's last line: the one that its closing asterisks are in. */
function lastLineOf(lines: readonly string[], start: number): number {
  for (let at = start; at < start + MARK_LINES && lines[at]?.trim(); at++) {
    if (/\*{2,}\s*$/.test(lines[at] ?? '')) return at;
  }
  return start;
}

function endAfter(lines: readonly string[], body: number): number | undefined {
  const marked = lines.findIndex((line, at) => at >= body && END.test(line));
  const until = marked < 0 ? lines.length : marked;
  const inWords = lines
    .slice(body, until)
    .findLastIndex((line, at) => END_IN_WORDS.test(line) && !lines[body + at - 1]?.trim());
  if (inWords >= 0) {
    const end = body + inWords;
    // Between the two stands nothing but the rest of that sentence.
    if (marked < 0 || until - end < 10) return end;
  }
  return marked < 0 ? undefined : marked;
}
