import { type Contents, contentsOf, keyOf, MOST_HEADING_LINES } from './archive-contents.ts';
import {
  type Headline,
  headlineOf,
  isCapitalized,
  isInCapitals,
  numeralOf,
} from './heading-words.ts';
import { flat, type LineRun } from './line-runs.ts';

/**
 * A chapter's heading, the runs from `first` up to `end`: "CHAPTER I." and, where there is more,
 * "Down the Rabbit-Hole".
 */
export interface FoundHeading {
  readonly first: number;
  readonly end: number;
  readonly label: string;
  readonly rest: string;
}

export interface Outline {
  /** By the index of their first runs. */
  readonly headings: ReadonlyMap<number, FoundHeading>;
  /** The runs of lists of headings: a table of contents. None overlaps another. */
  readonly lists: readonly { readonly first: number; readonly end: number }[];
}

type Candidate = FoundHeading & Headline;

/** Behind the ranks of headings with words; and of one that may stand anywhere. */
const NUMERALS = 100;
const ANY = -1;

/**
 * The headings of chapters among a text's runs of lines. When in doubt a run is none: it is told
 * all the same, as text.
 *
 * A heading is known by its words (`CHAPTER I`), by a number in a row of such numbers, as a line of
 * the table of contents, or by capitals with much space above. Where several stand together, those
 * that lead down to the text are headings (`BOOK ONE`, `CHAPTER I`); others before them are a list.
 *
 * @param known texts in capitals that are none: the title, say
 */
export function outlineOf(runs: readonly LineRun[], known: readonly string[]): Outline {
  const contents = contentsOf(runs);
  const candidates = candidatesOf(runs, contents, new Set(known.map(keyOf)));
  const headings = new Map<number, FoundHeading>();
  const lists: { first: number; end: number }[] = [];
  if (contents !== undefined) lists.push({ first: contents.first, end: contents.end });

  for (let at = 0; at < candidates.length; ) {
    let end = at + 1;
    while (candidates[end] && candidates[end]?.first === candidates[end - 1]?.end) end++;
    const group = candidates.slice(at, end);
    const chain = leadingDown(group);
    for (const heading of chain) headings.set(heading.first, heading);
    const listed = group.slice(0, group.length - chain.length);
    const [first, last] = [listed[0], listed.at(-1)];
    if (first !== undefined && last !== undefined && listed.length > 1) {
      lists.push({ first: first.first, end: last.end });
    }
    at = end;
  }
  return { headings, lists };
}

/** The last of these that lie within each other, greatest first, each kind once. */
function leadingDown(group: readonly Candidate[]): Candidate[] {
  const chain: Candidate[] = [];
  const kinds = new Set<string>();
  let lowest = Infinity;
  for (const candidate of group.toReversed()) {
    if (kinds.has(candidate.kind) || candidate.rank > lowest) break;
    chain.unshift(candidate);
    kinds.add(candidate.kind);
    if (candidate.rank !== ANY) lowest = candidate.rank;
  }
  return chain;
}

function candidatesOf(
  runs: readonly LineRun[],
  contents: Contents | undefined,
  known: ReadonlySet<string>,
): Candidate[] {
  const numerals = numeralsInRow(runs);
  const behind = contents?.end ?? 0;
  const body = runs.findIndex((run, at) => at >= behind && isSubstantial(run));
  const isBody = (at: number) => body >= 0 && at + 1 >= body;
  const candidates: Candidate[] = [];
  for (let at = 0; at < runs.length; at++) {
    const run = runs[at];
    if (run === undefined || run.lines.length > MOST_HEADING_LINES) continue;
    if (contents !== undefined && at >= contents.first && at < contents.end) continue;
    const text = flat(run);
    const headline = numerals.has(at)
      ? { kind: 'numeral', rank: NUMERALS, label: text, rest: '' }
      : (headlineOf(text) ??
        listed(run, text, at < behind ? undefined : contents) ??
        (isBody(at) ? setApart(run, text) : undefined));
    if (headline === undefined || known.has(keyOf(text))) continue;
    const isBare = headline.rest === '' && headline.rank !== ANY;
    const subtitle = isBare ? subtitleAt(runs, at + 1) : undefined;
    const end = subtitle === undefined ? at + 1 : at + 2;
    candidates.push({ ...headline, first: at, end, rest: subtitle ?? headline.rest });
    at = end - 1;
  }
  return candidates;
}

/** More than stands on a title page at once. */
function isSubstantial({ lines }: LineRun): boolean {
  return lines.length > 3 && lines.filter((line) => line.trim().length > 30).length > 2;
}

/** A line of the table of contents over its chapter. */
function listed(run: LineRun, text: string, contents: Contents | undefined): Headline | undefined {
  if (contents === undefined || run.gap < 2 || !contents.entries.has(keyOf(text))) return undefined;
  return { kind: 'entry', rank: ANY, label: text, rest: '' };
}

/** Capitals under three blank lines or more. */
function setApart(run: LineRun, text: string): Headline | undefined {
  if (run.gap < 3 || run.lines.length > 2 || !isTitleInCapitals(text)) return undefined;
  return { kind: 'capitals', rank: ANY, label: text, rest: '' };
}

const NO_HEADING =
  /^(?:the )?(?:end|finis|fin|ende|fine|конец|page)\b[.!]?$|^(?:by|von|par)\b|^\[/iu;

function isTitleInCapitals(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? [];
  return letters.length > 3 && isInCapitals(text) && !NO_HEADING.test(text) && !/[,;]$/.test(text);
}

/** A short title under `CHAPTER I`. */
function subtitleAt(runs: readonly LineRun[], at: number): string | undefined {
  const [run, next] = [runs[at], runs[at + 1]];
  if (run === undefined || next === undefined) return undefined;
  const text = flat(run);
  if (run.gap > 3 || run.lines.length > 2 || text.length > 90) return undefined;
  if (headlineOf(text) !== undefined || numeralOf(text) !== undefined) return undefined;
  if (!/\p{L}/u.test(text) || /^["“‘'«„[(*]/.test(text)) return undefined;
  const isTitle = isTitleInCapitals(text) || (isCapitalized(text) && !/[.!?…,;:]$/.test(text));
  return isTitle ? text : undefined;
}

/** The runs of one numeral each that count up from 1; one alone may be anything. */
function numeralsInRow(runs: readonly LineRun[]): ReadonlySet<number> {
  const found = new Set<number>();
  let row: number[] = [];
  const close = () => {
    if (row.length > 1) for (const at of row) found.add(at);
    row = [];
  };
  runs.forEach((run, at) => {
    const number = run.lines.length === 1 && run.gap > 1 ? numeralOf(flat(run)) : undefined;
    if (number === 1) close();
    if (number === row.length + 1) row.push(at);
  });
  close();
  return found;
}
