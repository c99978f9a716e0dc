const SIGNATURES: readonly (readonly [string, string])[] = [
  ['%PDF-', 'a PDF'],
  ['PK\x03\x04', 'a ZIP archive'],
  ['PK\x05\x06', 'an empty ZIP archive'],
  ['{\\rtf', 'an RTF document'],
  ['\x89PNG', 'a PNG picture'],
  ['GIF8', 'a GIF picture'],
  ['\xff\xd8\xff', 'a JPEG picture'],
  ['\x1f\x8b', 'a gzip archive'],
  ['Rar!', 'a RAR archive'],
  ['7z\xbc\xaf\x27\x1c', 'a 7-Zip archive'],
  ['\xd0\xcf\x11\xe0', 'an old Office document'],
  ['SQLite format 3\0', 'an SQLite database'],
  ['\x7fELF', 'a program'],
];
const MOBI = 60;

/** What the first bytes of a file show it to be; undefined where they say nothing. */
export function fileType(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, MOBI + 8)).toString('latin1');
  if (start.startsWith('BOOKMOBI', MOBI)) return 'a Kindle book (MOBI)';
  const found = SIGNATURES.find(([signature]) => start.startsWith(signature))?.[1];
  if (found !== undefined) return found;
  return /^(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)/i.test(start) ? 'an HTML page' : undefined;
}
