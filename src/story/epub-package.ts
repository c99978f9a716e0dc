import { type EpubPlace, resolvePlace } from './epub-paths.ts';
import { StoryError } from './error.ts';
import { elementsNamed, type XmlElement } from './xml-tree.ts';

/** A file of a book. */
export interface Item {
  readonly path: string;
  readonly type: string;
  readonly properties: readonly string[];
}

/** What an EPUB's package document says. */
export interface Package {
  readonly metadata: XmlElement;
  /** The files of the text, in the order of reading. */
  readonly spine: readonly Item[];
  /** Files that are read beside the text only. */
  readonly aside: readonly Item[];
  readonly styleSheets: readonly Item[];
  /** EPUB 3's navigation document, and EPUB 2's. */
  readonly navigation: Item | undefined;
  readonly ncx: Item | undefined;
}

const NCX = 'application/x-dtbncx+xml';
/** More files that stand for each other in turn are a circle. */
const FALLBACKS = 8;
const TEXTS = new Set([
  'application/xhtml+xml',
  'text/html',
  'text/x-oeb1-document',
  'application/xml',
  'text/xml',
  '',
]);

/**
 * Reads a package document (EPUB 3.3, section 5; OPF 2.0.1).
 * @param path where it is in the archive
 * Throws a StoryError when there is no spine, or it names a file that is not there or is no text.
 */
export function readPackage(root: XmlElement, path: string): Package {
  const [metadata = root] = elementsNamed(root, 'metadata');
  const items = new Map<string, Item & { readonly fallback: string }>();
  for (const { attributes } of elementsNamed(root, 'item')) {
    const { id = '', href = '', fallback = '' } = attributes;
    // A path that leads out of the book names no file in it, which whoever reads it will say.
    const place = resolvePlace(path, href)?.path ?? href;
    const type = (attributes['media-type'] ?? '').trim().toLowerCase();
    const properties = (attributes['properties'] ?? '').split(/\s+/);
    items.set(id, { path: place, type, properties, fallback });
  }
  const all = [...items.values()];

  /** The item itself, or what stands for it where it is no text. */
  const textFor = (id: string): Item | undefined => {
    let item = items.get(id);
    for (let step = 0; step < FALLBACKS && item !== undefined; step++) {
      if (TEXTS.has(item.type)) return item;
      item = items.get(item.fallback);
    }
    return undefined;
  };

  const [spineElement] = elementsNamed(root, 'spine');
  const references = spineElement === undefined ? [] : elementsNamed(spineElement, 'itemref');
  const told = new Map<string, { readonly item: Item; readonly isLinear: boolean }>();
  for (const { attributes } of references) {
    const { idref = '', linear } = attributes;
    const item = textFor(idref) ?? pictureNamed(items.get(idref));
    if (item === undefined) throw unreadable(idref, items.get(idref));
    // A file belongs into the spine once; told again and again it would never end.
    if (!told.has(item.path)) told.set(item.path, { item, isLinear: linear !== 'no' });
  }
  if (told.size === 0) {
    throw new StoryError(
      'The EPUB has an empty spine or none, so its order is not known: convert it anew.',
    );
  }
  const linear = [...told.values()].filter(({ isLinear }) => isLinear);
  const texts = linear.length > 0 ? linear : [...told.values()];
  const { toc = '' } = spineElement?.attributes ?? {};
  return {
    metadata,
    spine: texts.map(({ item }) => item),
    aside:
      linear.length > 0
        ? [...told.values()].filter((one) => !one.isLinear).map(({ item }) => item)
        : [],
    styleSheets: all.filter(({ type }) => type === 'text/css'),
    navigation: all.find(({ properties }) => properties.includes('nav')),
    ncx: items.get(toc) ?? all.find(({ type }) => type === NCX),
  };
}

export function isPicture({ type }: Item): boolean {
  return type.startsWith('image/');
}

function pictureNamed(item: Item | undefined): Item | undefined {
  return item !== undefined && isPicture(item) ? item : undefined;
}

function unreadable(id: string, item: Item | undefined): StoryError {
  return new StoryError(
    item === undefined
      ? `The EPUB's spine names an item that its manifest does not have (${id.slice(0, 100)}): convert it anew.`
      : `The EPUB has a text of a type that Lamplight can't read (${item.path}, ${item.type}): convert it anew.`,
  );
}

/** The package documents that META-INF/container.xml names; the first is the book. */
export function packagePlaces(container: XmlElement): EpubPlace[] {
  return elementsNamed(container, 'rootfile')
    .filter(({ attributes }) => {
      const type = attributes['media-type'];
      return type === undefined || type === 'application/oebps-package+xml';
    })
    .flatMap(({ attributes }) => resolvePlace('', attributes['full-path'] ?? '') ?? [])
    .filter(({ path }) => path !== '');
}
