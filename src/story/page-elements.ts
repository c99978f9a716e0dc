import { isPageBreak, isPreformatted, isReference, tokens } from './html-elements.ts';
import { bracketReference, shift } from './html-inline.ts';
import type { Leaves } from './html-leaves.ts';
import type { Attributes } from './markup.ts';

/** What elements write at their beginning; what comes back is called at their end. */
export function createElements(leaves: Leaves) {
  let drawings = 0;
  let links = 0;
  let quotes = 0;
  let raisings = 0;
  let raised = 0;

  return {
    isDrawing: () => drawings > 0,

    block(name: string, attributes: Attributes): () => void {
      const closeBox = leaves.box({
        name,
        id: attributes['id'] ?? '',
        classes: tokens(attributes['class']),
        types: tokens(attributes['epub:type']),
        number: numberOf(attributes[name === 'li' ? 'value' : 'start']),
      });
      const close = isPreformatted(name)
        ? leaves.preformatted()
        : isPageBreak(attributes)
          ? leaves.page()
          : undefined;
      return () => {
        close?.();
        closeBox();
      };
    },

    inline(name: string, attributes: Attributes): (() => void) | undefined {
      switch (name) {
        case 'br':
          leaves.breakLine();
          return undefined;
        case 'hr':
          leaves.rule();
          return undefined;
        case 'img': {
          const alt = attributes['alt']?.trim() ?? '';
          if (alt !== '') leaves.write(`[${alt}]`);
          return undefined;
        }
        case 'q': {
          const [open = '', close = ''] = quotes % 2 === 0 ? '“”' : '‘’';
          quotes++;
          leaves.write(open);
          return () => {
            quotes--;
            leaves.write(close);
          };
        }
        case 'svg':
          drawings++;
          return () => {
            drawings--;
          };
        case 'rt':
          return leaves.reading();
        case 'sup':
        case 'sub': {
          const revise = leaves.since((inline, place) => {
            if (links === 0) shift(inline, place, name);
          });
          if (name === 'sup') {
            raised++;
            raisings++;
          }
          return () => {
            if (name === 'sup') raised--;
            revise();
          };
        }
        case 'a': {
          const before = raisings;
          const isKnown = raised > 0 || isReference(attributes);
          const isLocal = attributes['href']?.includes('#') === true;
          const revise = leaves.since((inline, place) => {
            if (isLocal && (isKnown || raisings > before)) bracketReference(inline, place);
          });
          links++;
          return () => {
            links--;
            revise();
          };
        }
        default:
          return isPageBreak(attributes) ? leaves.page() : undefined;
      }
    },
  };
}

function numberOf(value: string | undefined): number | undefined {
  const number = Number.parseInt(value ?? '', 10);
  return Number.isSafeInteger(number) ? number : undefined;
}
