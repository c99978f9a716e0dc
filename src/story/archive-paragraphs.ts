import { indentOf, type LineRun } from './line-runs.ts';
import type { Paragraph, SceneBreak } from './manuscript.ts';
import { slicer } from './prose.ts';
import { readUnderscores } from './underscores.ts';
import { isWrapped, unwrapped, type Wrapping } from './wrapping.ts';

/** How the lines of a text were broken. */
export interface Setting {
  /** Undefined when they were not wrapped. */
  readonly wrapping: Wrapping | undefined;
  readonly hasTightDashes: boolean;
}

const ASTERISKS = /^\s*(?:\*\s*){3,}$|^\s*⁂$/;
const RULE = /^\s*(?:(?:[–—]\s*){3,}|([-_=~])(?:\s*\1){4,})$/;
/** In UTF-16 units; a regular expression can run out of stack on millions. */
const LONGEST_MARK = 200;

/**
 * What a run of lines tells: mostly one paragraph. Wrapped lines become one; others are kept, those
 * of verse and tables with how far they are indented. A line of asterisks, or a rule by itself, is
 * a scene break.
 */
export function paragraphsOf(
  { lines, line }: LineRun,
  setting: Setting,
): (Paragraph | SceneBreak)[] {
  const isLike = (one: string, mark: RegExp) => one.length <= LONGEST_MARK && mark.test(one);
  if (lines.length === 1 && isLike(lines[0] ?? '', RULE)) return [{ kind: 'break' }];
  const found: (Paragraph | SceneBreak)[] = [];
  let start = 0;
  const tell = (end: number) => {
    for (const section of sectionsOf(lines.slice(start, end), setting)) {
      const text = textOf(section.lines, setting);
      found.push(...inPieces(text, line + start + section.at));
    }
  };
  lines.forEach((one, at) => {
    if (!isLike(one, ASTERISKS)) return;
    if (at > start) tell(at);
    found.push({ kind: 'break' });
    start = at + 1;
  });
  if (start < lines.length) tell(lines.length);
  return found;
}

/** The lines as one text: unwrapped, or as they stand. */
export function textOf(lines: readonly string[], { wrapping, hasTightDashes }: Setting): string {
  const isOne = wrapping !== undefined && !isShaped(lines) && isWrapped(lines, wrapping);
  return isOne ? unwrapped(lines, hasTightDashes) : asSet(lines);
}

/** The lines as they stand, without what all of them are indented by. */
function asSet(lines: readonly string[]): string {
  const indent = lines.reduce((least, line) => Math.min(least, indentOf(line)), Infinity);
  return lines
    .map((line) => line.slice(indent))
    .join('\n')
    .trim();
}

/** Whether the lines are a table or a box: columns apart by several spaces, or bars. */
function isShaped(lines: readonly string[]): boolean {
  const shaped = lines.filter((line) => /\S {3,}\S|^\s*[|+].*[|+]$/.test(line));
  return shaped.length > 1 || (lines.length > 1 && shaped.length === lines.length);
}

interface Section {
  /** The index of its first line in the run. */
  readonly at: number;
  readonly lines: readonly string[];
}

/**
 * Verse inside a paragraph, or paragraphs that only an indented first line tells apart: a section
 * each. Only where wrapped lines stand among them; else the run is one.
 */
function sectionsOf(lines: readonly string[], { wrapping }: Setting): Section[] {
  const whole = [{ at: 0, lines }];
  if (wrapping === undefined || isShaped(lines) || isWrapped(lines, wrapping)) return whole;
  const sections: { at: number; lines: string[] }[] = [];
  lines.forEach((line, at) => {
    const section = sections.at(-1);
    const last = section?.lines.at(-1);
    if (section === undefined || last === undefined) {
      sections.push({ at, lines: [line] });
      return;
    }
    const isFirstLine = section.lines.length === 1 && isWrapped([last, line], wrapping);
    const isSameSet = indentOf(line) > 0 === indentOf(last) > 0;
    if (isSameSet || (indentOf(line) === 0 && isFirstLine)) section.lines.push(line);
    else sections.push({ at, lines: [line] });
  });
  const isProse = sections.some((one) => one.lines.length > 1 && isWrapped(one.lines, wrapping));
  return isProse ? sections : whole;
}

/** Kept lines are cut at their ends, before they fill a message. In UTF-16 units. */
const LONGEST = 1500;

/** A text read for emphasis; kept lines that don't fit one message in paragraphs of even length. */
export function inPieces(text: string, line: number): Paragraph[] {
  const prose = readUnderscores(text);
  const slice = slicer(prose);
  return lineStarts(prose.text).map(({ from, to, lines }) => ({
    kind: 'paragraph',
    prose: slice(from, to),
    line: line + lines,
  }));
}

function lineStarts(text: string): { from: number; to: number; lines: number }[] {
  const rows = text.split('\n');
  if (text.length <= LONGEST || rows.length === 1) return [{ from: 0, to: text.length, lines: 0 }];
  const share = text.length / Math.ceil(text.length / LONGEST);
  const pieces: { from: number; to: number; lines: number }[] = [];
  let from = 0;
  let at = 0;
  let lines = 0;
  rows.forEach((row, index) => {
    const to = at + row.length;
    const next = rows[index + 1];
    const isFull = to - from >= share * 0.85 && /[.!?]["”’»)]*$/.test(row);
    if (next === undefined || isFull || to - from + 1 + next.length > share * 1.15) {
      pieces.push({ from, to, lines });
      from = to + 1;
      lines = index + 1;
    }
    at = to + 1;
  });
  return pieces;
}
