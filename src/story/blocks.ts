import { readAsterisks } from './asterisks.ts';
import type { Block, Manuscript } from './manuscript.ts';
import type { Prose } from './story.ts';

/** What a text says of itself and tells. */
type Read = Pick<Manuscript, 'title' | 'blocks'>;

const TITLE_LIMIT = 100;
const SENTENCE_END = /[.!?…。！？][\p{Pe}\p{Pf}\p{Pi}"']*$/u;
const TITLE_LINE = /^#[ \t]+(\S.*)$/;
const CHAPTER_LINE = /^##[ \t]+(\S.*)$/;
// Of CommonMark's thematic breaks the one of asterisks, where it is a paragraph of its own: hyphens
// are as often decoration.
const SCENE_BREAK = /^(?:\*[ \t]*){3,}$/;

/**
 * A plain text: paragraphs between blank lines, no markup. The first is the title when it is one
 * short line that does not end like a sentence, and others follow.
 */
export function readPlainText(text: string): Read {
  const [first, ...rest] = paragraphs(text);
  const isTitled = first !== undefined && rest.length > 0 && isTitle(first);
  const told = isTitled || first === undefined ? rest : [first, ...rest];
  return {
    ...(isTitled && { title: oneLine(first) }),
    blocks: told.map((source) => ({ kind: 'paragraph', prose: literal(source) })),
  };
}

function isTitle(paragraph: string): boolean {
  return (
    !paragraph.includes('\n') &&
    Array.from(paragraph).length <= TITLE_LIMIT &&
    !SENTENCE_END.test(paragraph)
  );
}

/**
 * A Markdown text without its front matter: `# Title` as its first line, `## Chapter` anywhere,
 * scene breaks (a paragraph `* * *`), and paragraphs. A later `# line` is text, as is every other block that
 * Markdown knows.
 */
export function readMarkdown(body: string): Read {
  const start = body.search(/\S/);
  const lineStart = body.lastIndexOf('\n', start) + 1;
  const lineEnd = body.indexOf('\n', start);
  const firstLine = body.slice(lineStart, lineEnd < 0 ? body.length : lineEnd);
  const title = TITLE_LINE.exec(firstLine)?.[1];
  return title === undefined
    ? { blocks: blocksOf(body) }
    : {
        title: oneLine(readAsterisks(title).text),
        blocks: blocksOf(lineEnd < 0 ? '' : body.slice(lineEnd)),
      };
}

function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let lines: string[] = [];
  const close = () => {
    for (const source of paragraphs(lines.join('\n'))) {
      if (SCENE_BREAK.test(source)) blocks.push({ kind: 'break' });
      else blocks.push({ kind: 'paragraph', prose: readAsterisks(source) });
    }
    lines = [];
  };
  for (const line of text.split('\n')) {
    const title = CHAPTER_LINE.exec(line)?.[1];
    if (title !== undefined) {
      close();
      blocks.push({
        kind: 'heading',
        title: oneLine(readAsterisks(title).text),
        prose: readAsterisks(line.trim()),
      });
    } else {
      lines.push(line);
    }
  }
  close();
  return blocks;
}

function paragraphs(text: string): string[] {
  const found: string[] = [];
  let lines: string[] = [];
  for (const line of [...text.split('\n'), '']) {
    if (line.trim() !== '') {
      lines.push(line);
    } else if (lines.length > 0) {
      found.push(lines.join('\n').trim());
      lines = [];
    }
  }
  return found;
}

function literal(text: string): Prose {
  return { text, emphasis: [] };
}

/** A title as it stands in one line. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
