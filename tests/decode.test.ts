import { deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decode } from '../src/story/decode.ts';
import { StoryError } from '../src/story/error.ts';
import { readManuscript } from '../src/story/read.ts';

const TEXT = 'Die Fähre\r\n\r\nSie fuhr über den Fluß – „langsam“, sagte der Müller.\r\n';

function refusal(bytes: Uint8Array): { message: string; line?: number | undefined } {
  try {
    decode(bytes);
  } catch (error) {
    if (error instanceof StoryError) return { message: error.message, line: error.line };
    throw error;
  }
  throw new Error('It was decoded.');
}

/** The text in an encoding of one byte a character that Buffer does not write. */
function windows1252(text: string): Buffer {
  const marks: Readonly<Record<string, number>> = { '–': 0x96, '„': 0x84, '“': 0x93 };
  return Buffer.from(Array.from(text, (one) => marks[one] ?? one.charCodeAt(0)));
}

/** A ZIP archive's beginning: its first entry, of this name and content, not compressed. */
function zip(name: string, content: string): Buffer {
  const header = Buffer.alloc(30);
  header.write('PK\x03\x04', 'latin1');
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, Buffer.from(name + content), deflateRawSync(TEXT)]);
}

test('UTF-8 is read with or without a mark, with any line ends', () => {
  const text = TEXT.replaceAll('\r\n', '\n');
  expect(decode(Buffer.from(TEXT))).toBe(text);
  expect(decode(Buffer.from(`\ufeff${TEXT.replaceAll('\r\n', '\r')}`))).toBe(text);
});

describe('another encoding is named', () => {
  const utf16 = Buffer.from(TEXT, 'utf16le');
  const big = Buffer.from(utf16).swap16();
  test.each([
    ['UTF-16 with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]), 'UTF-16', undefined],
    ['UTF-16, big end first', Buffer.concat([Buffer.from([0xfe, 0xff]), big]), 'UTF-16', undefined],
    ['UTF-16 without a mark', utf16, 'UTF-16', undefined],
    ['the same, big end first', big, 'UTF-16', undefined],
    ['Russian UTF-16', Buffer.from('Он шёл домой, и было темно.', 'utf16le'), 'UTF-16', undefined],
    ['Windows-1252', windows1252(TEXT), 'Windows-1252', 1],
    ['Latin-1', Buffer.from('Eins.\n\nZwei Fähren.', 'latin1'), 'Latin-1', 3],
    ['Shift_JIS', Buffer.from('8cc382a2906c82cd895c93a482cd8b82', 'hex'), 'older encoding', 1],
    ['KOI8-R', Buffer.from('efce20dba320c4cfcdcfca', 'hex'), 'older encoding', 1],
  ])('%s', (_, bytes, name, line) => {
    expect(refusal(bytes)).toEqual({ message: expect.stringContaining(name), line });
    expect(refusal(bytes).message).toMatch(/^The file is .*: save it as UTF-8\.$/);
  });

  test('UTF-8 with some bad bytes, by the line', () => {
    const bytes = Buffer.concat([
      Buffer.from(TEXT.repeat(2)),
      Buffer.from([0xe4]),
      Buffer.from(TEXT),
    ]);
    expect(refusal(bytes)).toEqual({
      message: expect.stringContaining('but for some bytes'),
      line: 7,
    });
  });
});

test('UTF-8 cut off in the middle of a character says so', () => {
  const bytes = Buffer.from('Eins.\nZwei Fähr 🛶');
  for (const missing of [1, 2, 3]) {
    expect(refusal(bytes.subarray(0, -missing))).toEqual({
      message: expect.stringContaining('breaks off'),
      line: 2,
    });
  }
});

test.each([
  ['a PDF', Buffer.from('%PDF-1.7\n%\xe2\xe3', 'latin1')],
  ['PNG', Buffer.from('\x89PNG\r\n\x1a\n\0\0', 'latin1')],
  ['gzip', gzipSync(TEXT)],
  ['RTF', Buffer.from('{\\rtf1\\ansi Hello')],
  ['.epub', zip('mimetype', 'application/epub+zip')],
  ['Word', zip('[Content_Types].xml', 'word/document.xml')],
  ['OpenDocument', zip('mimetype', 'application/vnd.oasis.opendocument.text')],
  ['ZIP', zip('story.txt', '')],
  ['.html', Buffer.from('\ufeff<?xml version="1.0"?>\n<!-- a -->\n<!DOCTYPE html>\n<html></html>')],
  ['not text', Buffer.from(Array.from({ length: 600 }, (_, at) => (at * at * 31 + 7) % 251))],
  ['NUL', Buffer.from('One.\n\nTwo\0.')],
])('a file that is %s is called that, in one sentence', (name, bytes) => {
  expect(refusal(bytes).message).toContain(name);
  expect(refusal(bytes).message).toMatch(/^[^\n]+\.$/);
});

test('whatever the bytes are, they are a text or refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      try {
        expect(decode(bytes)).not.toContain('\r');
      } catch (error) {
        expect(error).toBeInstanceOf(StoryError);
      }
    }),
    { numRuns: 500 },
  );
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      fc.pre(!/[\0\r\ufeff]/.test(text));
      expect(decode(Buffer.from(text))).toBe(text);
    }),
  );
});

test('a file is read by its ending', async () => {
  const bytes = Buffer.from('---\ntitle: A\nrights: CC0\n---\n## One\n\n*Two*');
  const { blocks, ...facts } = await readManuscript({ name: 'a.md', bytes });
  expect(facts).toEqual({ title: 'A', rights: 'CC0' });
  expect(blocks.map((block) => ('line' in block ? block.line : undefined))).toEqual([5, 7]);
  expect((await readManuscript({ name: 'a.txt', bytes })).blocks).toHaveLength(2);
});
