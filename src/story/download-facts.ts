import { type Box, contentsOf, textOf } from './html-tree.ts';
import { languageNamed } from './language-tag.ts';
import { ratingNamed } from './rating-names.ts';
import type { Rating } from './story.ts';

/** What an archive says of a story. */
export interface DownloadFacts {
  title?: string;
  author?: string;
  language?: string;
  rating?: Rating;
  summary?: string;
}

const LINE = /^([A-Z][\p{L} /-]{1,30}?)\s*:\s*(.*)$/u;
const LABELS = new Set(
  (
    'archive warning|archive warnings|author|author url|authors|by|category|categories|chapters|' +
    'characters|collections|completed|erotica tags|fandom|fandoms|file|genre|genres|language|' +
    'packaged|pairing|pairings|published|publisher|rated|rating|relationship|relationships|series|' +
    'site|stats|status|story url|summary|tags|title|updated|warning|warnings|word count|words'
  ).split('|'),
);
// `Rated: Fiction K+ - English - Adventure - Chapters: 3 - Words: 4,000 - …`
const ONE_LINE =
  /^Rated:\s*(?:Fiction\s+)?(K\+?|T|MA?)\s+-\s+(\p{L}+)\s+-\s.*\b(?:Chapters|Words|Status|Published|Updated|id):/u;
const LEAST = 3;
/** A summary of more UTF-16 units is the story. */
const SUMMARY = 4000;

/** The facts in a list of terms as `Rating:` with what holds for each. */
export function factsOfTags(list: Box): DownloadFacts {
  const facts: DownloadFacts = {};
  let label = '';
  for (const node of contentsOf(list)) {
    const text = textOf(node).replace(/\s+/g, ' ').trim();
    if (node.kind === 'box' && node.name === 'dt') label = text.replace(/:$/, '').toLowerCase();
    else if (text !== '') set(facts, label, text);
  }
  return facts;
}

/**
 * The facts in lines that are nothing but facts: at least three with a label that archives use, and
 * few others; or one line that says it all. Undefined for any other lines.
 */
export function factsOfLines(lines: readonly string[]): DownloadFacts | undefined {
  const [first = ''] = lines;
  const all = lines.length === 1 ? ONE_LINE.exec(first) : null;
  if (all !== null) {
    const facts: DownloadFacts = {};
    set(facts, 'rating', all[1] ?? '');
    set(facts, 'language', all[2] ?? '');
    return facts;
  }

  const facts: DownloadFacts = {};
  const labels = new Set<string>();
  let others = 0;
  let label = '';
  for (const line of lines) {
    const [, name, value = ''] = LINE.exec(line) ?? [];
    const known = name?.toLowerCase() ?? '';
    if (LABELS.has(known)) {
      label = known;
      labels.add(label);
      set(facts, label, value.trim());
    } else if (label === 'summary') {
      if ((facts.summary?.length ?? 0) > SUMMARY) return undefined;
      facts.summary = `${facts.summary ?? ''}\n${line}`.trim();
    } else if (line.trim() !== '') {
      others++;
    }
  }
  return labels.size >= LEAST && others * 2 < labels.size ? facts : undefined;
}

function set(facts: DownloadFacts, label: string, value: string): void {
  if (value === '') return;
  if (label === 'title') facts.title = value;
  else if (label === 'author' || label === 'authors' || label === 'by') facts.author ??= value;
  else if (label === 'summary') facts.summary = value;
  else if (label === 'language') {
    const language = languageNamed(value);
    if (language !== undefined) facts.language = language;
  } else if (label === 'rating' || label === 'rated') {
    const [name = ''] = value.split(/\s+-\s+|\s*[(,;]/);
    // Stars are no rating of this kind; a word that is not known may mean adults.
    if (/\p{L}/u.test(name)) facts.rating = ratingNamed(name) ?? 'mature';
  }
}
