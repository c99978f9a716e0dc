import type { Told } from './block-writer.ts';
import { oneLine } from './blocks.ts';
import type { Block, Heading, Paragraph } from './manuscript.ts';
import { plain } from './prose-lines.ts';

/** As many blocks after a place are looked at for its heading. */
const NEAR = 4;
/** A longer label is no title. */
const LABEL_LIMIT = 200;
const PICTURE = /^(?:\[[^[\]]*\]\s*)+$/;

/**
 * Makes chapters of the places that a book's table of contents points to. Where a heading stands,
 * that is the chapter's. Where a paragraph says what the label does, the paragraph is the heading.
 * Elsewhere the label becomes one, unless only pictures follow.
 * @param told blocks and places
 * @param labels of each place
 */
export function placeChapters(
  told: readonly Told[],
  labels: ReadonlyMap<string, readonly string[]>,
): Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at < told.length; ) {
    const one = told[at];
    if (one === undefined) break;
    if (one.kind !== 'mark') {
      blocks.push(one);
      at++;
      continue;
    }
    let wanted = new Set<string>();
    let file = '';
    for (let mark = told[at]; mark?.kind === 'mark'; mark = told[++at]) {
      const path = mark.id.slice(0, mark.id.lastIndexOf('#'));
      // A file without text, a cover for one, leaves no label behind.
      if (path !== file) wanted = new Set();
      file = path;
      for (const label of labels.get(mark.id) ?? []) wanted.add(label);
    }
    const near = blocksNear(told, at);
    const { headings, taken } = chapterAt([...wanted], near, blocks.at(-1));
    for (const heading of headings) blocks.push(heading);
    at += taken;
  }
  return blocks;
}

/** The blocks up to the next place. */
function blocksNear(told: readonly Told[], from: number): Block[] {
  const near: Block[] = [];
  for (let at = from; at < from + NEAR; at++) {
    const one = told[at];
    if (one === undefined || one.kind === 'mark') break;
    near.push(one);
  }
  return near;
}

/** The headings to be set at a place, and how many of the blocks there they take the place of. */
function chapterAt(
  labels: readonly string[],
  near: readonly Block[],
  before: Block | undefined,
): { headings: Block[]; taken: number } {
  const headings = near.filter((block) => block.kind === 'heading');
  const own = headings.find((heading) => labels.some((label) => isSame(heading, label)));
  // Above a chapter's heading, the label of the part that begins with it.
  const others = own === undefined ? [] : labels.filter((label) => !isSame(own, label));
  const isHere = near.find(({ kind }) => kind !== 'break')?.kind === 'heading';
  const isBefore = before?.kind === 'heading' && labels.some((label) => isSame(before, label));
  if (own !== undefined && isHere && others.length > 0) {
    return { headings: others.filter(isShort).map(headingOf), taken: 0 };
  }
  if (own !== undefined || isHere || isBefore) return { headings: [], taken: 0 };

  for (const label of labels) {
    const said = paragraphsSaying(label, near);
    if (said !== undefined) return said;
  }
  const isTold = near.some(
    (block) => block.kind === 'paragraph' && !PICTURE.test(block.prose.text),
  );
  return { headings: isTold ? labels.filter(isShort).map(headingOf) : [], taken: 0 };
}

/** The paragraphs that together say a label and no more, as headings, and what stands before them. */
function paragraphsSaying(
  label: string,
  near: readonly Block[],
): { headings: Block[]; taken: number } | undefined {
  const goal = comparable(label);
  const start = near.findIndex(
    (block) => block.kind === 'paragraph' && !PICTURE.test(block.prose.text),
  );
  let said = '';
  for (let at = start; at >= 0 && at < near.length && said.length < goal.length; at++) {
    const block = near[at];
    if (block?.kind !== 'paragraph') return undefined;
    said += comparable(block.prose.text);
    if (goal !== '' && said === goal) {
      const before = near.slice(0, start);
      const headings = near
        .slice(start, at + 1)
        .filter((one) => one.kind === 'paragraph')
        .map(asHeading);
      return { headings: [...before, ...headings], taken: at + 1 };
    }
  }
  return undefined;
}

function asHeading({ prose }: Paragraph): Heading {
  return { kind: 'heading', title: oneLine(prose.text), prose };
}

function headingOf(label: string): Heading {
  return { kind: 'heading', title: label, prose: plain(label) };
}

function isShort(label: string): boolean {
  return label.length <= LABEL_LIMIT;
}

function isSame({ title }: Heading, label: string): boolean {
  const [one, other] = [comparable(title), comparable(label)];
  return one !== '' && other !== '' && (one.includes(other) || other.includes(one));
}

/** Letters and digits only, without case. */
function comparable(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}
