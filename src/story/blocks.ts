/** What a text file is made of, before it is known what fits a message. */
export interface Blocks {
  readonly title?: string;
  readonly blocks: readonly Block[];
}

export interface Paragraph {
  readonly kind: 'paragraph';
  readonly source: string;
}

export interface Heading {
  readonly kind: 'heading';
  readonly title: string;
  /** The whole line. */
  readonly source: string;
}

export type Block = Paragraph | Heading;

const TITLE_LIMIT = 100;
const SENTENCE_END = /[.!?…。！？][\p{Pe}\p{Pf}\p{Pi}"']*$/u;
const TITLE_LINE = /^#[ \t]+(\S.*)$/;
const CHAPTER_LINE = /^##[ \t]+(\S.*)$/;

/**
 * A plain text: paragraphs between blank lines, no markup. The first is the title when it is one
 * short line that does not end like a sentence, and others follow.
 */
export function readPlainText(text: string): Blocks {
  const blocks = paragraphs(text);
  const first = blocks[0]?.source;
  return first !== undefined && blocks.length > 1 && isTitle(first)
    ? { title: first, blocks: blocks.slice(1) }
    : { blocks };
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
 * and paragraphs. A later `# line` is text, as is every other block that Markdown knows.
 */
export function readMarkdown(body: string): Blocks {
  const start = body.search(/\S/);
  const lineStart = body.lastIndexOf('\n', start) + 1;
  const lineEnd = body.indexOf('\n', start);
  const firstLine = body.slice(lineStart, lineEnd < 0 ? body.length : lineEnd);
  const title = TITLE_LINE.exec(firstLine)?.[1];
  return title === undefined
    ? { blocks: blocksOf(body) }
    : { title, blocks: blocksOf(lineEnd < 0 ? '' : body.slice(lineEnd)) };
}

function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let lines: string[] = [];
  const close = () => {
    blocks.push(...paragraphs(lines.join('\n')));
    lines = [];
  };
  for (const line of text.split('\n')) {
    const title = CHAPTER_LINE.exec(line)?.[1];
    if (title === undefined) {
      lines.push(line);
    } else {
      close();
      blocks.push({ kind: 'heading', title, source: line.trim() });
    }
  }
  close();
  return blocks;
}

function paragraphs(text: string): Paragraph[] {
  const found: Paragraph[] = [];
  let lines: string[] = [];
  for (const line of [...text.split('\n'), '']) {
    if (line.trim() !== '') {
      lines.push(line);
    } else if (lines.length > 0) {
      found.push({ kind: 'paragraph', source: lines.join('\n').trim() });
      lines = [];
    }
  }
  return found;
}
