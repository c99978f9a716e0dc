import { archiveBlocks } from './archive-blocks.ts';
import { readHeader } from './archive-header.ts';
import { findMarks } from './archive-marks.ts';
import { runsOf } from './line-runs.ts';
import type { Manuscript, Remark } from './manuscript.ts';

/**
 * Reads a plain text as archives distribute it: hard-wrapped, between marks, with a header and a
 * licence. Undefined when the text has no such marks. Throws a StoryError as `findMarks` does.
 *
 * Every word between the marks is told, in order. Wrapped paragraphs become one line each, verse,
 * tables and the like keep their lines, `_underscores_` are emphasis, headings chapters.
 */
export function readArchiveText(text: string): Manuscript | undefined {
  const lines = text.split('\n');
  const marks = findMarks(lines);
  if (marks === undefined) return undefined;
  const facts = readHeader(lines.slice(0, marks.start), marks);
  const leftOut: Remark[] = [
    { line: 1, text: `The archive’s header, ${count(marks.body)}, is credited on the title card.` },
    {
      line: marks.end + 1,
      text: `The archive’s footer and licence, ${count(lines.length - marks.end)}.`,
    },
  ];
  const runs = runsOf(lines, marks.body, marks.end);
  const { title = '', author = '' } = facts;
  return { ...facts, leftOut, blocks: archiveBlocks(runs, [title, marks.text, author]) };
}

function count(lines: number): string {
  return lines === 1 ? '1 line' : `${lines} lines`;
}
