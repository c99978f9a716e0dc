import { spawnSync } from 'node:child_process';
import type { Block } from '../src/story/manuscript.ts';

/** Whether this machine has pandoc, the judge of what words a book has. */
export const hasPandoc = spawnSync('pandoc', ['--version']).status === 0;

const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const BLOCKS = new Set(
  'Plain Para LineBlock CodeBlock BlockQuote OrderedList BulletList DefinitionList Header Table Div Note'.split(
    ' ',
  ),
);

/** The words of a text in order, whatever stands between them. */
export function wordsOf(text: string): string[] {
  return text.normalize('NFKC').match(WORD) ?? [];
}

/** The words of what is told: headings, and paragraphs. */
export function toldWords(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => (block.kind === 'break' ? [] : wordsOf(block.prose.text)));
}

/** The words of a document's body as pandoc reads it. */
export function pandocWords(format: 'html' | 'epub', document: string | Uint8Array): string[] {
  const { stdout, stderr, status } = spawnSync('pandoc', ['-f', format, '-t', 'json'], {
    input: document,
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  if (status !== 0) throw new Error(`pandoc: ${stderr}`);
  const pieces: string[] = [];
  gather(JSON.parse(stdout).blocks, pieces);
  return wordsOf(pieces.join(''));
}

/** Pandoc's document is a tree of `{t: type, c: content}`. */
function gather(node: unknown, pieces: string[]): void {
  if (Array.isArray(node)) {
    for (const one of node) gather(one, pieces);
  } else if (typeof node === 'object' && node !== null && 't' in node) {
    const content = 'c' in node ? node.c : undefined;
    const type = String(node.t);
    if (type === 'Str') pieces.push(String(content));
    else if (type === 'Space' || type === 'SoftBreak' || type === 'LineBreak') pieces.push(' ');
    else if ((type === 'Code' || type === 'CodeBlock') && Array.isArray(content)) {
      pieces.push(String(content[1]));
    } else if (type !== 'RawInline' && type !== 'RawBlock') gather(content, pieces);
    if (BLOCKS.has(type)) pieces.push('\n');
  }
}
