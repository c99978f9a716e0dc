import type { BlockWriter } from './block-writer.ts';
import { type Box, contentsOf, marksOf, type Node, onlyLeaf, prefixed } from './html-tree.ts';
import { joinProse, plain } from './prose-lines.ts';
import type { Prose } from './story.ts';

type TellNodes = (nodes: readonly Node[], parent: Box, writer: BlockWriter) => void;

/** A longer item is a paragraph of its own. */
const ITEM = 300;
/** Lists in each other deeper than this are told item by item. */
const INDENT_LIMIT = 16;

/** Tells a list: its items as the lines of one paragraph if each is short, else one by one. */
export function tellList(list: Box, writer: BlockWriter, tellNodes: TellNodes): void {
  const lines = linesOf(list, '');
  if (lines !== undefined) {
    for (const { id } of marksOf(list)) writer.mark(id);
    writer.paragraph(joinProse(lines, '\n'));
    return;
  }
  let number = list.number ?? 1;
  for (const child of list.children) {
    if (child.kind === 'box' && child.name === 'li') {
      number = child.number ?? number;
      tellNodes(prefixed(child.children, bulletOf(list, number)), child, writer);
      number++;
    } else {
      tellNodes([child], list, writer);
    }
  }
}

/** The lines of a list all of whose items are short, those of lists in it indented. */
function linesOf(list: Box, indent: string): Prose[] | undefined {
  if (indent.length > INDENT_LIMIT) return undefined;
  const lines: Prose[] = [];
  let number = list.number ?? 1;
  for (const child of contentsOf(list)) {
    if (child.kind !== 'box') return undefined;
    number = child.number ?? number;
    const bullet = child.name === 'li' ? bulletOf(list, number) : '';
    const own = isList(child) ? linesOf(child, `${indent}  `) : itemLines(child, indent, bullet);
    if (own === undefined) return undefined;
    for (const line of own) lines.push(line);
    if (child.name === 'li') number++;
  }
  return lines;
}

function itemLines(item: Box, indent: string, bullet: string): Prose[] | undefined {
  const [first, ...rest] = contentsOf(item);
  if (first === undefined) return [];
  const leaf = first.kind === 'leaf' ? first : isText(first) ? onlyLeaf(first) : undefined;
  if (leaf === undefined || leaf.isPreformatted || leaf.prose.text.length > ITEM) return undefined;
  const lines = [joinProse([plain(indent + bullet), leaf.prose], '')];
  for (const node of rest) {
    const nested = isList(node) ? linesOf(node, `${indent}  `) : undefined;
    if (nested === undefined) return undefined;
    for (const line of nested) lines.push(line);
  }
  return lines;
}

function isList(node: Node): node is Box {
  return node.kind === 'box' && /^(?:ul|ol|menu|dir)$/.test(node.name);
}

function isText(node: Node): node is Box {
  return node.kind === 'box' && (node.name === 'p' || node.name === 'div');
}

function bulletOf(list: Box, number: number): string {
  if (list.name === 'dl') return '';
  return list.name === 'ol' ? `${number}. ` : '• ';
}
