import { type FoundHeading, outlineOf } from './archive-headings.ts';
import { inPieces, paragraphsOf, type Setting, textOf } from './archive-paragraphs.ts';
import { flat, type LineRun } from './line-runs.ts';
import type { Block } from './manuscript.ts';
import { hasTightDashes, isWrapped, wrappingOf } from './wrapping.ts';

/**
 * What the body of a text archive's file tells.
 * @param known texts in capitals that are no headings: the title, say
 */
export function archiveBlocks(runs: readonly LineRun[], known: readonly string[]): Block[] {
  const setting: Setting = {
    wrapping: wrappingOf(runs),
    hasTightDashes: hasTightDashes(runs.map(({ lines }) => lines.join('\n')).join('\n')),
  };
  const { headings, lists } = outlineOf(runs, known);
  const isHead = (at: number) => headings.has(at) || lists.some(({ first }) => first === at);
  const head = runs.slice(0, MOST_FRONT).findIndex((_, at) => isHead(at));
  const front = frontOf(runs.slice(0, head < 0 ? MOST_FRONT : head), setting);
  const groups = new Map([...front, ...lists].map((group) => [group.first, group]));

  const blocks: Block[] = [];
  for (let at = 0; at < runs.length; ) {
    const run = runs[at];
    if (run === undefined) break;
    const heading = headings.get(at);
    const together = groups.get(at);
    if (heading !== undefined) {
      blocks.push(...headingBlocks(heading, run));
      at = heading.end;
    } else if (together !== undefined) {
      const texts = runs.slice(at, together.end).map(({ lines }) => textOf(lines, setting));
      blocks.push(...inPieces(texts.join('\n'), run.line));
      at = together.end;
    } else {
      for (const block of paragraphsOf(run, setting)) blocks.push(block);
      at++;
    }
  }
  return blocks;
}

/** As long as a title is shown whole, in graphemes; UTF-16 units are never fewer. */
const LONGEST_TITLE = 100;

/** A heading; of one too long for a title, what stands behind its number is told as text. */
function headingBlocks({ label, rest }: FoundHeading, { line }: LineRun): Block[] {
  const whole = `${label} ${rest}`.trim();
  if (whole.length <= LONGEST_TITLE) return [headingOf(whole, line)];
  if (rest === '' || label.length > LONGEST_TITLE) return inPieces(whole, line);
  return [headingOf(label, line), ...inPieces(rest, line)];
}

function headingOf(title: string, line: number): Block {
  return { kind: 'heading', title, prose: { text: title, emphasis: [] }, line };
}

const MOST_FRONT = 60;
const SENTENCE_END = /[.!?]["”’»)\]]*$/;

/** The lines of a title page that stand together; each would be a passage of a few words. */
function frontOf(runs: readonly LineRun[], setting: Setting): { first: number; end: number }[] {
  const groups: { first: number; end: number }[] = [];
  for (let at = 0; at < runs.length; at++) {
    const run = runs[at];
    if (run === undefined || isParagraph(run, setting)) break;
    if (!isTitleLike(run)) continue;
    const group = groups.at(-1);
    if (group?.end === at) group.end = at + 1;
    else groups.push({ first: at, end: at + 1 });
  }
  return groups.filter(({ first, end }) => end - first > 1);
}

function isParagraph({ lines }: LineRun, { wrapping }: Setting): boolean {
  return lines.length > 2 && wrapping !== undefined && isWrapped(lines, wrapping);
}

/** A few lines of names and titles: hardly a word without a capital, or no sentence. */
function isTitleLike(run: LineRun): boolean {
  const text = flat(run);
  if (run.lines.length > 6 || !/[\p{L}\p{N}]/u.test(text) || text.startsWith('[')) return false;
  return text.length <= 80 && !SENTENCE_END.test(text);
}
