import { inlineStyle, isBlock, isHidden, isSilent, tokens } from './html-elements.ts';
import { createHead } from './html-head.ts';
import { createLeaves } from './html-leaves.ts';
import type { HtmlPage, PageOptions } from './html-page.ts';
import type { Node } from './html-tree.ts';
import { type Attributes, readMarkup } from './markup.ts';
import { createElements } from './page-elements.ts';
import { readStyles, type Style } from './styles.ts';

/** An element that is open: what to do at its end, and how the text in it is emphasised. */
interface Opened {
  close(): void;
  readonly emphasis: boolean;
  readonly strong: boolean;
}

/**
 * Reads an HTML document into its head and its blocks: what is not for readers is left out, white
 * space is collapsed, and inline elements have become text. Throws a StoryError as `readMarkup`.
 */
export function readPage(source: string, options: PageOptions): HtmlPage {
  const styles = new Map<string, Style>();
  const skipped = { navigation: 0, hidden: 0 };
  const children: Node[] = [];
  const head = createHead();
  const leaves = createLeaves(children);
  const elements = createElements(leaves);
  const opened: Opened[] = [];
  // Elements that are not told, the one that is skipped and those in it.
  let depthOfSkipped = 0;
  let captured: string[] | undefined;
  let hasElements = false;

  const isSkipped = (name: string, attributes: Attributes) => {
    if (isSilent(name)) {
      const isDrawing = elements.isDrawing();
      captured = name === 'style' || (name === 'title' && !isDrawing) ? [] : undefined;
      return true;
    }
    if (name === 'nav') skipped.navigation++;
    else if (isHidden(attributes)) skipped.hidden++;
    else return false;
    return true;
  };

  readMarkup(source.replace(/\r\n?/g, '\n'), options.syntax, options.limits, {
    open(name, attributes) {
      hasElements = true;
      if (depthOfSkipped > 0 || isSkipped(name, attributes)) {
        depthOfSkipped++;
        return;
      }
      head.element(name, attributes);
      if (name === 'link' && tokens(attributes['rel']).join() === 'stylesheet') {
        for (const [key, style] of options.styleSheet?.(attributes['href'] ?? '') ?? []) {
          styles.set(key, { ...styles.get(key), ...style });
        }
      }
      const place =
        options.places?.get(attributes['id'] ?? '') ??
        options.places?.get(attributes['name'] ?? '');
      const isBlockElement = isBlock(name);
      if (isBlockElement) leaves.flush();
      if (place !== undefined) leaves.mark(place);
      const { emphasis = false, strong = false } = opened.at(-1) ?? {};
      if (isBlockElement) {
        opened.push({ close: elements.block(name, attributes), emphasis, strong });
      } else {
        const style = inlineStyle(name, attributes, styles);
        const own = {
          emphasis: style.emphasis ?? emphasis,
          strong: style.strong ?? strong,
        };
        if (style.block) leaves.edge();
        leaves.emphasise(own.emphasis, own.strong);
        const end = elements.inline(name, attributes);
        opened.push({
          close() {
            end?.();
            if (style.block) leaves.edge();
          },
          ...own,
        });
      }
    },
    text(data) {
      if (depthOfSkipped === 0) leaves.write(data);
      else if (depthOfSkipped === 1) captured?.push(data);
    },
    close(name) {
      if (depthOfSkipped === 0) {
        opened.pop()?.close();
        const { emphasis = false, strong = false } = opened.at(-1) ?? {};
        leaves.emphasise(emphasis, strong);
        return;
      }
      depthOfSkipped--;
      if (depthOfSkipped > 0 || captured === undefined) return;
      if (name === 'style') readStyles(captured.join(''), styles);
      else head.title(captured.join(''));
      captured = undefined;
    },
  });
  leaves.flush();
  return { head: head.finish(), children, skipped, hasElements };
}
