import { StoryError } from './error.ts';
import { binaryKind } from './file-kind.ts';

const BYTE_ORDER_MARKS: readonly (readonly [readonly number[], string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];
// HTML looks for a declaration in the first 1,024 bytes; some pages have it a little later.
const DECLARED_WITHIN = 4096;
const XML_DECLARATION = /^\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{1,40})["']/;
const META_CHARSET = /<meta\s[^>]{0,200}?\bcharset\s*=\s*["']?\s*([\w.:-]{1,40})/i;

/**
 * Decodes an HTML or XML document: by its byte-order mark, else as it declares, else as UTF-8.
 * Throws a StoryError when the bytes are not in that encoding, it is one that nobody knows, or they
 * are no text at all.
 */
export function decodeMarkup(bytes: Uint8Array): string {
  const kind = binaryKind(bytes);
  if (kind !== undefined) throw new StoryError(kind);
  const mark = BYTE_ORDER_MARKS.find(([start]) => start.every((byte, at) => bytes[at] === byte));
  const declared = mark === undefined ? declaredEncoding(bytes) : undefined;
  const encoding = mark?.[1] ?? declared ?? guessed(bytes);
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (text.includes('\0')) {
      throw new StoryError('The file is not text: there is a NUL character in it.');
    }
    return text;
  } catch (error) {
    // An unknown encoding is a RangeError, bytes that do not fit a TypeError.
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
  }
  throw new StoryError(
    declared === undefined
      ? `The file is not ${encoding.toUpperCase()} and declares no other encoding: save it as UTF-8.`
      : `The file declares the encoding ${declared}, which it is not in or which is not known: save it as UTF-8.`,
    lineOfTrouble(bytes, encoding),
  );
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, DECLARED_WITHIN)).toString('latin1');
  const declared = (XML_DECLARATION.exec(start) ?? META_CHARSET.exec(start))?.[1]?.toLowerCase();
  // A declaration that can be read byte by byte is not in UTF-16 (HTML, "prescan").
  return declared?.startsWith('utf-16') ? 'utf-8' : declared;
}

/** UTF-16 without a mark shows itself by the zero bytes of its `<`. */
function guessed(bytes: Uint8Array): string {
  if (bytes[0] === 0x3c && bytes[1] === 0) return 'utf-16le';
  if (bytes[0] === 0 && bytes[1] === 0x3c) return 'utf-16be';
  return 'utf-8';
}

function lineOfTrouble(bytes: Uint8Array, encoding: string): number | undefined {
  if (encoding !== 'utf-8') return undefined;
  const repaired = new TextDecoder(encoding).decode(bytes);
  const at = repaired.indexOf('\uFFFD');
  return at < 0 ? undefined : repaired.slice(0, at).split(/\r\n?|\n/).length;
}
