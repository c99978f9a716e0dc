import type { HtmlHead } from './html-page.ts';
import type { Attributes } from './markup.ts';

/** Gathers what a document says of itself. */
export interface HeadReader {
  title(text: string): void;
  element(name: string, attributes: Attributes): void;
  finish(): HtmlHead;
}

export function createHead(): HeadReader {
  const metas = new Map<string, string[]>();
  let title = '';
  let language = '';
  let license: string | undefined;

  return {
    title(text) {
      if (title === '') title = oneLine(text);
    },
    element(name, attributes) {
      if (name === 'html') language = attributes['lang'] ?? attributes['xml:lang'] ?? '';
      if (name === 'meta') {
        const key = (attributes['name'] ?? attributes['property'] ?? '').trim().toLowerCase();
        const content = oneLine(attributes['content'] ?? '');
        const known = metas.get(key);
        if (key !== '' && content !== '' && known === undefined) metas.set(key, [content]);
        else known?.push(content);
      }
      const rel = attributes['rel']?.toLowerCase().split(/\s+/) ?? [];
      if (name === 'link' && rel.includes('license')) license ??= attributes['href']?.trim();
    },
    finish: () => ({ title, language, metas, license }),
  };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
