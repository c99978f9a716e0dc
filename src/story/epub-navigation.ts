import { type EpubPlace, resolvePlace } from './epub-paths.ts';
import { isSilent, tokens } from './html-elements.ts';
import type { MarkupLimits } from './limits.ts';
import { readMarkup } from './markup.ts';
import { elementsNamed, readXml } from './xml-tree.ts';

/** An entry of a book's table of contents. */
export interface Entry {
  readonly label: string;
  readonly place: EpubPlace;
}

/** The entries of EPUB 3's navigation document, of the `nav` for the table of contents, in order. */
export function readNavigation(source: string, path: string, limits: MarkupLimits): Entry[] {
  const contents: Entry[] = [];
  const others: Entry[] = [];
  let entries: Entry[] | undefined;
  let link: { readonly href: string; readonly pieces: string[] } | undefined;
  let silent = 0;

  readMarkup(source, 'xhtml', limits, {
    open(name, attributes) {
      if (silent > 0 || isSilent(name)) silent++;
      else if (name === 'nav') {
        const types = tokens(attributes['epub:type']);
        if (types.includes('toc')) entries = contents;
        else entries = types.length === 0 ? others : undefined;
      } else if (name === 'a') {
        link = { href: attributes['href'] ?? '', pieces: [] };
      } else if (name === 'img') {
        link?.pieces.push(attributes['alt'] ?? '');
      }
    },
    text(data) {
      if (silent === 0) link?.pieces.push(data);
    },
    close(name) {
      if (silent > 0) silent--;
      else if (name === 'nav') entries = undefined;
      else if (name === 'a' && link !== undefined) {
        const found = entryOf(link.pieces.join(''), link.href, path);
        if (found !== undefined) entries?.push(found);
        link = undefined;
      }
    },
  });
  return contents.length > 0 ? contents : others;
}

/** The entries of EPUB 2's NCX (its `navMap`), in order. */
export function readNcx(source: string, path: string, limits: MarkupLimits): Entry[] {
  return elementsNamed(readXml(source, limits), 'navPoint').flatMap((point) => {
    const label = point.children.find(({ name }) => name === 'navLabel');
    const text = label?.children.find(({ name }) => name === 'text')?.text ?? '';
    const content = point.children.find(({ name }) => name === 'content');
    return entryOf(text, content?.attributes['src'] ?? '', path) ?? [];
  });
}

function entryOf(text: string, href: string, path: string): Entry | undefined {
  const label = text.replace(/\s+/g, ' ').trim();
  const place = href === '' ? undefined : resolvePlace(path, href);
  return label === '' || place === undefined ? undefined : { label, place };
}

/** The places that a table of contents points to. */
export interface Places {
  /** Of each file, the marks of its elements by their ids. */
  readonly byPath: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** The labels of each mark, in order. */
  readonly labels: ReadonlyMap<string, readonly string[]>;
}

export function placesOf(entries: readonly Entry[]): Places {
  const byPath = new Map<string, Map<string, string>>();
  const labels = new Map<string, string[]>();
  for (const { label, place } of entries) {
    const mark = markOf(place);
    const marks = byPath.get(place.path) ?? new Map<string, string>();
    byPath.set(place.path, place.id === '' ? marks : marks.set(place.id, mark));
    const known = labels.get(mark);
    if (known === undefined) labels.set(mark, [label]);
    else known.push(label);
  }
  return { byPath, labels };
}

/** The mark of a place, of a file's beginning where it has no id. */
export function markOf({ path, id }: EpubPlace): string {
  return `${path}#${id}`;
}
