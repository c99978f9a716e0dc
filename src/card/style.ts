import { hasRightToLeft } from '../story/direction.ts';
import type { Prose } from '../story/story.ts';

export interface Style {
  readonly italic: boolean;
  readonly bold: boolean;
}

/** A stretch of a text in one style. */
export interface Run extends Style {
  readonly text: string;
}

/** Cuts the stretch of a text from one position up to another, in UTF-16 units, as runs. */
export type Styler = (from: number, to: number) => Run[];

const ITALIC = 1;
const BOLD = 2;

/**
 * Cuts a text into runs: emphasis is italic, strong emphasis bold.
 *
 * A text with any letters from right to left in it is all one style. Their scripts have no
 * italics, and a line that is handed to the renderer in one piece gets its bidirectional order
 * (UAX #9) from it.
 */
export function styler({ text, emphasis }: Prose): Styler {
  const styles = new Uint8Array(text.length);
  if (!hasRightToLeft(text)) {
    for (const { start, end, strong } of emphasis) {
      for (let at = start; at < end; at++)
        styles[at] = (styles[at] ?? 0) | (strong ? BOLD : ITALIC);
    }
  }
  return (from, to) => {
    const runs: Run[] = [];
    for (let start = from; start < to; ) {
      const style = styles[start] ?? 0;
      let end = start + 1;
      while (end < to && styles[end] === style) end++;
      runs.push({
        text: text.slice(start, end),
        italic: (style & ITALIC) !== 0,
        bold: (style & BOLD) !== 0,
      });
      start = end;
    }
    return runs;
  };
}
