import { bind } from './bind.ts';
import { oneLine } from './blocks.ts';
import { StoryError } from './error.ts';
import type { Manuscript } from './manuscript.ts';
import { baseName, slugOf } from './slug.ts';
import type { Book, Fits } from './story.ts';

/**
 * Makes a book of what a file holds; its slug is the file's name.
 * @param name the file's name with the ending, without folders
 * @param fits decides how much of a paragraph one message holds
 * Throws a StoryError when there is nothing to tell, or the name has neither a letter nor a digit.
 */
export function bookOf(name: string, manuscript: Manuscript, fits: Fits): Book {
  const slug = slugOf(name);
  if (slug === '') {
    throw new StoryError("The file's name needs a letter or a digit before its ending.");
  }
  const book = bind(manuscript, { slug, title: oneLine(baseName(name)) }, fits);
  if (book.passages.length === 0) throw new StoryError('The file has no text to tell.');
  return book;
}
