import type { BlockWriter } from './block-writer.ts';
import { type Box, leavesOf, marksOf, type Node } from './html-tree.ts';
import { joinProse } from './prose-lines.ts';
import type { Prose } from './story.ts';

type TellNodes = (nodes: readonly Node[], parent: Box, writer: BlockWriter) => void;

/** A cell with more text is no datum: the table only arranges a page. */
const CELL = 300;

/**
 * Tells a table: a line a row, its cells apart by bars. A table that only arranges a page (a cell
 * holds much text, a heading, a scene break or a further table) is told cell by cell.
 */
export function tellTable(table: Box, writer: BlockWriter, tellNodes: TellNodes): void {
  const rows = rowsOf(table);
  const others = table.children.filter((node) => !isNamed(node, ROW_OR_SECTION));
  tellNodes(others, table, writer);
  const cells = rows.map((row) => row.children.filter((node) => node.kind === 'box'));
  if (cells.flat().every(isDatum)) {
    for (const { id } of rows.flatMap(marksOf)) writer.mark(id);
    writer.paragraph(joinProse(cells.map(lineOf).filter(isFull), '\n'));
  } else {
    for (const row of rows) tellNodes(row.children, row, writer);
  }
}

const ROW_OR_SECTION = /^t(?:r|head|body|foot)$/;

function rowsOf(box: Box): Box[] {
  return box.children.flatMap((node) => {
    if (node.kind !== 'box' || !ROW_OR_SECTION.test(node.name)) return [];
    return node.name === 'tr' ? [node] : rowsOf(node);
  });
}

function isDatum(cell: Node): boolean {
  if (holds(cell, /^(?:h[1-6]|table|pre)$/)) return false;
  return leavesOf(cell).reduce((sum, { prose }) => sum + prose.text.length, 0) <= CELL;
}

function holds(node: Node, names: RegExp): boolean {
  if (node.kind !== 'box') return node.kind === 'rule';
  return names.test(node.name) || node.children.some((child) => holds(child, names));
}

function lineOf(cells: readonly Node[]): Prose {
  const proses = cells.map((cell) => {
    const prose = joinProse(
      leavesOf(cell).map((leaf) => leaf.prose),
      ' ',
    );
    return { ...prose, text: prose.text.replaceAll('\n', ' ') };
  });
  return proses.some(({ text }) => text !== '') ? joinProse(proses, ' | ') : joinProse([], '');
}

function isFull({ text }: Prose): boolean {
  return text !== '';
}

function isNamed(node: Node, names: RegExp): boolean {
  return node.kind === 'box' && names.test(node.name);
}
