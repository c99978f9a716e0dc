import { indentOf, type LineRun } from './line-runs.ts';

/*
 * Whether lines were broken by a program or by their author. A program fills each line: the first
 * word of the next would not have fitted. Over twenty novels as archives have them, all wrapped
 * paragraphs keep to that but for SLACK characters (some programs even lines out, and hands have
 * mended some); verse does not, and its lines begin with capitals where prose lines seldom do.
 */
const SLACK = 10;
const MOSTLY = 0.8;
/** Archives wrap at 60 to 80; longer lines were not wrapped at all. */
const WIDEST = 110;
const NARROWEST = 55;
const USUAL = 72;

/** The width, in UTF-16 units, that a text was wrapped at; undefined when it was not. */
export function wrapWidth(runs: readonly LineRun[]): number | undefined {
  const all = runs.flatMap(({ lines }) => lines.map((line) => line.length));
  if (percentile(all, 0.95) > WIDEST) return undefined;
  const flush = runs.filter(({ lines }) => lines.every((line) => indentOf(line) === 0));
  const prose = flush.filter(({ lines }) => lines.length > 2 && capitalShare(lines) < 0.6);
  const short = flush.filter(({ lines }) => lines.length === 2 && capitalShare(lines) === 0);
  const inner = (prose.length > 0 ? prose : short).flatMap(({ lines }) =>
    lines.slice(0, -1).map((line) => line.length),
  );
  return inner.length === 0 ? USUAL : Math.max(NARROWEST, percentile(inner, 0.95));
}

function percentile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(share * sorted.length)] ?? 0;
}

/** Whether a program broke these lines at this width. One line alone is a paragraph of one. */
export function isWrapped(lines: readonly string[], width: number): boolean {
  if (lines.length < 2) return true;
  const [first = 0, ...others] = lines.map(indentOf);
  const rest = others[0] ?? 0;
  if (others.some((indent) => indent !== rest)) return false;
  if (rest > 0) return isWrappedBlock(lines, first === rest, width);

  const full = fullShare(lines, width - SLACK);
  if (full < MOSTLY) return false;
  const isVerse = lines.length >= 4 && capitalShare(lines) >= MOSTLY;
  return !isVerse || fullShare(lines, width) === 1;
}

/** An indented paragraph. Most of what is indented is verse, so it has to be long and full. */
function isWrappedBlock(lines: readonly string[], isEven: boolean, width: number): boolean {
  if (!isEven || lines.length < 3 || capitalShare(lines) >= 0.5) return false;
  const right = Math.max(...lines.map((line) => line.length));
  const measure = right - indentOf(lines[0] ?? '');
  if (measure < 45 && right < width - SLACK) return false;
  return fullShare(lines, right - 3) === 1;
}

/** Of the line ends inside: how many had no room for the next line's first word. */
function fullShare(lines: readonly string[], width: number): number {
  let full = 0;
  for (let at = 1; at < lines.length; at++) {
    const [word = ''] = (lines[at] ?? '').trimStart().split(' ', 1);
    if ((lines[at - 1] ?? '').length + 1 + word.length > width) full++;
  }
  return full / (lines.length - 1);
}

/** How many of the lines below the first begin with a capital letter, of those with a letter. */
export function capitalShare(lines: readonly string[]): number {
  const cased = lines
    .slice(1)
    .flatMap((line) => /^[^\p{L}\p{N}]*(\p{Lu}|\p{Ll})/u.exec(line)?.[1] ?? []);
  if (cased.length === 0) return 0;
  return cased.filter((letter) => /\p{Lu}/u.test(letter)).length / cased.length;
}

// No space stood between these characters before the line was broken there.
const DASH_END = /(?:--|[—–])$/;
const HYPHEN_END = /\p{L}[-‐]$/u;
const UNSPACED = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\uff01-\uff5e]/u;

/**
 * Wrapped lines as the one they were. Archives hyphenate no words, so a hyphen at a line's end is
 * a compound's; dashes have spaces around them or not, as in the rest of the text.
 */
export function unwrapped(lines: readonly string[], hasTightDashes: boolean): string {
  return lines
    .map((line) => line.trim())
    .reduce((text, line) => {
      const isTight =
        (hasTightDashes && (DASH_END.test(text) || /^(?:--|—)/.test(line))) ||
        (HYPHEN_END.test(text) && /^\p{L}/u.test(line)) ||
        (UNSPACED.test(text.slice(-1)) && UNSPACED.test(line.charAt(0)));
      return isTight ? text + line : `${text} ${line}`;
    });
}

/** Whether dashes stand right beside words in a text: `so--and`, not `so -- and`. */
export function hasTightDashes(text: string): boolean {
  const tight = text.match(/[^\s-](?:--|—)[^\s-]/g)?.length ?? 0;
  const spaced = text.match(/\s(?:--|—)\s/g)?.length ?? 0;
  return tight >= spaced;
}
