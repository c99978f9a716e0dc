const LIMIT = 100;
const WORDS = /(?:[\p{L}\p{N}]\p{M}*)+/gu;
const ENDING = /\.(?:txt|md|html?|xhtml|epub)$/i;

/** Whether a file of this name is taken for a story. */
export function isStoryFile(fileName: string): boolean {
  return ENDING.test(fileName);
}

/** A story file's name without its ending. */
export function baseName(fileName: string): string {
  return fileName.replace(ENDING, '');
}

/**
 * The name a story goes by in options and in the store: letters, digits and single hyphens, at
 * most 100 UTF-16 units (Discord's limit for an option's value), or '' when nothing is left.
 */
export function slugOf(fileName: string): string {
  const words = baseName(fileName).normalize('NFKC').toLowerCase().match(WORDS) ?? [];
  return words
    .join('-')
    .slice(0, LIMIT)
    .replace(/[\uD800-\uDBFF]$/, '')
    .replace(/-$/, '');
}
