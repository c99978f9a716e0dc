import { oneLine } from './blocks.ts';
import type { Mark } from './html-tree.ts';
import type { Block } from './manuscript.ts';
import { joinProse, trimmed } from './prose-lines.ts';
import { isSceneBreak } from './scene-break.ts';
import type { Prose } from './story.ts';

/** A block of a manuscript, or a place that a book's navigation points to. */
export type Told = Block | Mark;

export interface BlockWriter {
  paragraph(prose: Prose): void;
  /** The number of a printed page that stands between blocks. */
  page(prose: Prose): void;
  heading(prose: Prose): void;
  sceneBreak(): void;
  mark(id: string): void;
  /** All that was written; nothing may be written afterwards. */
  finish(): Told[];
}

/**
 * Writes blocks one after the other. A page's number that stands alone goes to the end of the
 * paragraph before, or, after a heading, to the beginning of the one that follows: nobody wants to
 * be told a number.
 */
export function createBlockWriter(): BlockWriter {
  const told: Told[] = [];
  // Numbers that belong to the paragraph at `last`, or, where that is none, to the next one.
  let pages: Prose[] = [];
  let last = -1;

  const settlePages = () => {
    const before = told[last];
    if (pages.length > 0) {
      if (before?.kind === 'paragraph') {
        told[last] = { kind: 'paragraph', prose: joinProse([before.prose, ...pages], ' ') };
      } else {
        told.push({ kind: 'paragraph', prose: joinProse(pages, ' ') });
      }
    }
    pages = [];
  };
  const add = (block: Block) => {
    settlePages();
    last = told.push(block) - 1;
  };

  return {
    paragraph(untrimmed) {
      const prose = trimmed(untrimmed);
      if (prose.text === '') return;
      if (isSceneBreak(prose.text)) {
        add({ kind: 'break' });
        return;
      }
      const isAfter = told[last]?.kind === 'paragraph';
      if (isAfter || pages.length === 0) {
        add({ kind: 'paragraph', prose });
      } else {
        const leading = pages;
        pages = [];
        add({ kind: 'paragraph', prose: joinProse([...leading, prose], ' ') });
      }
    },
    page(prose) {
      pages.push(prose);
    },
    heading(prose) {
      const title = oneLine(prose.text);
      if (title !== '') add({ kind: 'heading', title, prose });
    },
    sceneBreak() {
      add({ kind: 'break' });
    },
    mark(id) {
      told.push({ kind: 'mark', id });
    },
    finish() {
      settlePages();
      return told;
    },
  };
}
