import { type Box, contentsOf, type Leaf, type Node } from './html-tree.ts';

// A line of verse is shorter than a line of prose that fills the page.
const LINE = 120;
const MEAN = 70;
const VERSE_CLASS =
  /^(?:poem|poetry|verse|stanza|strophe|canto|lines?|linegroup|lyrics?)(?:[-_]|\d|$)/i;
const VERSE_TYPE = /^z3998:(?:poem|verse|song|hymn|lyrics)$/;

/** Blocks that follow each other, a line each or a group of lines. */
export interface Run {
  readonly lines: readonly Leaf[];
  /** How many of the lines stand in groups. */
  readonly grouped: number;
}

/**
 * The line that a block is; undefined for any other block. It is one of inline text alone, without
 * line breaks: a `div`, or, where a class or `epub:type` says that this is verse, a `p`.
 */
export function lineOf(node: Node, parent: Box | undefined): Leaf | undefined {
  if (node.kind !== 'box') return undefined;
  if (node.name === 'p' ? !(isVerse(node) || (parent && isVerse(parent))) : node.name !== 'div') {
    return undefined;
  }
  const [only, ...others] = contentsOf(node);
  if (only?.kind !== 'leaf' || others.length > 0) return undefined;
  if (only.isPreformatted || only.isPage || only.prose.text.includes('\n')) return undefined;
  return only.prose.text.length <= LINE ? only : undefined;
}

/** The lines of a block that holds nothing else, as a quotation within a stanza does. */
export function groupOf(node: Node): Leaf[] | undefined {
  if (node.kind !== 'box' || (node.name !== 'div' && node.name !== 'blockquote')) return undefined;
  const lines: Leaf[] = [];
  for (const child of contentsOf(node)) {
    const line = lineOf(child, node);
    const more = line === undefined ? groupOf(child) : [line];
    if (more === undefined) return undefined;
    for (const one of more) lines.push(one);
  }
  return lines.length > 0 ? lines : undefined;
}

/**
 * Whether lines are a stanza, to be told in one: at least two, as short as verse is. Lines in groups
 * must be the fewer, else the groups are the stanzas.
 */
export function isStanza({ lines, grouped }: Run): boolean {
  const length = lines.reduce((sum, { prose }) => sum + prose.text.length, 0);
  return lines.length - grouped >= 2 && grouped * 2 < lines.length && length <= MEAN * lines.length;
}

function isVerse({ classes, types }: Box): boolean {
  return (
    classes.some((one) => VERSE_CLASS.test(one)) || types.some((type) => VERSE_TYPE.test(type))
  );
}
