import { StoryError } from './error.ts';
import { otherKind } from './file-kind.ts';

/**
 * The text of a file in UTF-8, with or without a byte-order mark; LF, CRLF and CR become LF. Throws
 * a StoryError that names what the file is instead: another encoding, another type, cut off.
 */
export function decode(bytes: Uint8Array): string {
  const kind = otherKind(bytes);
  if (kind !== undefined) throw new StoryError(kind);
  const wide = wideEncoding(bytes);
  if (wide !== undefined) throw new StoryError(`The file is ${wide}: save it as UTF-8.`);

  const text = strictly(bytes);
  if (text === undefined) throw notUtf8(bytes);
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    throw new StoryError(
      'The file is not text: there is a NUL character in it.',
      lineAt(text, nul),
    );
  }
  return withLineFeeds(text);
}

function withLineFeeds(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

function strictly(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

// Without a mark, UTF-16 shows by the NULs of its ASCII characters, every other byte.
const SAMPLE = 4096;
const OFTEN = 0.05;

/** UTF-16 or UTF-32, by its byte-order mark or its NULs. */
function wideEncoding(bytes: Uint8Array): string | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'UTF-32' : 'UTF-16';
  if (a === 0xfe && b === 0xff) return 'UTF-16';
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'UTF-32';

  const sample = bytes.subarray(0, SAMPLE);
  const nulsAt = (parity: number) =>
    sample.filter((byte, at) => byte === 0 && at % 2 === parity).length;
  const [even, odd] = [nulsAt(0), nulsAt(1)];
  const many = Math.max(1, (sample.length / 2) * OFTEN);
  const isWide = (odd > many && even < odd / 10) || (even > many && odd < even / 10);
  return isWide ? 'UTF-16' : undefined;
}

/** What to say of bytes that are no UTF-8 and no UTF-16. */
function notUtf8(bytes: Uint8Array): StoryError {
  const repaired = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const at = firstDifference(bytes, Buffer.from(repaired));
  const line = lineAt(Buffer.from(bytes.subarray(0, at)).toString('latin1'), at);
  if (isBinary(bytes)) return new StoryError('The file is not text.', line);
  // A character has four bytes at most, and one cut off has lost the last of them.
  const bad = bytes[at] ?? 0;
  if (bytes.length - at < 4 && bad >= 0xc2 && bad < 0xf5) {
    const rest = bytes.subarray(at + 1);
    if (rest.every((byte) => byte >= 0x80 && byte < 0xc0)) {
      return new StoryError(
        'The file breaks off in the middle of a character: get it whole.',
        line,
      );
    }
  }
  const whole = repaired.match(/[^\0-\x7f\ufffd]/g)?.length ?? 0;
  const broken = repaired.match(/\ufffd/g)?.length ?? 0;
  if (whole > 2 * broken) {
    return new StoryError('The file is UTF-8 but for some bytes: save it as UTF-8.', line);
  }
  return new StoryError(`The file is ${narrowEncoding(bytes)}: save it as UTF-8.`, line);
}

function firstDifference(a: Uint8Array, b: Uint8Array): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

// White space, the ^Z that ended files once, and escape.
const CONTROLS_IN_TEXTS = new Set(Buffer.from('\t\n\v\f\r\x1a\x1b'));

function isBinary(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte < 0x20 && !CONTROLS_IN_TEXTS.has(byte));
}

/**
 * A guess at an encoding of one byte a character. In Western ones accented letters stand alone
 * among ASCII ones; in others, runs of such bytes make whole words.
 */
function narrowEncoding(bytes: Uint8Array): string {
  let high = 0;
  let alone = 0;
  let windows = false;
  bytes.forEach((byte, at) => {
    if (byte < 0x80) return;
    high++;
    if (byte < 0xa0) windows = true;
    if ((bytes[at - 1] ?? 0) < 0x80 && (bytes[at + 1] ?? 0) < 0x80) alone++;
  });
  if (alone < high * 0.7) return 'not UTF-8 but an older encoding';
  return windows ? 'Windows-1252' : 'Latin-1 (ISO 8859-1, Windows-1252)';
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r\n?|\n/).length;
}
