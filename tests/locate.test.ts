import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { locate } from '../src/reading/locate.ts';
import { begin, moveTo } from '../src/reading/move.ts';
import type { Reading } from '../src/reading/record.ts';
import type { Story } from '../src/story/story.ts';
import { passageOf, storyOfPassages } from './book.ts';

function storyOf(texts: readonly string[]): Story {
  return storyOfPassages(texts.map((text, at) => passageOf(text, [], at + 1)));
}

function readingAt(story: Story, position: number, furthest = position): Reading {
  return moveTo(
    moveTo(begin(story, 0, { host: 'host' }, 0), story, { from: furthest, to: furthest }, 0),
    story,
    { from: position, to: position },
    0,
  );
}

const letters = (text: string) => [...text];

/** Where a reading at `position` (and `furthest`) of `before` is in `after`; a letter a passage. */
function found(before: string, position: number, after: string, furthest = position) {
  const reading = readingAt(storyOf(letters(before)), position, furthest);
  const place = locate(reading, storyOf(letters(after)));
  return [place.position, place.furthest];
}

test.each([
  ['nothing changed', 'abcdef', 3, 'abcdef', 3],
  ['passages came before it', 'abcdef', 3, 'XYabcdef', 5],
  ['passages before it went', 'abcdef', 4, 'bcdef', 3],
  ['passages came after it', 'abcdef', 3, 'abcXYdef', 3],
  ['the last told one was reworded', 'abcdef', 3, 'abXdef', 3],
  ['the last told one went', 'abcdef', 3, 'abdef', 2],
  ['the last told one was split in two', 'abcdef', 3, 'abXYdef', 4],
  ['the last told and the next one were reworded', 'abcdef', 3, 'abXYef', 2],
  ['only the one two before is left', 'abcdef', 3, 'aXYZ', 1],
  ['the story grew after its end', 'abc', 3, 'abcde', 3],
  ['the story was cut behind it', 'abcdef', 3, 'abc', 3],
  ['the story was cut before it', 'abcdef', 5, 'abc', 3],
  ['nothing is left of it', 'abcdef', 3, 'UVWXYZ', 3],
  ['nothing is left of it, and it is shorter', 'abcdef', 5, 'XY', 2],
  ['nothing was told', 'abcdef', 0, 'Xabcdef', 0],
  ['it repeats itself', 'aabaab', 4, 'Xaabaab', 5],
])('%s: %s, %i -> %s, %i', (_, before, position, after, expected) => {
  expect(found(before, position, after)[0]).toBe(expected);
});

test.each([
  ['nothing changed', 'abcdef', 2, 5, 'abcdef', [2, 5]],
  ['passages came between the two', 'abcdef', 2, 5, 'abcXdef', [2, 6]],
  ['the furthest went', 'abcdef', 2, 5, 'abcdf', [2, 4]],
  ['nothing is left around the furthest', 'abcdefghi', 2, 7, 'abcdUVWXY', [2, 2]],
  ['nothing is left at all', 'abcdefghi', 2, 7, 'QRSTUVWXY', [2, 2]],
])('furthest, where %s', (_, before, position, furthest, after, expected) => {
  expect(found(before, position, after, furthest)).toEqual(expected);
});

describe('whatever an edit that keeps the order does,', () => {
  // An edit: for each old passage how many new ones come before it, and what becomes of itself.
  const edits = fc.array(
    fc.record({
      inserted: fc.constantFrom(0, 0, 0, 1, 2),
      fate: fc.constantFrom('kept', 'kept', 'kept', 'reworded', 'gone'),
    }),
    { minLength: 1, maxLength: 14 },
  );
  const cases = edits.chain((edit) =>
    fc.record({
      edit: fc.constant(edit),
      position: fc.integer({ min: 1, max: edit.length }),
      furthest: fc.integer({ min: 1, max: edit.length }),
    }),
  );

  function edited(edit: readonly { inserted: number; fate: string }[]) {
    return edit.flatMap(({ inserted, fate }, at) => [
      ...Array.from({ length: inserted }, (_, n) => `new ${at}.${n}`),
      ...(fate === 'kept' ? [`old ${at + 1}`] : fate === 'reworded' ? [`other ${at + 1}`] : []),
    ]);
  }

  const oldNumber = (text: string) => Number(/^(?:old|other) (\d+)$/.exec(text)?.[1] ?? 0);

  test('nothing is skipped and nothing is told early, as long as one anchor is left', () => {
    fc.assert(
      fc.property(cases, ({ edit, position, furthest: far }) => {
        const furthest = Math.max(position, far);
        const before = storyOf(edit.map((_, at) => `old ${at + 1}`));
        const texts = edited(edit);
        const reading = readingAt(before, position, furthest);
        const isLeft = (number: number) => texts.includes(`old ${number}`);
        fc.pre([position - 2, position - 1, position, position + 1].some(isLeft));

        const place = locate(reading, storyOf(texts));
        const counted = texts.slice(0, place.position).filter((text) => text.startsWith('old '));
        expect(counted.every((text) => oldNumber(text) <= position)).toBe(true);
        const shown = texts.slice(0, place.furthest).filter((text) => text.startsWith('old '));
        expect(shown.every((text) => oldNumber(text) <= furthest)).toBe(true);
        expect(place.furthest).toBeGreaterThanOrEqual(place.position);
        expect(place.furthest).toBeLessThanOrEqual(texts.length);
      }),
      { numRuns: 5000 },
    );
  });

  test('the place is exact where the last told passage and the next are left', () => {
    fc.assert(
      fc.property(cases, ({ edit, position }) => {
        const texts = edited(edit);
        const at = texts.indexOf(`old ${position}`) + 1;
        fc.pre(at > 0);
        const before = storyOf(edit.map((_, index) => `old ${index + 1}`));
        expect(locate(readingAt(before, position), storyOf(texts)).position).toBe(at);
      }),
      { numRuns: 5000 },
    );
  });
});

test('to find a place that was found changes nothing', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'abcd'), minLength: 1, maxLength: 8 }),
      fc.string({ unit: fc.constantFrom(...'abcdX'), minLength: 1, maxLength: 10 }),
      fc.nat(8),
      fc.nat(8),
      (before, after, position, furthest) => {
        const told = Math.min(position, before.length);
        const most = Math.min(Math.max(furthest, told), before.length);
        const edited = storyOf(letters(after));
        const once = locate(readingAt(storyOf(letters(before)), told, most), edited);
        const again = locate(once, edited);
        expect([again.position, again.furthest]).toEqual([once.position, once.furthest]);
      },
    ),
  );
});
