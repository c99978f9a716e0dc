import { joinProse, plain } from './prose-lines.ts';
import type { Prose } from './story.ts';

/** Inline text between two edges of blocks. */
export interface Leaf {
  readonly kind: 'leaf';
  readonly prose: Prose;
  readonly isPreformatted: boolean;
  /** Whether it is only the number of a printed edition's page. */
  readonly isPage: boolean;
}

/** A place that a book's navigation points to. */
export interface Mark {
  readonly kind: 'mark';
  readonly id: string;
}

/** A horizontal line. */
export interface Rule {
  readonly kind: 'rule';
}

/** A block-level element. */
export interface Box {
  readonly kind: 'box';
  readonly name: string;
  readonly id: string;
  readonly classes: readonly string[];
  /** What the element is for, by `epub:type`. */
  readonly types: readonly string[];
  /** The number it or its first item has, in a list. */
  readonly number: number | undefined;
  readonly children: readonly Node[];
}

export type Node = Leaf | Mark | Rule | Box;

/** What a box holds, the places apart. */
export function contentsOf(box: Box): Node[] {
  return box.children.filter(({ kind }) => kind !== 'mark');
}

/** The only thing that a box holds; undefined if it holds more, or nothing. */
export function onlyContent(box: Box): Node | undefined {
  let only: Node | undefined;
  for (const child of box.children) {
    if (child.kind === 'mark') continue;
    if (only !== undefined) return undefined;
    only = child;
  }
  return only;
}

/** The only inline text of a box, which may stand in further boxes; undefined if it has more. */
export function onlyLeaf(box: Box): Leaf | undefined {
  const only = onlyContent(box);
  if (only?.kind === 'leaf') return only;
  return only?.kind === 'box' ? onlyLeaf(only) : undefined;
}

/** All inline texts within, in order. */
export function leavesOf(node: Node): Leaf[] {
  const leaves: Leaf[] = [];
  const visit = (one: Node) => {
    if (one.kind === 'leaf') leaves.push(one);
    else if (one.kind === 'box') one.children.forEach(visit);
  };
  visit(node);
  return leaves;
}

/** The text within, a line each. */
export function textOf(node: Node): string {
  return leavesOf(node)
    .map(({ prose }) => prose.text)
    .join('\n');
}

/** The places within, in order. */
export function marksOf(node: Node): Mark[] {
  if (node.kind === 'mark') return [node];
  return node.kind === 'box' ? node.children.flatMap(marksOf) : [];
}

/** The nodes with this text before their first one, as far as that begins with inline text. */
export function prefixed(nodes: readonly Node[], text: string): Node[] {
  const at = nodes.findIndex(({ kind }) => kind !== 'mark');
  return nodes.map((node, index) => {
    if (index !== at) return node;
    if (node.kind === 'leaf') return { ...node, prose: joinProse([plain(text), node.prose], '') };
    const isText = node.kind === 'box' && (node.name === 'p' || node.name === 'div');
    return isText ? { ...node, children: prefixed(node.children, text) } : node;
  });
}
