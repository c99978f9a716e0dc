import { type Headline, headlineOf, isCapitalized, numeralOf } from './heading-words.ts';
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
  /** The runs of lists of headings: a table of contents. Rising, none overlaps. */
  readonly lists: readonly { readonly first: number; readonly end: number }[];
}

/** What may be a heading. `kind` and `rank` are as in a Headline; a rank of -1 is any. */
interface Candidate extends FoundHeading {
  readonly kind: string;
  readonly rank: number;
}

const NUMERALS = 6;
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
    while (candidates[end] !== undefined && candidates[end]?.first === candidates[end - 1]?.end)
      end++;
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

const CONTENTS =
  /^(?:the )?(?:table of )?contents\b[.:]?$|^(?:inhalt|inhaltsverzeichnis|table des mati[eè]res|table|sommaire|[íi]ndice|inhoud|sis[äa]llys|inneh[åa]ll|содержание|оглавление|list of [a-z]+)[.:]?$/iu;
const MOST_HEADING_LINES = 3;

interface Contents {
  readonly first: number;
  readonly end: number;
  /** The keys of its lines. */
  readonly entries: ReadonlySet<string>;
}

/** The table of contents: from its heading to where its first entries come again. */
function contentsOf(runs: readonly LineRun[]): Contents | undefined {
  const first = runs.findIndex(({ lines }) => CONTENTS.test(flat({ lines: lines.slice(0, 1) })));
  if (first < 0) return undefined;
  const entries: string[] = [];
  let end = first;
  for (; end < runs.length; end++) {
    const run = runs[end];
    if (run === undefined || (end > first && (isProse(run) || comesAgain(run, entries)))) break;
    const lines = end === first ? run.lines.slice(1) : run.lines;
    entries.push(...lines.map((line) => keyOf(line)), keyOf(flat({ lines })));
  }
  const keys = new Set(entries.filter((key) => key.length > 2));
  return end - first < 2 && runs[first]?.lines.length === 1
    ? undefined
    : { first, end, entries: keys };
}

/** Entries of a table that are waited for: the very first may be a line of its own (`PAGE`). */
const FIRST_ENTRIES = 6;

function comesAgain({ lines }: LineRun, entries: readonly string[]): boolean {
  if (lines.length > MOST_HEADING_LINES) return false;
  return entries.slice(0, FIRST_ENTRIES).includes(keyOf(flat({ lines })));
}

function isProse({ lines }: LineRun): boolean {
  return (
    lines.length > 3 && lines.filter((line) => /^\S.{54}/.test(line)).length > lines.length / 2
  );
}

/**
 * What of a line is the same in a table of contents and over a chapter: of a numbered heading the
 * kind and the number, of others letters and digits, without a page's number.
 */
function keyOf(line: string): string {
  const text = line.replace(/(?:(?:\s*[._·]){2,}|\s{2,})\s*(?:\d+|[ivxlc]+)\s*$/, '');
  const bare = flat({ lines: [text] });
  const { rest, label } = headlineOf(bare) ?? {};
  const said = rest === undefined || label === undefined ? bare : label;
  return said
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function candidatesOf(
  runs: readonly LineRun[],
  contents: Contents | undefined,
  known: ReadonlySet<string>,
): Candidate[] {
  const inRow = numeralsInRow(runs);
  const body = runs.findIndex(isProse);
  const candidates: Candidate[] = [];
  for (let at = 0; at < runs.length; at++) {
    const run = runs[at];
    if (run === undefined || run.lines.length > MOST_HEADING_LINES) continue;
    if (contents !== undefined && at >= contents.first && at < contents.end) continue;
    const text = flat(run);
    const headline = inRow.has(at)
      ? { kind: 'numeral', rank: NUMERALS, label: text, rest: '' }
      : (headlineOf(text) ?? unworded(runs, at, text, { contents, known, body }));
    if (headline === undefined) continue;
    const subtitle =
      headline.rest === '' && headline.rank !== ANY ? subtitleAt(runs, at + 1) : undefined;
    const end = subtitle === undefined ? at + 1 : at + 2;
    candidates.push({ ...headline, first: at, end, rest: subtitle ?? headline.rest });
    at = end - 1;
  }
  return candidates;
}

/** A run that is a heading by where and how it stands. */
function unworded(
  runs: readonly LineRun[],
  at: number,
  text: string,
  book: { contents: Contents | undefined; known: ReadonlySet<string>; body: number },
): Headline | undefined {
  const run = runs[at];
  const { contents, known, body } = book;
  const key = keyOf(text);
  if (run === undefined || text.length > 120 || known.has(key)) return undefined;
  if (contents !== undefined && at >= contents.end && run.gap > 1 && contents.entries.has(key)) {
    return { kind: 'entry', rank: ANY, label: text, rest: '' };
  }
  const isSetApart = run.gap > 2 && run.lines.length < 3 && isInCapitals(text);
  const isOfBody = at > body || isProse(runs[at + 1] ?? run);
  return isSetApart && isOfBody
    ? { kind: 'capitals', rank: ANY, label: text, rest: '' }
    : undefined;
}

const ENDS = /^(?:the )?(?:end|finis|fin|ende|fine|конец)\b[.!]?$|^(?:by|von|par)\s|^\[/i;

function isInCapitals(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? [];
  return letters.length > 3 && !/\p{Ll}/u.test(text) && /\p{Lu}/u.test(text) && !ENDS.test(text);
}

/** A short title under `CHAPTER I`. */
function subtitleAt(runs: readonly LineRun[], at: number): string | undefined {
  const [run, next] = [runs[at], runs[at + 1]];
  if (run === undefined || next === undefined || run.gap > 3 || run.lines.length > 2)
    return undefined;
  const text = flat(run);
  if (text.length > 90 || headlineOf(text) !== undefined || numeralOf(text) !== undefined)
    return undefined;
  if (!/\p{L}/u.test(text) || /^["“‘'«„[(*]/.test(text)) return undefined;
  return isInCapitals(text) || (isCapitalized(text) && !/[.!?…,;:]$/.test(text)) ? text : undefined;
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
    const number = run.lines.length === 1 ? numeralOf(flat(run)) : undefined;
    if (number === undefined) return;
    if (number === 1) close();
    if (number === row.length + 1) row.push(at);
  });
  close();
  return found;
}
