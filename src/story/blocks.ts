import { readAsterisks } from './asterisks.ts';
import type { Block, Manuscript } from './manuscript.ts';
import type { Prose } from './story.ts';

/** What a text says of itself and tells. */
type Read = Pick<Manuscript, 'title' | 'blocks'>;

const TITLE_LIMIT = 100;
const SENTENCE_END = /[.!?…。！？؟۔।॥][\p{Pe}\p{Pf}\p{Pi}"']*$/u;
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
  const [first, ...rest] = paragraphs(text.split('\n'), 1);
  const isTitled = first !== undefined && rest.length > 0 && isTitle(first.source);
  const told = isTitled || first === undefined ? rest : [first, ...rest];
  return {
    ...(isTitled && { title: oneLine(first.source) }),
    blocks: told.map(({ source, line }) => ({ kind: 'paragraph', prose: literal(source), line })),
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
 * @param firstLine the number of the body's first line in the file
 */
export function readMarkdown(body: string, firstLine = 1): Read {
  const lines = body.split('\n');
  const first = lines.findIndex((line) => line.trim() !== '');
  const title = TITLE_LINE.exec(lines[first] ?? '')?.[1];
  return title === undefined
    ? { blocks: blocksOf(lines, firstLine) }
    : {
        title: oneLine(readAsterisks(title).text),
        blocks: blocksOf(lines.slice(first + 1), firstLine + first + 1),
      };
}

function blocksOf(lines: readonly string[], firstLine: number): Block[] {
  const blocks: Block[] = [];
  let start = 0;
  const close = (end: number) => {
    for (const { source, line } of paragraphs(lines.slice(start, end), firstLine + start)) {
      if (SCENE_BREAK.test(source)) blocks.push({ kind: 'break' });
      else blocks.push({ kind: 'paragraph', prose: readAsterisks(source), line });
    }
    start = end + 1;
  };
  lines.forEach((line, at) => {
    const title = CHAPTER_LINE.exec(line)?.[1];
    if (title === undefined) return;
    close(at);
    blocks.push({
      kind: 'heading',
      title: oneLine(readAsterisks(title).text),
      prose: readAsterisks(line.trim()),
      line: firstLine + at,
    });
  });
  close(lines.length);
  return blocks;
}

/** The runs of lines that are not blank, and where they begin in the file. */
function paragraphs(
  lines: readonly string[],
  firstLine: number,
): { source: string; line: number }[] {
  const found: { source: string; line: number }[] = [];
  let start: number | undefined;
  for (let at = 0; at <= lines.length; at++) {
    const isBlank = (lines[at] ?? '').trim() === '';
    if (!isBlank) start ??= at;
    else if (start !== undefined) {
      found.push({ source: lines.slice(start, at).join('\n').trim(), line: firstLine + start });
      start = undefined;
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
