import type { BlockWriter } from './block-writer.ts';
import { tellList } from './html-lists.ts';
import { tellTable } from './html-tables.ts';
import { type Box, type Leaf, leavesOf, marksOf, type Node } from './html-tree.ts';
import { groupOf, isStanza, lineOf } from './html-verse.ts';
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
    tellRun(run, parent, writer);
    run = [];
  };
  for (const node of nodes) {
    if (node.kind === 'mark' && run.length > 0) run.push(node);
    else if (lineOf(node, parent) !== undefined || groupOf(node) !== undefined) run.push(node);
    else {
      endRun();
      tellNode(node, writer);
    }
  }
  endRun();
}

/** Tells blocks that are lines or groups of lines: in one if they are a stanza. */
function tellRun(run: readonly Node[], parent: Box | undefined, writer: BlockWriter): void {
  const groups = run.map((node) => (lineOf(node, parent) ? undefined : groupOf(node)));
  const lines = run.flatMap((node, at) => lineOf(node, parent) ?? groups[at] ?? []);
  const grouped = groups.reduce((sum, group) => sum + (group?.length ?? 0), 0);
  if (isStanza({ lines, grouped })) {
    tellLines(run, lines, writer);
  } else if (grouped > 0) {
    let own: Node[] = [];
    run.forEach((node, at) => {
      if (groups[at] === undefined) own.push(node);
      else {
        tellRun(own, parent, writer);
        own = [];
        tellNode(node, writer);
      }
    });
    tellRun(own, parent, writer);
  } else {
    for (const node of run) tellNode(node, writer);
  }
}

function tellLines(nodes: readonly Node[], lines: readonly Leaf[], writer: BlockWriter): void {
  for (const { id } of nodes.flatMap(marksOf)) writer.mark(id);
  writer.paragraph(
    joinProse(
      lines.map(({ prose }) => prose),
      '\n',
    ),
  );
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
