import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Box, balance, fill, type Span } from '../src/card/balance.ts';
import { setQuotationMarks } from '../src/card/quotation-marks.ts';
import { segmentsOf } from '../src/card/segments.ts';
import { styler } from '../src/card/style.ts';
import { isRightToLeft } from '../src/story/direction.ts';

describe('quotation marks', () => {
  test.each([
    ['en', `"Yes," she said. "It's late."`, '“Yes,” she said. “It’s late.”'],
    ['en', `"He told me 'no', twice."`, '“He told me ‘no’, twice.”'],
    ['en', `"'No,' he said."`, '“‘No,’ he said.”'],
    ['en', `"Why did he say 'go'?"`, '“Why did he say ‘go’?”'],
    [
      'en',
      `'Tis the sailors' lamp of '68, an' rock 'n' roll.`,
      '’Tis the sailors’ lamp of ’68, an’ rock ’n’ roll.',
    ],
    ['en', `him..."I never"`, 'him...“I never”'],
    ['en', `"Wait--" "What?"`, '“Wait--” “What?”'],
    ['en', `"Wait—" he said—"now!"`, '“Wait—” he said—“now!”'],
    ['en', `("So")`, '(“So”)'],
    ['en', `I'm sorry."`, 'I’m sorry.”'],
    ['en', '“Set” and ‘set’ stay.', '“Set” and ‘set’ stay.'],
    ['de', `"Ja", sagte er.`, '„Ja“, sagte er.'],
    ['de-AT', `"Geht's?"`, '„Geht’s?“'],
    ['ru', `"Да", сказал он.`, '«Да», сказал он.'],
    ['sv', `"Ja", sa han.`, '”Ja”, sa han.'],
  ])('in %s: %s', (language, straight, set) => {
    expect(setQuotationMarks(straight, language)).toBe(set);
  });

  test('are all that changes, each in its place', () => {
    const text = fc.string({ unit: fc.constantFrom('"', "'", 'a', ' ', '—', '.', '(', '9', '“') });
    fc.assert(
      fc.property(text, fc.constantFrom('en', 'de', 'ru', 'xx'), (straight, language) => {
        const set = setQuotationMarks(straight, language);
        expect(set).toHaveLength(straight.length);
        expect(set).not.toMatch(/["']/);
        for (const [at, character] of Array.from(straight).entries()) {
          if (character !== '"' && character !== "'") expect(set[at]).toBe(character);
        }
      }),
    );
  });
});

describe('a line may end', () => {
  const pieces = (text: string) => segmentsOf(text).map(({ start, end }) => text.slice(start, end));

  test.each([
    ['“Oh no,” she said (so).', ['“Oh ', 'no,” ', 'she ', 'said ', '(so).']],
    ['well-known 3.50 $5 and/or', ['well-', 'known ', '3.50 ', '$5 ', 'and/', 'or']],
    ['Wait—what – no…', ['Wait—', 'what – ', 'no…']],
    ['— Да. — Нет.', ['— ', 'Да. — ', 'Нет.']],
    ['«Oui » dit-il', ['«Oui » ', 'dit-', 'il']],
    ['日本語、です。', ['日', '本', '語、', 'で', 'す。']],
    ['สวัสดีครับ', ['สวัสดี', 'ครับ']],
  ])('in %s', (text, expected) => {
    expect(pieces(text)).toEqual(expected);
  });

  test('where the author ended one', () => {
    expect(segmentsOf('So it\nwas.\n').map(({ ends }) => ends)).toEqual([false, true, false]);
  });
});

describe('balancing', () => {
  const word = (width: number, ends = false): Box => ({ width: width + 1, bare: width, ends });
  const LIMIT = 40;
  const boxes = fc
    .array(fc.tuple(fc.integer({ min: 1, max: LIMIT }), fc.integer({ min: 0, max: 9 })), {
      minLength: 1,
      maxLength: 40,
    })
    .map((words) => words.map(([width, dice]) => word(width, dice === 0)));
  const widthOf = (all: readonly Box[], { first, last }: Span) =>
    all
      .slice(first, last)
      .reduce((sum, box, at) => sum + (at < last - first - 1 ? box.width : box.bare), 0);

  test('leaves no word alone that a line before could keep company', () => {
    const words = [10, 10, 10, 5].map((width) => word(width));
    expect(fill(words, 33)).toEqual([
      { first: 0, last: 3 },
      { first: 3, last: 4 },
    ]);
    expect(balance(words, 33)).toEqual([
      { first: 0, last: 2 },
      { first: 2, last: 4 },
    ]);
  });

  test('takes as many lines, holds every word once, and keeps within the measure', () => {
    fc.assert(
      fc.property(boxes, (all) => {
        const lines = balance(all, LIMIT);
        expect(lines).toHaveLength(fill(all, LIMIT).length);
        let next = 0;
        for (const line of lines) {
          expect(line.first).toBe(next);
          expect(line.last).toBeGreaterThan(line.first);
          expect(widthOf(all, line)).toBeLessThanOrEqual(LIMIT);
          next = line.last;
        }
        expect(next).toBe(all.length);
        const endings = all.flatMap((box, at) => (box.ends ? [at + 1] : []));
        expect(lines.map(({ last }) => last)).toEqual(expect.arrayContaining(endings));
      }),
    );
  });
});

describe('styles', () => {
  test('cut a text into runs where the emphasis changes', () => {
    const runs = styler({
      text: 'so it was',
      emphasis: [
        { start: 3, end: 9, strong: false },
        { start: 6, end: 9, strong: true },
      ],
    });
    expect(runs(0, 9)).toEqual([
      { text: 'so ', italic: false, bold: false },
      { text: 'it ', italic: true, bold: false },
      { text: 'was', italic: true, bold: true },
    ]);
    expect(runs(4, 5)).toEqual([{ text: 't', italic: true, bold: false }]);
    expect(runs(3, 3)).toEqual([]);
  });

  test('leave a text with letters from right to left in one piece', () => {
    const text = 'אני אוהב Linux';
    expect(styler({ text, emphasis: [{ start: 0, end: 3, strong: false }] })(0, 14)).toEqual([
      { text, italic: false, bold: false },
    ]);
    expect(isRightToLeft(`“${text}`)).toBe(true);
    expect(isRightToLeft('Linux אני')).toBe(false);
  });
});
