/** Lines of a text without a blank line among them. */
export interface LineRun {
  /** Without white space at their ends; that at their beginnings says how they are set. */
  readonly lines: readonly string[];
  /** The first line's number in the file, from 1. */
  readonly line: number;
  /** How many blank lines stand above it. */
  readonly gap: number;
}

/** The runs of lines among those from index `from` up to `to`. */
export function runsOf(lines: readonly string[], from: number, to: number): LineRun[] {
  const runs: LineRun[] = [];
  let current: string[] = [];
  let gap = 0;
  for (let at = from; at <= to; at++) {
    const line = at < to ? (lines[at] ?? '').trimEnd() : '';
    if (line !== '') {
      current.push(line.replaceAll('\t', '        '));
      continue;
    }
    if (current.length > 0) {
      runs.push({ lines: current, line: at - current.length + 1, gap });
      current = [];
      gap = 0;
    }
    gap++;
  }
  return runs;
}

/** How far a line is indented. */
export function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** A run on one line, without emphasis. */
export function flat({ lines }: Pick<LineRun, 'lines'>): string {
  return lines
    .map((line) => line.trim())
    .join(' ')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}
