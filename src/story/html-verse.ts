import { type Box, contentsOf, type Leaf, leavesOf, type Node, onlyContent } from './html-tree.ts';
import { isSceneBreak } from './scene-break.ts';

// A line of verse is shorter than a line of prose that fills the page.
const LINE = 120;
const MEAN = 70;
const VERSE_CLASS =
  /^(?:poem|poetry|verse|stanza|strophe|canto|lines?|linegroup|lyrics?)(?:[-_]|\d|$)/i;
const VERSE_TYPE = /^z3998:(?:poem|verse|song|hymn|lyrics)$/;

/**
 * The line that a block may be; undefined for any other block. It is one of inline text alone, without
 * line breaks: a `div`, or, where a class or `epub:type` says that this is verse, a `p`.
 */
export function lineOf(node: Node, parent: Box | undefined): Leaf | undefined {
  if (node.kind !== 'box') return undefined;
  if (node.name === 'p' ? !(isVerse(node) || (parent && isVerse(parent))) : node.name !== 'div') {
    return undefined;
  }
  const only = onlyContent(node);
  if (only?.kind !== 'leaf') return undefined;
  const isOther = only.isPreformatted || only.isPage || only.prose.text.includes('\n');
  return isOther || isSceneBreak(only.prose.text) ? undefined : only;
}

/** How many lines a block holds if it holds nothing else, as a quotation in a stanza does; else 0. */
export function linesIn(node: Node): number {
  if (node.kind !== 'box' || (node.name !== 'div' && node.name !== 'blockquote')) return 0;
  // A block is asked by each block around it, so that without this deep nesting is quadratic.
  const known = counts.get(node);
  if (known !== undefined) return known;
  let count = 0;
  for (const child of contentsOf(node)) {
    const lines = lineOf(child, node) === undefined ? linesIn(child) : 1;
    count += lines;
    if (lines > 0) continue;
    count = 0;
    break;
  }
  counts.set(node, count);
  return count;
}

const counts = new WeakMap<Box, number>();

/**
 * The lines of a stanza, to be told in one: blocks that are at least two lines, each as short as in
 * verse; among paragraphs that are `div`s, short ones are no verse.
 * Lines in groups must be the fewer, else the groups are the stanzas. Undefined for other blocks.
 */
export function stanzaOf(run: readonly Node[], parent: Box | undefined): Leaf[] | undefined {
  let own = 0;
  let grouped = 0;
  for (const node of run) {
    if (lineOf(node, parent) === undefined) grouped += linesIn(node);
    else own++;
  }
  if (own < 2 || grouped >= own) return undefined;
  const lines = run.flatMap(leavesOf);
  const lengths = lines.map(({ prose }) => prose.text.length);
  const sum = lengths.reduce((all, length) => all + length, 0);
  const isShort = lengths.every((length) => length <= LINE) && sum <= MEAN * lines.length;
  return isShort ? lines : undefined;
}

function isVerse({ classes, types }: Box): boolean {
  return (
    classes.some((one) => VERSE_CLASS.test(one)) || types.some((type) => VERSE_TYPE.test(type))
  );
}
