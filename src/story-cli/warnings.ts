import { isShown } from '../story/bind.ts';
import type { Block, Heading, Manuscript, Remark } from '../story/manuscript.ts';
import type { Book } from '../story/story.ts';
import { isWrapped, wrappingOf } from '../story/wrapping.ts';

/** Of one kind of warning, so many are given by line. */
const MOST = 20;

/** What whoever keeps the stories may want to mend in a file, though it can be told. */
export function warningsOf(manuscript: Manuscript, book: Book): Remark[] {
  const { split, asText } = trace(manuscript.blocks, book);
  return [
    ...aboutFacts(manuscript, book),
    ...aboutLines(manuscript.blocks),
    ...aboutLength(book),
    ...few(asText),
    ...few(split),
  ];
}

function few(remarks: readonly Remark[]): Remark[] {
  const more = remarks.length - MOST;
  return more <= 0
    ? [...remarks]
    : [...remarks.slice(0, MOST), { text: `… and ${more} more like the last.` }];
}

function aboutFacts({ title, language }: Manuscript, book: Book): Remark[] {
  const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
  return [
    ...(title === undefined
      ? [{ text: `There is no title in it: its file's name serves, "${book.title}".` }]
      : []),
    ...(language !== undefined && names.of(language) === undefined
      ? [{ text: `"${language}" is the tag of no known language.` }]
      : []),
  ];
}

/** Plain text is told line for line, so lines that a program broke stay broken. */
function aboutLines(blocks: readonly Block[]): Remark[] {
  const runs = blocks.flatMap((block) =>
    block.kind === 'paragraph'
      ? [{ lines: block.prose.text.split('\n'), line: block.line ?? 1, gap: 1 }]
      : [],
  );
  const broken = runs.filter(({ lines }) => lines.length > 2);
  const wrapping = wrappingOf(broken);
  if (wrapping === undefined) return [];
  const wrapped = broken.filter(({ lines }) => isWrapped(lines, wrapping));
  const [first] = wrapped;
  if (first === undefined || wrapped.length < Math.max(3, broken.length / 2)) return [];
  const text = `Its lines are wrapped at about ${wrapping.width} characters, and are told so. Without line ends inside paragraphs it reads better.`;
  return [{ line: first.line, text }];
}

const TINY = 100;
const MANY = 30;

function aboutLength({ passages }: Book): Remark[] {
  const tiny = passages.filter(({ text }) => text.length < TINY).length;
  if (passages.length < MANY || tiny < passages.length / 2) return [];
  const share = Math.round((100 * tiny) / passages.length);
  const text = `${share} % of its passages have fewer than ${TINY} characters: with "by: page", /read tells several at once.`;
  return [{ text }];
}

/** Finds what became of each block: the passages tell the blocks in order. */
function trace(blocks: readonly Block[], { chapters, passages }: Book) {
  const split: Remark[] = [];
  const asText: Remark[] = [];
  let passage = 0;
  let chapter = 0;
  const waiting: Heading[] = [];
  const tell = (text: string): number => {
    const first = passage;
    for (let told = 0; told < text.length && passage < passages.length; passage++) {
      const { text: part = '', after = '' } = passages[passage] ?? {};
      told += part.length + after.length;
    }
    return passage - first;
  };
  const tellWaiting = (isOver: boolean) => {
    for (const heading of waiting.splice(0)) {
      const { title, first } = chapters[chapter] ?? {};
      if (!isOver && title === heading.title && first === passage + 1) chapter++;
      else {
        asText.push(toldAsText(heading));
        tell(heading.prose.text);
      }
    }
  };
  for (const block of blocks) {
    if (block.kind === 'break') continue;
    if (block.kind === 'heading' && isShown(block)) {
      waiting.push(block);
      continue;
    }
    tellWaiting(false);
    if (block.kind === 'heading') asText.push(toldAsText(block));
    const parts = tell(block.prose.text);
    if (parts > 1) {
      split.push(
        remark(block.line, `The paragraph is too long for one message: told in ${parts}.`),
      );
    }
  }
  tellWaiting(true);
  return { split, asText };
}

function toldAsText({ title, line }: Heading): Remark {
  return remark(line, `The heading is told as text: "${start(title)}".`);
}

function remark(line: number | undefined, text: string): Remark {
  return line === undefined ? { text } : { line, text };
}

function start(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 59).trimEnd()}…`;
}
