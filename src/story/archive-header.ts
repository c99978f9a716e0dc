import type { Marks } from './archive-marks.ts';
import { languageNamed } from './language-tag.ts';
import type { Manuscript } from './manuscript.ts';

/**
 * What the header of a text archive's file says of the text, in lines like `Title: …`, and the
 * credit that goes with it.
 */
export function readHeader(
  lines: readonly string[],
  { archive, text }: Marks,
): Omit<Manuscript, 'blocks'> {
  const fields = fieldsOf(lines);
  const whole = lines.join('\n');
  const title = fields.get('title') ?? text;
  const author = fields.get('author') ?? fields.get('authors');
  const language = firstLanguage(fields.get('language'));
  const number = /\b(?:EBook|Etext|E-text)\s*#\s*(\d+)/i.exec(whole)?.[1];
  const isGutenberg = /^project gutenberg$/i.test(archive);
  return {
    ...(title !== '' && { title }),
    ...(author !== undefined && { author }),
    ...(language !== undefined && { language }),
    ...(isGutenberg && number && { source: `https://www.gutenberg.org/ebooks/${number}` }),
    rights: rightsOf(fields, archive, number, whole),
  };
}

/** The header's fields, by their names in lower case; lines below that go on belong to a field. */
function fieldsOf(lines: readonly string[]): Map<string, string> {
  const fields = new Map<string, string>();
  let last: string | undefined;
  for (const line of lines) {
    const { name, value } =
      /^(?<name>[A-Z][A-Za-z ]{2,30}):\s*(?<value>.*)$/.exec(line)?.groups ?? {};
    if (name !== undefined && value !== undefined) {
      last = name.toLowerCase();
      if (!fields.has(last)) fields.set(last, value.trim());
    } else if (line.trim() === '') {
      last = undefined;
    } else if (last !== undefined) {
      fields.set(last, continued(fields.get(last) ?? '', line.trim()));
    }
  }
  for (const [name, value] of fields) {
    if (value.trim() === '') fields.delete(name);
    else fields.set(name, value.trim());
  }
  return fields;
}

// A title's line is broken before its subtitle, or because it is full, or anywhere in a phrase.
const GOES_ON =
  /[\p{P}\p{S}]$|\b(?:a|an|the|of|and|or|in|on|to|for|with|by|de|la|le|les|et|der|die|das|und|von)$/iu;
const FULL = 58;

function continued(before: string, more: string): string {
  if (before === '' || before.length >= FULL || GOES_ON.test(before)) return `${before} ${more}`;
  return /^\p{Lu}/u.test(more) ? `${before}: ${more}` : `${before} ${more}`;
}

/** "Translated by X. From Project Gutenberg, eBook #11: in the public domain in the USA." */
function rightsOf(
  fields: ReadonlyMap<string, string>,
  archive: string,
  number: string | undefined,
  header: string,
): string {
  const people = HELPERS.flatMap(([name, done]) => {
    const who = fields.get(name) ?? fields.get(`${name}s`);
    return who === undefined ? [] : [`${done} by ${who.replace(/\.$/, '')}.`];
  });
  const from = archive === '' ? 'a text archive' : inTitleCase(archive);
  const book = number === undefined ? '' : `, eBook #${number}`;
  const state = /\bcopyrighted\b/i.test(header)
    ? ': copyrighted, under the licence in the file'
    : /\balmost\s+no\s+restrictions\b/i.test(header)
      ? ': in the public domain in the USA'
      : '';
  return [...people, `From ${from}${book}${state}.`].join(' ');
}

const HELPERS = [
  ['translator', 'Translated'],
  ['editor', 'Edited'],
  ['illustrator', 'Illustrated'],
] as const;

function inTitleCase(archive: string): string {
  return archive.toLowerCase().replace(/(?<!\p{L})\p{L}/gu, (letter) => letter.toUpperCase());
}

/** The tag of a header's language, of several the first. */
function firstLanguage(names: string | undefined): string | undefined {
  return languageNamed(names?.split(/,|;|\band\b/)[0] ?? '');
}
