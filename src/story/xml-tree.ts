import type { MarkupLimits } from './limits.ts';
import { type Attributes, readMarkup } from './markup.ts';

/** An element of a small XML document. Names are without their prefixes. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Attributes;
  readonly children: readonly XmlElement[];
  /** The text right in it. */
  readonly text: string;
}

/** Reads an XML document into its root. Throws a StoryError as `readMarkup`. */
export function readXml(source: string, limits: MarkupLimits): XmlElement {
  const root = open('', {});
  const path = [root];
  readMarkup(source, 'xml', limits, {
    open(name, attributes) {
      const element = open(local(name), attributes);
      path.at(-1)?.children.push(element);
      path.push(element);
    },
    text(data) {
      path.at(-1)?.pieces.push(data);
    },
    close() {
      path.pop();
    },
  });
  return root.children[0] ?? root;
}

/** All elements of a name within, in order. */
export function elementsNamed(element: XmlElement, name: string): XmlElement[] {
  const found: XmlElement[] = [];
  const visit = (one: XmlElement) => {
    for (const child of one.children) {
      if (child.name === name) found.push(child);
      visit(child);
    }
  };
  visit(element);
  return found;
}

interface OpenElement extends XmlElement {
  readonly children: OpenElement[];
  readonly pieces: string[];
}

function open(name: string, attributes: Attributes): OpenElement {
  const pieces: string[] = [];
  return {
    name,
    attributes: localAttributes(attributes),
    children: [],
    pieces,
    get text() {
      return pieces.join('').replace(/\s+/g, ' ').trim();
    },
  };
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function localAttributes(attributes: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [local(name), value]),
  );
}
