/** The most characters that the name of an autocomplete choice may have. */
export const CHOICE_LIMIT = 100;

/** A text as the name of an autocomplete choice: one line, cut at a word where it is too long. */
export function choiceName(text: string, limit = CHOICE_LIMIT): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  if (line.length <= limit) return line;
  const cut = line.slice(0, limit - 1);
  const space = cut.lastIndexOf(' ');
  // Without a space near the end (Japanese, say) it is cut between two characters.
  const end = space > limit / 2 ? cut.slice(0, space) : cut.replace(/[\uD800-\uDBFF]$/, '');
  return `${end}…`;
}

/** A text with what a typing reader does not care about left out: accents, case, quotation marks. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll(/[‘’‚‛'`´]/g, "'")
    .replaceAll(/[“”„‟«»"]/g, '"')
    .toLowerCase()
    .trim();
}
