import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitsMessage } from '../src/message/fits.ts';
import { StoryError } from '../src/story/error.ts';
import { manuscriptOf, parseStory } from '../src/story/parse.ts';
import type { Book, Prose } from '../src/story/story.ts';
import { archived, wrapped } from './texts/archive.ts';

const read = (text: string): Book => parseStory({ name: 'ferry.txt', text }, fitsMessage);
const told = (body: string) => read(archived(body)).passages.map(({ text }) => text);
const chapters = (body: string) =>
  read(archived(body)).chapters.map(({ title, first }) => `${first} ${title}`);

function refusal(text: string): { message: string; line?: number | undefined } {
  try {
    read(text);
  } catch (error) {
    if (error instanceof StoryError) return { message: error.message, line: error.line };
    throw error;
  }
  throw new Error('The story was told.');
}

/** A paragraph of prose, wrapped at 72. */
const PROSE = wrapped(
  'The ferry went over at six in the morning and again at nine, and old Marten, who had rowed it since before the bridge was talked about, never once looked at the water while he did so, which the children of the village took for bravery and their mothers for sleep.',
  72,
);
const JOINED = PROSE.replaceAll('\n', ' ');

describe('the facts of an archive’s text', () => {
  test('are those of its header', () => {
    const header = [
      'Title: Die Fähre',
      '       Eine Erzählung vom Fluss',
      '',
      'Author: A. Nonymous',
      '',
      'Translator: B. Body',
      'Release Date: May 1, 1999 [EBook #4711]',
      'Language: German',
      'Character set encoding: UTF-8',
    ].join('\n');
    expect(read(archived(PROSE, header))).toMatchObject({
      title: 'Die Fähre: Eine Erzählung vom Fluss',
      author: 'A. Nonymous',
      language: 'de',
      source: 'https://www.gutenberg.org/ebooks/4711',
      rights:
        'Translated by B. Body. From Project Gutenberg, eBook #4711: in the public domain in the USA.',
    });
  });

  test('come from any archive that marks its texts so', () => {
    const text = `Language: French\n\n***START OF THE LANTERN ARCHIVE ETEXT: UN\nBAC***\n${PROSE}\n\n*** END OF THE LANTERN ARCHIVE ETEXT ***`;
    const book = read(text);
    expect(book).toMatchObject({ title: 'UN BAC', language: 'fr' });
    expect(book).toMatchObject({ rights: 'From Lantern Archive.' });
    expect(book.passages.map((passage) => passage.text)).toEqual([JOINED]);
  });

  test('say when the text is no common property', () => {
    const header = 'This is a COPYRIGHTED eBook, details below.\nTitle: The Ferry';
    expect(read(archived(PROSE, header)).rights).toContain('copyrighted');
  });

  test('header, footer and licence are left out, and that is reported', () => {
    expect(told(PROSE)).toEqual([JOINED]);
    const { leftOut } = manuscriptOf({ name: 'a.txt', text: archived(PROSE) });
    expect(leftOut?.map(({ line }) => line)).toEqual([1, 17]);
  });

  test.each([
    ['without an END', archived(PROSE).replace(/\nEnd of [\s\S]*$/, ''), 'cut off'],
    ['of two books', archived(PROSE).repeat(2), 'file of its own'],
  ])('one %s is refused', (_, text, reason) => {
    expect(refusal(text).message).toContain(reason);
    expect(refusal(text).line).toBeGreaterThan(8);
  });

  test('an older END in words alone will do', () => {
    const text = archived(PROSE).replace(/\n\*\*\* END[\s\S]*$/, '\nYou may not charge for it.\n');
    expect(read(text).passages.map((passage) => passage.text)).toEqual([JOINED]);
  });

  test('any other text is told line for line', () => {
    expect(read(PROSE).passages.map((passage) => passage.text)).toEqual([PROSE]);
  });
});

describe('the lines of an archive’s text', () => {
  test('are joined where a program broke them, at hyphens and dashes without a space', () => {
    const paragraph = [
      'He carried letters, hens, a bride once, and in the winter of the long-',
      'remembered flood the mill’s own door with the miller standing on it--',
      'or so they tell it at the Anchor, where they tell a good deal else too.',
    ];
    expect(told(paragraph.join('\n'))).toEqual([
      'He carried letters, hens, a bride once, and in the winter of the long-remembered flood the mill’s own door with the miller standing on it--or so they tell it at the Anchor, where they tell a good deal else too.',
    ]);
  });

  test('keep their ends in verse, indented or not', () => {
    const song =
      '     Row, row, the reeds are grey,\n       The heron has his fee,\n     And what he swallows in a day\n       Would keep the likes of me.';
    const plain =
      'The water comes, the water goes,\nAnd Marten takes the toll;\nHe never learned his letters right,\nBut reads the river whole.';
    expect(told([PROSE, song, PROSE, plain].join('\n\n'))).toEqual([
      JOINED,
      'Row, row, the reeds are grey,\n  The heron has his fee,\nAnd what he swallows in a day\n  Would keep the likes of me.',
      JOINED,
      plain,
    ]);
  });

  test('keep their ends in a letter’s head and in tables', () => {
    const head = '     TO THE FERRYMAN,\n       AT THE LANDING,\n         (BY HAND)';
    const table = 'Hens            twopence\nA cow           a shilling\nA bride         nothing';
    expect(told(`${PROSE}\n\n${head}\n\n${table}`).slice(1)).toEqual([
      'TO THE FERRYMAN,\n  AT THE LANDING,\n    (BY HAND)',
      table,
    ]);
  });

  test('tell verse inside a paragraph from the prose around it', () => {
    const song = '    Row, row,\n    The reeds are grey.';
    expect(told(`${PROSE}\n${song}\n${PROSE}`)).toEqual([
      JOINED,
      'Row, row,\nThe reeds are grey.',
      JOINED,
    ]);
  });

  test('break scenes by asterisks', () => {
    const stars = '  *    *    *    *\n\n    *    *    *';
    const { passages } = read(archived(`${PROSE}\n\n${stars}\n\n${PROSE}\n* * *\n${PROSE}`));
    expect(passages.map(({ scene }) => scene)).toEqual([false, true, true]);
    expect(passages.map(({ text }) => text)).toEqual([JOINED, JOINED, JOINED]);
  });

  test('of a title page are one passage', () => {
    expect(told(`THE FERRY\n\n\nby\n\nA. NONYMOUS\n\n\n${PROSE}`)[0]).toBe(
      'THE FERRY\nby\nA. NONYMOUS',
    );
  });

  test('of long verse are cut between lines', () => {
    const lines = Array.from({ length: 120 }, (_, n) => `  And verse the ${n} goes rowing over,`);
    const passages = told(lines.join('\n'));
    expect(passages.length).toBeGreaterThan(1);
    expect(passages.join('\n').split('\n')).toEqual(lines.map((line) => line.trim()));
  });
});

describe('underscores', () => {
  /** The text with its emphasis in brackets. */
  const bracketed = ({ text, emphasis }: Prose) =>
    emphasis
      .toReversed()
      .reduce(
        (all, { start, end }) =>
          `${all.slice(0, start)}(${all.slice(start, end)})${all.slice(end)}`,
        text,
      );

  test.each([
    ['It was _his_ boat.', 'It was (his) boat.'],
    ['‘_His_,’ she said--_his!_', '‘(His),’ she said--(his!)'],
    ['_One_ and _two_', '(One) and (two)'],
    ['a snake_case_name', 'a snake_case_name'],
    ['Mr. ____ of ___', 'Mr. ____ of ___'],
    ['an _unmatched one', 'an _unmatched one'],
    ['_ not this _ but _this_', '_ not this _ but (this)'],
  ])('%s are read as %s', (source, expected) => {
    const [passage] = read(archived(source)).passages;
    expect(passage && bracketed(passage)).toBe(expected);
  });

  test('go over the ends of lines', () => {
    const [passage] = read(
      archived(PROSE.replace('again', '_again').replace('who', 'who_')),
    ).passages;
    expect(passage && bracketed(passage)).toBe(
      JOINED.replace('again', '(again').replace('who', 'who)'),
    );
  });
});

describe('chapters of an archive’s text', () => {
  const chapter = (heading: string) => `${heading}\n\n${PROSE}`;

  test.each([
    ['CHAPTER I'],
    ['CHAPTER I. Down the River'],
    ['Chapter 12'],
    ['BOOK ONE: 1805'],
    ['PART THE FIRST'],
    ['ACT I'],
    ['EPILOGUE'],
    ['Erstes Kapitel'],
    ['CHAPITRE PREMIER'],
    ['PREFACE TO THE SECOND EDITION'],
  ])('have headings like %s', (heading) => {
    expect(chapters(`${PROSE}\n\n\n\n${chapter(heading)}`)).toEqual([`2 ${heading}`]);
  });

  test.each([
    ['Part II, which nobody read, was about a goat.'],
    ['Chapter and verse'],
    ['I.'],
    ['Conclusion: nobody swims twice.'],
    ['THE END'],
    ['NO FISHING'],
  ])('do not begin at %s', (text) => {
    const body = `${PROSE}\n\n${text}\n\n${PROSE}`;
    expect(chapters(body)).toEqual([]);
    expect(told(body)).toEqual([JOINED, text, JOINED]);
  });

  test('have headings over two lines, and several over each other', () => {
    const body = [
      chapter('BOOK ONE\n\n\nCHAPTER I\n\nThe Heron'),
      chapter('CHAPTER II.\nIn Which it Rains'),
      chapter('A SONG APART'),
    ].join('\n\n\n\n');
    expect(chapters(body)).toEqual([
      '1 BOOK ONE',
      '1 CHAPTER I The Heron',
      '2 CHAPTER II. In Which it Rains',
      '3 A SONG APART',
    ]);
  });

  test('are numbered alone where the numbers count up', () => {
    const body = (numbers: string[]) => `\n\n${numbers.map(chapter).join('\n\n\n')}`;
    expect(chapters(body(['I.', 'II.', 'III.']))).toEqual(['1 I.', '2 II.', '3 III.']);
    expect(chapters(body(['I.']))).toEqual([]);
  });

  test('are not those of the table of contents, which names others', () => {
    const contents = 'CONTENTS\n\n  The Heron ...... 3\n  The Flood ...... 17';
    const body = [contents, chapter('The Heron'), chapter('The Flood')].join('\n\n\n\n');
    expect(chapters(body)).toEqual(['2 The Heron', '3 The Flood']);
    expect(told(body)[0]).toBe('CONTENTS\nThe Heron ...... 3\nThe Flood ...... 17');

    const numbers = ['CHAPTER I', 'CHAPTER II'];
    expect(chapters([...numbers, ...numbers.map(chapter)].join('\n\n\n'))).toEqual([
      '2 CHAPTER I',
      '3 CHAPTER II',
    ]);

    const list = 'PART I\n\nCHAPTER I\n\nCHAPTER II\n\nPART II\n\nCHAPTER I';
    const parts = [
      chapter('PART I\n\n\nCHAPTER I'),
      chapter('CHAPTER II'),
      chapter('PART II\n\n\nCHAPTER I'),
    ];
    const whole = [list, ...parts].join('\n\n\n\n');
    expect(chapters(whole)).toEqual([
      '2 PART I',
      '2 CHAPTER I',
      '3 CHAPTER II',
      '4 PART II',
      '4 CHAPTER I',
    ]);
    expect(told(whole)[0]).toBe(list.replaceAll('\n\n', '\n'));
  });

  test('of very long headings lose no word', () => {
    const title = `CHAPTER I. ${'OF WATER AND OF WIND '.repeat(8).trim()}`;
    const book = read(archived(chapter(wrapped(title, 70))));
    expect(book.chapters.map((one) => one.title)).toEqual(['CHAPTER I.']);
    expect(`CHAPTER I. ${book.passages[0]?.text}`).toBe(title);
  });
});

const word = fc.stringMatching(/^[a-z]{1,11}[,;]?$/);
const paragraph = fc
  .array(word, { minLength: 1, maxLength: 60 })
  .map((words) => `The ${words.join(' ')} end.`);
const short = fc.stringMatching(/^[a-z]{1,7}[,;]?$/);
// Well under the width, as verse is.
const stanza = fc
  .array(fc.array(short, { minLength: 2, maxLength: 4 }), { minLength: 2, maxLength: 6 })
  .map((lines) => lines.map((words) => words.join(' ')).join('\n'));

test('paragraphs come back unwrapped, verse line by line', () => {
  const blocks = fc.array(
    fc.oneof(
      { weight: 3, arbitrary: paragraph.map((text) => ({ text, isVerse: false, indent: '' })) },
      stanza.map((text) => ({ text, isVerse: true, indent: '    ' })),
      stanza.map((text) => ({ text, isVerse: true, indent: '' })),
    ),
    { minLength: 1, maxLength: 12 },
  );
  fc.assert(
    fc.property(blocks, fc.integer({ min: 60, max: 80 }), (all, width) => {
      const set = all.map(({ text, isVerse, indent }) =>
        isVerse ? text.replace(/^/gm, indent) : wrapped(text, width),
      );
      const [first = '', ...rest] = told(`${wrapped(JOINED, width)}\n\n${set.join('\n\n')}`);
      expect([first, ...rest]).toEqual([JOINED, ...all.map(({ text }) => text)]);
    }),
    { numRuns: 200 },
  );
});

test('every word is told, in order, whatever the lines look like', () => {
  const line = fc.oneof(
    fc.constantFrom('', '', '', 'CONTENTS', 'CHAPTER I', 'Chapter 2. The Heron', 'I', 'II.', '3'),
    fc.constantFrom(
      'BOOK ONE',
      'ACT I',
      'PREFACE',
      'A FULL SHOUT',
      '* * *',
      '| a | b |',
      '-- I --',
    ),
    fc.constantFrom(
      '    Verse here,',
      'a   b   c',
      '_open',
      'close_',
      'well-',
      'and--',
      '--so',
      '=b=',
    ),
    paragraph.map((text) => text.slice(0, 72).trim()),
  );
  const words = (text: string) => text.match(/[\p{L}\p{N}]+/gu) ?? [];
  fc.assert(
    fc.property(fc.array(line, { maxLength: 60 }), (lines) => {
      const body = `${lines.join('\n')}\n\n${PROSE}`;
      const book = read(archived(body));
      const all = book.passages.flatMap(({ number, text }) => [
        ...book.chapters.filter(({ first }) => first === number).map(({ title }) => title),
        text,
      ]);
      expect(words(all.join('\n'))).toEqual(words(body));
    }),
    { numRuns: 300 },
  );
});

test('what is cut off anywhere is told whole or refused', () => {
  const text = archived(`CHAPTER I\n\n${PROSE}\n\nCHAPTER II\n\n${PROSE}`);
  const start = text.indexOf('*** START');
  const whole = read(text).passages.map((passage) => passage.text);
  fc.assert(
    fc.property(fc.integer({ min: start + 60, max: text.length }), (end) => {
      try {
        expect(read(text.slice(0, end)).passages.map((one) => one.text)).toEqual(whole);
      } catch (error) {
        if (!(error instanceof StoryError)) throw error;
      }
    }),
  );
});

test.each([
  ['lines', 'a\n'.repeat(100_000)],
  ['headings', 'CHAPTER I\n\n'.repeat(20_000)],
  ['asterisks', `${'*'.repeat(4_000_000)}x`],
  ['dots in a table of contents', `CONTENTS\n\n${'. '.repeat(200_000)}q`],
  ['underscores', '_a '.repeat(200_000)],
])('a great many %s are no matter', (_, body) => {
  const blocks = manuscriptOf({ name: 'a.txt', text: archived(`${body}\n\n${PROSE}`) }).blocks;
  expect(blocks.length).toBeGreaterThan(0);
});
