import type { BlockWriter } from './block-writer.ts';
import { tellList } from './html-lists.ts';
import { tellTable } from './html-tables.ts';
import { type Box, leavesOf, marksOf, type Node } from './html-tree.ts';
import { lineOf, linesIn, stanzaOf } from './html-verse.ts';
import { joinProse } from './prose-lines.ts';

const HEADING = /^h[1-6]$/;
const LIST = /^(?:ul|ol|dl|menu|dir)$/;

/** Tells the blocks of a document, or of a box in it, in order. */
export function tellNodes(
  nodes: readonly Node[],
  parent: Box | undefined,
  writer: BlockWriter,
): void {
  let run: Node[] = [];
  const endRun = () => {
    if (run.length > 0) tellRun(run, parent, writer);
    run = [];
  };
  for (const node of nodes) {
    const isInRun =
      node.kind === 'mark'
        ? run.length > 0
        : lineOf(node, parent) !== undefined || linesIn(node) > 0;
    if (isInRun) {
      run.push(node);
    } else {
      endRun();
      tellNode(node, writer);
    }
  }
  endRun();
}

/** Tells blocks that are lines or groups of lines: in one if they are a stanza. */
function tellRun(run: readonly Node[], parent: Box | undefined, writer: BlockWriter): void {
  const stanza = stanzaOf(run, parent)?.map(({ prose }) => prose);
  if (stanza !== undefined) {
    for (const { id } of run.flatMap(marksOf)) writer.mark(id);
    writer.paragraph(joinProse(stanza, '\n'));
    return;
  }
  let own: Node[] = [];
  const tellOwn = () => {
    const isAll = own.length === run.length;
    if (isAll) for (const node of own) tellNode(node, writer);
    else if (own.length > 0) tellRun(own, parent, writer);
    own = [];
  };
  for (const node of run) {
    if (node.kind === 'mark' || lineOf(node, parent) !== undefined) {
      own.push(node);
    } else {
      tellOwn();
      tellNode(node, writer);
    }
  }
  tellOwn();
}

function tellNode(node: Node, writer: BlockWriter): void {
  if (node.kind === 'box') tellBox(node, writer);
  else if (node.kind === 'mark') writer.mark(node.id);
  else if (node.kind === 'rule') writer.sceneBreak();
  else if (node.isPage) writer.page(node.prose);
  else writer.paragraph(node.prose);
}

function tellBox(box: Box, writer: BlockWriter): void {
  if (HEADING.test(box.name)) {
    for (const { id } of marksOf(box)) writer.mark(id);
    const proses = leavesOf(box).map(({ prose }) => prose);
    writer.heading(joinProse(proses, ' '));
  } else if (LIST.test(box.name)) {
    tellList(box, writer, tellNodes);
  } else if (box.name === 'table') {
    tellTable(box, writer, tellNodes);
  } else {
    tellNodes(box.children, box, writer);
  }
}
