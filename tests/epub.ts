import { type Packed, zip } from './zip.ts';

/** What a book for a test is made of; what is left out is as in a plain EPUB 3. */
export interface EpubParts {
  readonly metadata?: string;
  /** The bodies of its texts; a whole document if it begins with `<?xml` or `<html`. */
  readonly texts?: readonly string[];
  /** More of the manifest, and of the spine. */
  readonly manifest?: string;
  readonly spine?: string;
  readonly nav?: string;
  readonly ncx?: string;
  readonly css?: string;
  readonly files?: readonly Packed[];
  /** Paths that the archive does not have after all. */
  readonly without?: readonly string[];
}

const CONTAINER =
  '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">' +
  '<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/>' +
  '</rootfiles></container>';

/** The files of an EPUB; its texts are OEBPS/text/1.xhtml and so on. */
export function epubFiles(parts: EpubParts): Packed[] {
  const texts = parts.texts ?? ['<p>Once.</p>'];
  const items = texts.map(
    (_, at) => `<item id="t${at}" href="text/${at + 1}.xhtml" media-type="application/xhtml+xml"/>`,
  );
  const references = texts.map((_, at) => `<itemref idref="t${at}"/>`);
  const opf = `<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">
    <metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">${parts.metadata ?? '<dc:title>A Book</dc:title>'}</metadata>
    <manifest>${items.join('')}
      <item id="css" href="style.css" media-type="text/css"/>
      ${parts.nav === undefined ? '' : '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'}
      ${parts.ncx === undefined ? '' : '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'}
      ${parts.manifest ?? ''}</manifest>
    <spine${parts.ncx === undefined ? '' : ' toc="ncx"'}>${parts.spine ?? references.join('')}</spine></package>`;
  const files: Packed[] = [
    { path: 'mimetype', content: 'application/epub+zip' },
    { path: 'META-INF/container.xml', content: CONTAINER },
    { path: 'OEBPS/book.opf', content: opf },
    ...texts.map((text, at) => ({ path: `OEBPS/text/${at + 1}.xhtml`, content: pageOf(text) })),
    { path: 'OEBPS/style.css', content: parts.css ?? '' },
    ...(parts.nav === undefined ? [] : [{ path: 'OEBPS/nav.xhtml', content: pageOf(parts.nav) }]),
    ...(parts.ncx === undefined ? [] : [{ path: 'OEBPS/toc.ncx', content: parts.ncx }]),
    ...(parts.files ?? []),
  ];
  return files.filter(({ path }) => parts.without?.includes(path) !== true);
}

/** A book for a test. */
export function epub(parts: EpubParts = {}): Buffer {
  return zip(epubFiles(parts));
}

function pageOf(body: string): string {
  if (/^<(?:\?xml|html|!DOCTYPE)/.test(body)) return body;
  return `<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>x</title><link rel="stylesheet" href="../style.css"/></head><body>${body}</body></html>`;
}
