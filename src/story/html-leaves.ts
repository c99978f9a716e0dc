import { bracketPage } from './html-inline.ts';
import type { Box, Mark, Node } from './html-tree.ts';
import { createInline, type Inline, type Place } from './inline.ts';

/** Writes blocks and the inline text in them. */
export interface Leaves {
  write(text: string): void;
  /** One `<br>`; a second one in a row ends the paragraph. */
  breakLine(): void;
  /** What comes next stands on a line of its own. */
  edge(): void;
  emphasise(emphasis: boolean, strong: boolean): void;
  /** A place that is pointed to. */
  mark(id: string): void;
  rule(): void;
  /** Opens a block; what comes back closes it. */
  box(facts: Omit<Box, 'kind' | 'children'>): () => void;
  /** Opens preformatted text; what comes back closes it. */
  preformatted(): () => void;
  /** Opens the reading of a word, which stands in brackets behind it; what comes back closes it. */
  reading(): () => void;
  /** Opens the number of a printed page; what comes back closes it. */
  page(): () => void;
  /** Hands over what is written until the call of what comes back, in the same paragraph. */
  since(revise: (inline: Inline, place: Place) => void): () => void;
  /** Ends the text that is being written. */
  flush(): void;
}

export function createLeaves(root: Node[]): Leaves {
  const open: Node[][] = [root];
  const inline = createInline();
  let marks: (Mark & { readonly at: number })[] = [];
  let preformatted = 0;
  let isPreformattedStart = false;
  let page = '';
  // Where the last reading of a word ended, its closing bracket after it.
  let reading: { readonly inner: Place; readonly end: number } | undefined;

  const flush = () => {
    if (inline.length === 0 && marks.length === 0) return;
    const { length } = inline;
    const prose = inline.finish();
    const isAfter = ({ at }: { at: number }) => at > 0 && at >= length && prose.text !== '';
    const children = open.at(-1) ?? root;
    for (const mark of marks) if (!isAfter(mark)) children.push({ kind: 'mark', id: mark.id });
    if (prose.text !== '') {
      const isPage = prose.text === page;
      children.push({ kind: 'leaf', prose, isPreformatted: preformatted > 0, isPage });
    }
    for (const mark of marks) if (isAfter(mark)) children.push({ kind: 'mark', id: mark.id });
    marks = [];
    page = '';
    reading = undefined;
  };
  const since: Leaves['since'] = (revise) => {
    const place = inline.place();
    return () => revise(inline, place);
  };

  return {
    write(text) {
      if (preformatted === 0) {
        inline.write(text);
      } else {
        // A line break right after the tag is not text (HTML, "the pre element").
        inline.writePreformatted(isPreformattedStart ? text.replace(/^\n/, '') : text);
        isPreformattedStart = false;
      }
    },
    breakLine() {
      if (preformatted > 0) inline.writePreformatted('\n');
      else if (!inline.breakLine()) flush();
    },
    edge: () => inline.edge(),
    emphasise: inline.emphasise,
    mark(id) {
      marks.push({ kind: 'mark', id, at: inline.isInked ? inline.length : 0 });
    },
    rule() {
      flush();
      open.at(-1)?.push({ kind: 'rule' });
    },
    box(facts) {
      flush();
      const children: Node[] = [];
      open.at(-1)?.push({ kind: 'box', ...facts, children });
      open.push(children);
      return () => {
        flush();
        open.pop();
      };
    },
    preformatted() {
      preformatted++;
      isPreformattedStart = true;
      return () => {
        flush();
        preformatted--;
      };
    },
    reading() {
      inline.dropSpace();
      const place = inline.place();
      if (reading?.end === inline.length) inline.rewrite(reading.inner, '');
      else inline.write('(');
      return () => {
        if (inline.since(place) === '(') {
          inline.rewrite(place, '');
        } else if (inline.holds(place)) {
          const inner = inline.place();
          inline.write(')');
          reading = { inner, end: inline.length };
        }
      };
    },
    page: () =>
      since((text, place) => {
        page = bracketPage(text, place);
      }),
    since,
    flush,
  };
}
