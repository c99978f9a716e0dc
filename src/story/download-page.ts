import { type DownloadFacts, factsOfLines, factsOfTags } from './download-facts.ts';
import { type Box, contentsOf, type Node, onlyLeaf, prefixed, textOf } from './html-tree.ts';

/** A document without what an archive adds to a story, and what that said of it. */
export interface Download {
  readonly nodes: readonly Node[];
  readonly facts: DownloadFacts;
  /** Whether anything was taken off. */
  readonly isArchived: boolean;
}

const LABEL = /^(?:(?:Chapter |Work )?(?:End )?Notes?|(?:Chapter )?Summary):?$/;
/** As many blocks from the start are looked at for a block of facts. */
const START = 40;

/**
 * Takes what a story archive adds off a downloaded story: the title page with tags and statistics,
 * where it was posted, how to comment. What the author wrote stays, notes and chapter summaries too;
 * the story's own summary becomes a fact, since the title card shows it.
 *
 * Known are the downloads of Archive of Our Own's software (`#preface`, `#chapters`, `#afterword`,
 * `dl.tags`, as HTML or in an EPUB), and a list of facts at the start, a line or a table row each
 * (`Rating: T`), as FanFicFare and others write it, or in one line (`Rated: Fiction T - English - …`).
 */
export function readDownload(nodes: readonly Node[]): Download {
  const facts: DownloadFacts = {};
  let isArchived = false;
  let looked = 0;

  const take = (found: DownloadFacts) => {
    isArchived = true;
    Object.assign(facts, found);
  };

  /** The node as it is told; none if an archive added it. */
  const strip = (node: Node, frame: string): Node[] => {
    if (node.kind !== 'box') {
      return node.kind === 'leaf' && isFacts(node) ? [] : [node];
    }
    const inner = /^(?:preface|chapters|afterword)$/.test(node.id) ? node.id : frame;
    if (inner === 'preface' || inner === 'afterword') {
      if (takesAway(node, inner)) return [];
    }
    if (inner !== '' && node.classes.includes('endnote-link')) return [];
    if (frame === '' && inner === '' && isFacts(node)) return [];
    return [{ ...node, children: stripAll(node.children, inner) }];
  };

  const takesAway = (box: Box, frame: string): boolean => {
    const text = () => textOf(box).trim();
    if (box.name === 'dl' && box.classes.includes('tags')) take(factsOfTags(box));
    else if (box.name === 'h1' && frame === 'preface') take({ title: text() });
    else if (box.classes.includes('byline')) take(authorOf(text()));
    else if (box.classes.includes('toc-heading')) take({});
    else if (box.name === 'p' && box.classes.includes('message')) take({});
    else return false;
    return true;
  };

  const stripAll = (children: readonly Node[], frame: string): Node[] => {
    const told: Node[] = [];
    for (let at = 0; at < children.length; at++) {
      const node = children[at];
      if (node === undefined) continue;
      const next = children[at + 1];
      const label = frame === '' ? undefined : labelOf(node);
      if (label !== undefined && next?.kind === 'box' && next.name === 'blockquote') {
        at++;
        if (label === 'Summary' && frame === 'preface') {
          take({ summary: textOf(next) });
        } else {
          told.push({ ...next, children: prefixed(next.children, `${label}\n`) });
        }
      } else {
        told.push(...strip(node, frame));
      }
    }
    return told;
  };

  const isFacts = (node: Node): boolean => {
    if (looked++ > START) return false;
    const found = factsOfLines(factLinesOf(node));
    if (found === undefined) return false;
    take(found);
    return true;
  };

  return { nodes: stripAll(nodes, ''), facts, isArchived };
}

function labelOf(node: Node): string | undefined {
  if (node.kind !== 'box' || node.name !== 'p') return undefined;
  const text = onlyLeaf(node)?.prose.text;
  return text !== undefined && LABEL.test(text) ? text : undefined;
}

function authorOf(text: string): DownloadFacts {
  const author = text.replace(/^by\s+/i, '').replace(/\s+/g, ' ');
  return author === '' ? {} : { author };
}

/** The lines of a block that can hold facts only: a text, a list or a table, a row being a line. */
function factLinesOf(node: Node): string[] {
  if (node.kind !== 'box') return node.kind === 'leaf' ? node.prose.text.split('\n') : [];
  if (node.name === 'table' || node.name === 'dl') return rowsOf(node);
  const leaf = /^(?:h[1-6]|pre)$/.test(node.name) ? undefined : onlyLeaf(node);
  return leaf?.prose.text.split('\n') ?? [];
}

function rowsOf(node: Node): string[] {
  if (node.kind !== 'box') return [];
  if (node.name === 'tr') return [textOf(node).replaceAll('\n', ' ')];
  if (node.name !== 'dl') return node.children.flatMap(rowsOf);
  const rows: string[] = [];
  for (const child of contentsOf(node)) {
    const text = textOf(child).replaceAll('\n', ' ');
    if (child.kind === 'box' && child.name === 'dt') rows.push(text);
    else rows.push(`${rows.pop() ?? ''} ${text}`);
  }
  return rows;
}
