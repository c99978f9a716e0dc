import { readArchiveText } from './archive-text.ts';
import { oneLine, readMarkdown, readPlainText } from './blocks.ts';
import { bookOf } from './book.ts';
import { readFrontMatter } from './frontmatter.ts';
import type { Manuscript } from './manuscript.ts';
import type { Book, Fits } from './story.ts';

/** A story's file: its name with the ending, and its text with LF line ends. */
export interface Source {
  readonly name: string;
  readonly text: string;
}

/**
 * Makes a book of a file's text.
 * @param fits decides how much of a paragraph one message holds
 * Throws a StoryError as `bookOf` does, and when the text can't be used.
 */
export function parseStory(source: Source, fits: Fits): Book {
  return bookOf(source.name, manuscriptOf(source), fits);
}

/**
 * Reads a file's text; a name in `.md` makes it Markdown, any other plain text, which may be from a
 * text archive. Throws a StoryError when its front matter or the archive's marks can't be used.
 */
export function manuscriptOf({ name, text }: Source): Manuscript {
  if (/\.md$/i.test(name)) return markdown(text);
  return readArchiveText(text) ?? readPlainText(text);
}

function markdown(text: string): Manuscript {
  const { matter, body } = readFrontMatter(text);
  const bodyLine = text.slice(0, text.length - body.length).split('\n').length;
  const { title, ...found } = readMarkdown(body, bodyLine);
  const told = matter.title === undefined ? title : oneLine(matter.title);
  return { ...matter, ...found, ...(told !== undefined && { title: told }) };
}
