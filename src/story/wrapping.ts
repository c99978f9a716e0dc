import { indentOf, type LineRun } from './line-runs.ts';

/*
 * Whether lines were broken by a program or by their author. A program fills each line: the first
 * word of the next would not have fitted. Over twenty novels as archives have them, all wrapped
 * paragraphs keep to that, in some books but for a few characters (programs that even lines out,
 * and hands that mended some); verse does not, and its lines begin with capitals where prose lines
 * seldom do.
 */

/** How a text was wrapped, in UTF-16 units. */
export interface Wrapping {
  readonly width: number;
  /** What lines fall short of it though the next word would have fitted. */
  readonly slack: number;
}

const MOST_SLACK = 10;
const MOSTLY = 0.8;
/** Archives wrap at 60 to 80; longer lines were not wrapped at all. */
const WIDEST = 110;
const NARROWEST = 55;
const USUAL = 72;

/** How a text was wrapped; undefined when it was not. */
export function wrappingOf(runs: readonly LineRun[]): Wrapping | undefined {
  const all = runs.flatMap(({ lines }) => lines.map((line) => line.length));
  if (percentile(all, 0.95) > WIDEST) return undefined;
  const flush = runs.filter(({ lines }) => lines.every((line) => indentOf(line) === 0));
  const prose = flush.filter(({ lines }) => lines.length > 2 && capitalShare(lines) < 0.6);
  const short = flush.filter(({ lines }) => lines.length === 2 && capitalShare(lines) === 0);
  const inner = (prose.length > 0 ? prose : short).flatMap(({ lines }) =>
    lines.slice(0, -1).map((line) => line.length),
  );
  const width = inner.length === 0 ? USUAL : Math.max(NARROWEST, percentile(inner, 0.95));
  return { width, slack: slackOf(prose, width) };
}

/** From the longer paragraphs: four lines of verse don't look wrapped by chance. */
function slackOf(prose: readonly LineRun[], width: number): number {
  const sure = prose.filter(
    ({ lines }) => lines.length > 3 && fullShare(lines, width - MOST_SLACK) >= MOSTLY,
  );
  const least = sure.flatMap(({ lines }) => reaches(lines)).reduce((a, b) => Math.min(a, b), width);
  return Math.min(MOST_SLACK, Math.max(0, width + 1 - least));
}

function percentile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(share * sorted.length)] ?? 0;
}

/** Whether a program broke these lines. One line alone is a paragraph of one. */
export function isWrapped(lines: readonly string[], wrapping: Wrapping): boolean {
  if (lines.length < 2) return true;
  const [first = 0, ...others] = lines.map(indentOf);
  const rest = others[0] ?? 0;
  if (others.some((indent) => indent !== rest)) return false;
  if (rest > 0) return first >= rest && isWrappedBlock(lines, wrapping);

  const { width, slack } = wrapping;
  const full = fullShare(lines, width - slack);
  // A line or two that a hand has mended.
  const isMended =
    full >= 0.5 && fullShare(lines, width - MOST_SLACK) === 1 && capitalShare(lines) < 0.5;
  if (full < MOSTLY && !isMended) return false;
  const isVerse = lines.length >= 4 && capitalShare(lines) >= MOSTLY;
  return !isVerse || fullShare(lines, width) === 1;
}

/** An indented paragraph. Most of what is indented is verse, so it has to be long and full. */
function isWrappedBlock(lines: readonly string[], { width, slack }: Wrapping): boolean {
  const right = lines.reduce((most, { length }) => Math.max(most, length), 0);
  const isWide = right - indentOf(lines[1] ?? '') >= 45 || right >= width - MOST_SLACK;
  if (!isWide || capitalShare(lines) >= 0.5) return false;
  return lines.length < 3
    ? fullShare(lines, width) === 1
    : fullShare(lines, right - 3 - slack) === 1;
}

/** Of the line ends inside: how many had no room for the next line's first word. */
function fullShare(lines: readonly string[], width: number): number {
  const full = reaches(lines).filter((reach) => reach > width);
  return full.length / (lines.length - 1);
}

/** How long each line but the last would be with the first word of the next. */
function reaches(lines: readonly string[]): number[] {
  return lines.slice(1).map((line, at) => {
    const [word = ''] = line.trimStart().split(' ', 1);
    return (lines[at] ?? '').length + 1 + word.length;
  });
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
  const isTight = (before: string, line: string) =>
    (hasTightDashes && (DASH_END.test(before) || /^(?:--|—)/.test(line))) ||
    (HYPHEN_END.test(before) && /^\p{L}/u.test(line)) ||
    (UNSPACED.test(before.slice(-1)) && UNSPACED.test(line.charAt(0)));
  let text = '';
  let before = '';
  for (const line of lines.map((one) => one.trim())) {
    text += before === '' || isTight(before.slice(-4), line) ? line : ` ${line}`;
    before = line;
  }
  return text;
}

/** Whether dashes stand right beside words in a text: `so--and`, not `so -- and`. */
export function hasTightDashes(text: string): boolean {
  const tight = text.match(/[^\s-](?:--|—)[^\s-]/g)?.length ?? 0;
  const spaced = text.match(/\s(?:--|—)\s/g)?.length ?? 0;
  return tight >= spaced;
}
