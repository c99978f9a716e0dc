import { readAsterisks } from './asterisks.ts';
import { type Block, type Heading, readMarkdown, readPlainText } from './blocks.ts';
import { StoryError } from './error.ts';
import { readFrontMatter } from './frontmatter.ts';
import { baseName, slugOf } from './slug.ts';
import { split } from './split.ts';
import type { Chapter, Fits, Passage, Prose, Story } from './story.ts';

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
export function parseStory({ name, text }: Source, fits: Fits): Story {
  const slug = slugOf(name);
  if (slug === '') {
    throw new StoryError("The file's name needs a letter or a digit before its ending.");
  }
  const isMarkdown = /\.md$/i.test(name);
  const { matter, body } = isMarkdown ? readFrontMatter(text) : { matter: {}, body: text };
  const found = isMarkdown ? readMarkdown(body) : readPlainText(body);
  const read = isMarkdown ? readAsterisks : literal;

  const title = oneLine(
    matter.title ?? (found.title === undefined ? baseName(name) : read(found.title).text),
  );
  const { language = 'en', rating = 'general' } = matter;
  const contents = tell(found.blocks, read, language, (prose, headings) =>
    fits(prose, headings, title),
  );
  if (contents.passages.length === 0) throw new StoryError('The file has no text to tell.');
  return { rating, ...matter, slug, title, language, ...contents };
}

function literal(text: string): Prose {
  return { text, emphasis: [] };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

// Headings that stand together may fill a message only so far that this still fits under them.
const LEAST_TEXT: Prose = literal('x'.repeat(40));

/**
 * Numbers the passages and sets the chapters over them. A heading that no passage follows, or
 * that would leave its first passage no room, is told as text, so that nothing is lost.
 */
function tell(
  blocks: readonly Block[],
  read: (source: string) => Prose,
  language: string,
  fits: (prose: Prose, headings: readonly string[]) => boolean,
): { chapters: Chapter[]; passages: Passage[] } {
  const chapters: Chapter[] = [];
  const passages: Passage[] = [];
  let waiting: Heading[] = [];
  const titles = () => waiting.map((heading) => oneLine(read(heading.title).text));

  const tellParagraph = (prose: Prose, headings: readonly string[]) => {
    const parts = split(prose, language, (part, first) => fits(part, first ? headings : []));
    const first = passages.length + 1;
    chapters.push(...headings.map((title) => ({ title, first })));
    parts.forEach(({ text, emphasis, after }, index) => {
      const last = index === parts.length - 1;
      passages.push({ number: first + index, text, emphasis, after: last ? '\n\n' : after });
    });
  };
  const tellWaiting = () => {
    for (const heading of waiting) tellParagraph(read(heading.source), []);
    waiting = [];
  };

  for (const block of blocks) {
    if (block.kind === 'heading') {
      waiting.push(block);
      if (!fits(LEAST_TEXT, titles())) {
        waiting.pop();
        tellWaiting();
        waiting.push(block);
      }
    } else {
      const prose = read(block.source);
      tellParagraph(prose, titles());
      waiting = [];
    }
  }
  tellWaiting();

  const last = passages.pop();
  if (last !== undefined) passages.push({ ...last, after: '' });
  return { chapters, passages };
}
