/**
 * What a file that should be plain text is instead, by its first bytes, in one sentence that says
 * what to do; undefined for what may be plain text.
 */
export function otherKind(bytes: Uint8Array): string | undefined {
  if (!WEB_PAGE.test(startOf(bytes))) return binaryKind(bytes);
  return 'The file is a web page (HTML): give it a name that ends in .html.';
}

/** The same for a file that should be text of any kind. */
export function binaryKind(bytes: Uint8Array): string | undefined {
  const start = startOf(bytes);
  if (start.startsWith('PK\x03\x04')) return zipKind(bytes);
  const kind = SIGNATURES.find(([at, signature]) => start.startsWith(signature, at))?.[2];
  return kind === undefined
    ? undefined
    : `The file is ${kind}, not text: put its text here instead.`;
}

function startOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, LONGEST)).toString('latin1');
}

const LONGEST = 1024;

/** https://en.wikipedia.org/wiki/List_of_file_signatures, each character a byte. */
const SIGNATURES: readonly (readonly [at: number, signature: string, kind: string])[] = [
  [0, '%PDF-', 'a PDF'],
  [0, '{\\rtf', 'a rich text document (RTF)'],
  [0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'an old Word document'],
  [60, 'BOOKMOBI', 'a Kindle book (MOBI)'],
  [60, 'TEXtREAd', 'a Palm book'],
  [0, 'AT&TFORM', 'a DjVu document'],
  [0, '\x89PNG\r\n', 'a picture (PNG)'],
  [0, '\xff\xd8\xff', 'a picture (JPEG)'],
  [0, 'GIF87a', 'a picture (GIF)'],
  [0, 'GIF89a', 'a picture (GIF)'],
  [8, 'WEBPVP8', 'a picture (WebP)'],
  [0, 'II*\0', 'a picture (TIFF)'],
  [0, 'MM\0*', 'a picture (TIFF)'],
  [0, 'ID3\x03', 'a sound recording'],
  [0, 'ID3\x04', 'a sound recording'],
  [0, '\xff\xfb', 'a sound recording'],
  [0, 'OggS\0', 'a sound recording'],
  [0, 'fLaC\0', 'a sound recording'],
  [8, 'WAVEfmt ', 'a sound recording'],
  [4, 'ftypM4A', 'a sound recording'],
  [4, 'ftyp', 'a film'],
  [0, '\x1f\x8b', 'a gzip archive'],
  [0, 'BZh91AY&SY', 'a bzip2 archive'],
  [0, '\xfd7zXZ\0', 'an xz archive'],
  [0, '7z\xbc\xaf\x27\x1c', 'a 7-Zip archive'],
  [0, 'Rar!\x1a\x07', 'a RAR archive'],
  [0, '\x28\xb5\x2f\xfd', 'a Zstandard archive'],
  [257, 'ustar', 'a tar archive'],
  [0, 'SQLite format 3\0', 'a SQLite database'],
  [0, '\x7fELF', 'a program'],
  [0, 'MZ\x90\0', 'a program'],
];

const COMMENT = '<!--(?:(?!-->)[\\s\\S])*-->\\s*';
const WEB_PAGE = new RegExp(
  `^(?:\xef\xbb\xbf)?\\s*(?:<\\?xml[^>]*>\\s*)?(?:${COMMENT})*<(?:!doctype\\s+html|html)\\b`,
  'i',
);

/** The names of a ZIP archive's first entries tell which kind it is. */
function zipKind(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, 65_536)).toString('latin1');
  if (start.includes('mimetypeapplication/epub+zip')) {
    return 'The file is an EPUB: give it a name that ends in .epub.';
  }
  if (start.includes('mimetypeapplication/vnd.oasis.opendocument.text')) {
    return 'The file is an OpenDocument text: save it as plain text in UTF-8.';
  }
  if (start.includes('[Content_Types].xml') && start.includes('word/')) {
    return 'The file is a Word document: save it as plain text in UTF-8.';
  }
  return 'The file is a ZIP archive, not text: unpack it and put the text here.';
}
