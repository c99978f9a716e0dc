import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashText } from '../src/story/anchor.ts';
import { linesOf } from '../src/story/lines.ts';
import type { Emphasis } from '../src/story/story.ts';
import { passageOf } from './book.ts';
import { nastyText } from './texts/nasty.ts';

const passage = (text: string, emphasis: Emphasis[] = []) => passageOf(text, emphasis, 7);
const texts = (text: string, language = 'en') =>
  linesOf(passage(text), language).map((line) => line.text);

describe('the lines of a passage', () => {
  test('are its sentences, with their emphasis', () => {
    const lines = linesOf(
      passage('It was. Was  it?', [{ start: 3, end: 11, strong: false }]),
      'en',
    );
    expect(lines).toEqual([
      { passage: 7, number: 1, text: 'It was.', emphasis: [{ start: 3, end: 7, strong: false }] },
      { passage: 7, number: 2, text: 'Was  it?', emphasis: [{ start: 0, end: 3, strong: false }] },
    ]);
  });

  test.each([
    ['"Wait!" she said. "Go."', ['"Wait!" she said.', '"Go."']],
    ['“Ready?” He was. (She was not.) So.', ['“Ready?”', 'He was.', '(She was not.)', 'So.']],
    ['Mr. Darcy met Dr. J. Watson. They spoke.', ['Mr. Darcy met Dr. J. Watson.', 'They spoke.']],
    ['So am I. Truly.', ['So am I.', 'Truly.']],
    ['She met\nAnna there. And\nwent on.', ['She met\nAnna there.', 'And\nwent on.']],
    ['No sentence at all', ['No sentence at all']],
  ])('of %j are %j', (text, expected) => {
    expect(texts(text)).toEqual(expected);
  });

  test('follow the language', () => {
    expect(texts('「何？」と彼は言った。行こう。', 'ja').at(-1)).toBe('行こう。');
    expect(texts('Τι λες; Πάμε.', 'el')).toEqual(['Τι λες;', 'Πάμε.']);
  });

  test('leave out nothing but white space', () => {
    fc.assert(
      fc.property(nastyText(30), (text) => {
        const bare = (one: string) => one.replace(/\s/g, '');
        const lines = linesOf(passage(text.trim()), 'en');
        expect(bare(lines.map((line) => line.text).join(''))).toBe(bare(text));
        expect(lines.map((line) => line.number)).toEqual(lines.map((_, index) => index + 1));
        for (const line of lines) expect(line.text).toBe(line.text.trim());
      }),
    );
  });
});

test('an anchor is short, of its text alone, and fit for a custom id', () => {
  expect(hashText('A text.')).toMatch(/^[\w-]{12}$/);
  expect(hashText('A text.')).toBe(hashText('A text.'));
  expect(hashText('A text.')).not.toBe(hashText('A text!'));
});
