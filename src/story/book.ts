import { bind } from './bind.ts';
import { oneLine } from './blocks.ts';
import { StoryError } from './error.ts';
import { LIMITS } from './limits.ts';
import type { Manuscript } from './manuscript.ts';
import { baseName, slugOf } from './slug.ts';
import type { Book, Fits } from './story.ts';

/**
 * Makes a book of what a file holds; its slug is the file's name.
 * @param name the file's name with the ending, without folders
 * @param fits decides how much of a paragraph one message holds
 * Throws a StoryError when there is nothing to tell, the name has neither a letter nor a digit, or
 * the book is longer than LIMITS allow.
 */
export function bookOf(name: string, manuscript: Manuscript, fits: Fits): Book {
  const slug = slugOf(name);
  if (slug === '') {
    throw new StoryError("The file's name needs a letter or a digit before its ending.");
  }
  const book = bind(manuscript, { slug, title: oneLine(baseName(name)) }, fits);
  const { passages, chapters, ...facts } = book;
  if (passages.length === 0) throw new StoryError('The file has no text to tell.');
  atMost(LIMITS.passages, passages.length, 'passages');
  atMost(LIMITS.facts, charactersIn(Object.values(facts)), 'characters of title and summary');
  const titles = chapters.map(({ title }) => title);
  atMost(LIMITS.chapters, charactersIn(titles), 'characters of chapter titles');
  return book;
}

function charactersIn(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length, 0);
}

function atMost(most: number, count: number, what: string): void {
  if (count <= most) return;
  throw new StoryError(
    `The file has more than ${most.toLocaleString('en')} ${what}: split it into several.`,
  );
}
