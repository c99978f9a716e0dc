import { bind } from './bind.ts';
import { oneLine, readMarkdown, readPlainText } from './blocks.ts';
import { StoryError } from './error.ts';
import { readFrontMatter } from './frontmatter.ts';
import type { Manuscript } from './manuscript.ts';
import { baseName, slugOf } from './slug.ts';
import type { Book, Fits } from './story.ts';

/** A story's file: its name with the ending, and its text with LF line ends. */
export interface Source {
  readonly name: string;
  readonly text: string;
}

/**
 * Reads a story from its file's text; a name in `.md` makes it Markdown, any other plain text.
 * @param fits decides how much of a paragraph one message holds
 * Throws a StoryError when there is nothing to tell, the front matter can't be used, or the name
 * has neither a letter nor a digit.
 */
export function parseStory({ name, text }: Source, fits: Fits): Book {
  const slug = slugOf(name);
  if (slug === '') {
    throw new StoryError("The file's name needs a letter or a digit before its ending.");
  }
  const manuscript = /\.md$/i.test(name) ? markdown(text) : readPlainText(text);
  const book = bind(manuscript, { slug, title: oneLine(baseName(name)) }, fits);
  if (book.passages.length === 0) throw new StoryError('The file has no text to tell.');
  return book;
}

function markdown(text: string): Manuscript {
  const { matter, body } = readFrontMatter(text);
  const { title, ...found } = readMarkdown(body);
  const told = matter.title === undefined ? title : oneLine(matter.title);
  return { ...matter, ...found, ...(told !== undefined && { title: told }) };
}
