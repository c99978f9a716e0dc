import { StoryError } from './error.ts';

/**
 * Where the body of a text archive's file lies, as indexes of its lines: up to `start` is the
 * archive's header, from `body` up to `end` the text, and from there on the footer.
 */
export interface Marks {
  readonly start: number;
  readonly body: number;
  readonly end: number;
  /** What the mark at the start names, in capitals mostly: the archive and the text. */
  readonly archive: string;
  readonly text: string;
}

/**
 * Finds the marks, lines like `*** START OF THE … EBOOK … ***` and `*** END OF THE … EBOOK …`;
 * undefined where none says START. Throws a StoryError when the end is missing, so that no half of
 * a book is told as the whole, and when there are several books.
 */
export function findMarks(lines: readonly string[]): Marks | undefined {
  const start = lines.findIndex((_, at) => markAt(lines, at, 'START') !== undefined);
  const mark = markAt(lines, start, 'START');
  if (mark === undefined) {
    const last = lines.findLast((line) => line.trim() !== '') ?? '';
    if (isMark(last, 'START')) throw cutOff(lines);
    return undefined;
  }
  const { body, archive, text } = mark;
  const end = endAfter(lines, body);
  if (end === undefined) throw cutOff(lines);
  const another = lines.findIndex((_, at) => at >= body && markAt(lines, at, 'START'));
  if (another >= 0) {
    throw new StoryError(
      'A second archive text starts here: put each into a file of its own.',
      another + 1,
    );
  }
  return { start, body, end, archive, text };
}

function cutOff(lines: readonly string[]): StoryError {
  return new StoryError(
    'The file is cut off: it has the archive’s START line and no END line. Get it whole.',
    lines.length,
  );
}

/** No line of a mark is as long; what is may be hostile to a regular expression. */
const LONGEST = 500;
/** A mark goes on over so many lines, up to its closing asterisks. */
const MOST_LINES = 4;

/** The mark that begins with a line; `body` is the line behind it. */
function markAt(
  lines: readonly string[],
  at: number,
  side: 'START' | 'END',
): { body: number; archive: string; text: string } | undefined {
  const line = lines[at];
  if (line === undefined || !isMark(line, side)) return undefined;
  let body = at + 1;
  for (let last = at; last < at + MOST_LINES && lines[last]?.trim(); last++) {
    if (!/\*{2}\s*$/.test(lines[last] ?? '')) continue;
    body = last + 1;
    break;
  }
  const whole = lines.slice(at, body).join(' ').slice(0, LONGEST);
  const book = /\b(?:EBOOK|ETEXT|E-TEXT)\b/i.exec(whole);
  if (book === null) return undefined;
  const before = whole.slice(0, book.index).replace(/^[\s*]*\w+ OF (?:THE |THIS )?/i, '');
  const behind = whole.slice(book.index + book[0].length);
  const text = behind.replace(/^[\s,:]+/, '').replace(/[\s*]+$/, '');
  return { body, archive: before.trim(), text };
}

function isMark(line: string, side: 'START' | 'END'): boolean {
  return (
    line.length <= LONGEST &&
    (side === 'START' ? /^\s*\*\*+\s*START OF\b/i : /^\s*\*\*+\s*END OF\b/i).test(line)
  );
}

// Above the mark at the end, or in its place in older files.
const END_IN_WORDS =
  /^\s*End of (?:the |this )?(?:.*\b(?:EBook|Etext|E-text)\b|Project Gutenberg\b)/i;

function endAfter(lines: readonly string[], body: number): number | undefined {
  const marked = lines.findIndex((_, at) => at >= body && markAt(lines, at, 'END') !== undefined);
  const until = marked < 0 ? lines.length : marked;
  const inWords = lines
    .slice(body, until)
    .findLastIndex(
      (line, at) =>
        line.length <= LONGEST && END_IN_WORDS.test(line) && !lines[body + at - 1]?.trim(),
    );
  if (inWords >= 0) {
    const end = body + inWords;
    // Between the two stands nothing but the rest of that sentence.
    if (marked < 0 || until - end < 10) return end;
  }
  return marked < 0 ? undefined : marked;
}
