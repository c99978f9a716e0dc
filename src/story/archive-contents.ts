import { headlineOf, numberedKey } from './heading-words.ts';
import { flat, type LineRun } from './line-runs.ts';

/** A table of contents: the runs from `first` up to `end`. */
export interface Contents {
  readonly first: number;
  readonly end: number;
  /** The keys of its lines. */
  readonly entries: ReadonlySet<string>;
}

const TITLE =
  /^(?:(?:the )?(?:table of )?contents|inhalt|inhaltsverzeichnis|table des mati[eè]res|table|sommaire|[íi]ndice|inhoud|sis[äa]llys|inneh[åa]ll|содержание|оглавление|list of \p{L}+)[.:]?$/iu;

/** No heading, in a table or over a chapter, has more lines. */
export const MOST_HEADING_LINES = 3;

/** Entries that are waited for: the very first may be a line of its own (`PAGE`). */
const FIRST_ENTRIES = 6;

/** Longer lines are no entries, in UTF-16 units. */
const LONGEST = 250;

/** Where no entry comes again, the table's end is a guess; more than this is no table. In lines. */
const MOST_SHARE = 0.15;
const ALWAYS = 40;

/** The table of contents: from its title to where prose begins or its first entries come again. */
export function contentsOf(runs: readonly LineRun[]): Contents | undefined {
  const first = runs.findIndex(({ lines }) => TITLE.test(flat({ lines: lines.slice(0, 1) })));
  if (first < 0) return undefined;
  const entries: string[] = [];
  let count = 0;
  let end = first;
  for (const run of runs.slice(first)) {
    const isOver = end > first && (isProse(run) || comesAgain(run, entries));
    if (isOver) break;
    const lines = end === first ? run.lines.slice(1) : run.lines;
    for (const line of lines) entries.push(keyOf(line));
    entries.push(keyOf(flat({ lines })));
    count += run.lines.length;
    end++;
  }
  const all = runs.reduce((sum, { lines }) => sum + lines.length, 0);
  if (count < 3 || count > Math.max(ALWAYS, all * MOST_SHARE)) return undefined;
  return { first, end, entries: new Set(entries.filter((key) => key.length > 2)) };
}

function comesAgain({ lines }: LineRun, entries: readonly string[]): boolean {
  if (lines.length > MOST_HEADING_LINES) return false;
  const key = keyOf(flat({ lines }));
  return key !== '' && entries.slice(0, FIRST_ENTRIES).includes(key);
}

function isProse({ lines }: LineRun): boolean {
  const long = lines.filter((line) => /^\S.{54}/.test(line));
  return lines.length > 3 && long.length > lines.length / 2;
}

/**
 * What of a line is the same in a table of contents and over a chapter: of a numbered heading the
 * kind and the number, of others letters and digits, without a page's number.
 */
export function keyOf(line: string): string {
  if (line.length > LONGEST) return '';
  const text = line.replace(/(?:(?:\s*[._·]){2,}|\s{2,})\s*(?:\d+|[ivxlc]+)\s*$/, '');
  const bare = flat({ lines: [text] });
  const label = headlineOf(bare)?.label ?? bare;
  const words = label.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return numberedKey(label) ?? words.join(' ');
}
