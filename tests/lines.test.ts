import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitsMessage } from '../src/message/fits.ts';
import { linesOf } from '../src/story/lines.ts';
import { parseStory } from '../src/story/parse.ts';
import type { Emphasis } from '../src/story/story.ts';
import { passageOf } from './book.ts';

const cut = (text: string, language = 'en') =>
  linesOf(passageOf(text), language).map((line) => line.text);

/** Written with ` | ` where a reader would cut. */
const HARD: readonly (readonly [language: string, text: string])[] = [
  // Dialogue, with both its marks
  ['en', `"You're dreaming." | He comments, and she laughs. | "I know."`],
  ['en', '"Really?" she said. | "Really?", she said. | "Yes!" | She left.'],
  ['en', '"No. Not now. Please." | It breaks. | "I know," he says. | "I was there. I saw."'],
  ['en', 'She said, "Go. Now." and left. | “Ready? Set?” | He was.'],
  [
    'en',
    '‘Dinah’ll miss me. Dear, dear!’ | (Dinah was the cat.) | ‘It’s Ada’s,’ she said. | Down.',
  ],
  ['en', `'Wait. I mean it,' he said. | 'Tis nothing. | 'Go! Now.' | The dogs' tails wag. | So.`],
  ['en', `"She told me, 'Sit. Stay,' and I did. Really." | He left.`],
  ['en', `The 6'2" man came. | "Hello," he said. | "Bye. Now."`],
  ['en', '"A speech that goes on in the next paragraph. | It has no closing mark. | None.'],
  ['en', 'She left (why? Nobody knows) at ten. | (It was late. Very late.) | So.'],
  // Ellipses
  ['en', 'She let go of him... | "I never meant to." | He smiled.'],
  ['en', "She looked at him... | It's over. | And... then."],
  ['en', `"Him...It's him," she said. | "Oh... I... I don't know."`],
  ['en', 'He left… | She stayed. | “I… I don’t.” | “…And then?” | And… then.'],
  ['en', '"...And you?" | She was. | ...And she stayed.'],
  // No ends of sentences
  ['en', 'Mr. Darcy, Mrs. Hill, St. John and Dr. J. Watson met J. R. R. Tolkien. | They spoke.'],
  [
    'en',
    'Bring fruit, e.g. Apples, i.e. Cox, to the U.S. Army, No. 5. | No. | Not me. | So am I. | Yes.',
  ],
  ['en', 'Chapter II. The Pool of Tears'],
  ['en', 'It was 3.14. | A wrapped\nline. | And\nanother.'],
  // Languages
  [
    'ja',
    '「何？」と彼は言った。| 「行こう。明日だ。」| 彼は笑った。| そう……だね。| 『え？』って、彼女。',
  ],
  ['zh', '“你好。我是小明。”| 他说。| “走吧！”'],
  ['fr', '« Tu viens ? » dit-il. | « Oui. Bien sûr ! » | Elle partit. | «Non.» | M. Dupont rit.'],
  [
    'de',
    '„Komm her! Jetzt.“ | Er lief. | „Warum?“, fragte sie. | »Nein!« | Am 3. Mai, z. B. Anna.',
  ],
  ['es', '—¿Vienes? —preguntó Ana. | —Sí. | ¡Claro que sí! | —Ana se sentó. | ¿Y tú? | ¡No!'],
  ['ru', '— Ты идёшь? — спросил он. | — Да. | «Нет! Стой!» | Он ушёл. | А. С. Пушкин.'],
  ['sv', '”Kom. Nu.” | Han gick. | ”Ja”, sa hon.'],
  ['ar', 'قال... ثم ذهب. | هل تأتي؟ | نعم.'],
];

test.each(HARD)('%s: %s', (language, marked) => {
  const separator = language === 'ja' || language === 'zh' ? /\| / : / \| /;
  const lines = marked.split(separator);
  expect(
    cut(marked.replaceAll(new RegExp(separator, 'g'), language === 'ja' ? '' : ' '), language),
  ).toEqual(lines);
});

test('a speech too long to quote is cut at its sentences', () => {
  const speech = `"${'I have a great deal to say about it. '.repeat(20).trim()}"`;
  expect(cut(`${speech} He left.`)).toHaveLength(21);
});

test('white space and symbols are no line of their own', () => {
  expect(cut('*    *    *')).toEqual(['*    *    *']);
});

describe('the story that we ship', () => {
  const source = readFileSync('story/bittersweet-goodbye.md', 'utf8');
  const story = parseStory({ name: 'bittersweet-goodbye.md', text: source }, fitsMessage);
  const lines = story.passages.map((one) => linesOf(one, story.language).map(({ text }) => text));

  test('has this many lines in each passage', () => {
    expect(lines.map((of) => of.length)).toEqual([
      4, 3, 2, 3, 4, 6, 3, 4, 3, 3, 4, 4, 5, 3, 4, 5, 4, 2, 4, 4, 4, 4, 3, 3, 4,
    ]);
  });

  test('is cut so in the seventh', () => {
    expect(lines[6]).toEqual([
      `"No. Damon, I'm not... please. I'm not ready to leave."`,
      'It breaks in the middle.',
      'The tears come up too fast to hide, and she lets them run: she is not finished, not with being alive, and least of all with him.',
    ]);
  });

  test('has both marks around every speech, and a whole sentence in every line', () => {
    for (const line of lines.flat()) {
      expect(line.split('"').length % 2, line).toBe(1);
      expect(line).toMatch(/^["\p{Lu}].*[.!?]"?$/u);
    }
  });
});

describe('of any text', () => {
  const pieces = ['a', 'I', 'Mr', 'said', '.', '...', '…', '?', '!', ',', '—', '"', "'", '“', '”'];
  const more = [
    '‘',
    '’',
    '«',
    '»',
    '„',
    '「',
    '」',
    '(',
    ')',
    '。',
    'と',
    ' ',
    ' ',
    ' ',
    '\n',
    '5',
  ];
  const prose = fc
    .array(fc.constantFrom(...pieces, ...more), { minLength: 1, maxLength: 60 })
    .map((of) => of.join('').trim());
  const language = fc.constantFrom('en', 'de', 'fr', 'ja');

  test('the lines and the white space between them are the text', () => {
    fc.assert(
      fc.property(prose, language, (text, tag) => {
        let at = 0;
        for (const line of cut(text, tag)) {
          const start = text.indexOf(line, at);
          expect(text.slice(at, start).trim()).toBe('');
          at = start + line.length;
        }
        expect(text.slice(at).trim()).toBe('');
      }),
      { numRuns: 1000 },
    );
  });

  test('no emphasis is lost', () => {
    const spans = fc.array(fc.tuple(fc.nat(200), fc.integer({ min: 1, max: 40 }), fc.boolean()), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(prose, spans, (text, wanted) => {
        fc.pre(text !== '');
        const emphasis = wanted
          .map(([from, length, strong]) => ({ start: from % text.length, length, strong }))
          .map(({ start, length, strong }) => ({
            start,
            end: Math.min(text.length, start + length),
            strong,
          }));
        const emphasised = (of: { text: string; emphasis: readonly Emphasis[] }, strong: boolean) =>
          of.text
            .split('')
            .filter((_, at) =>
              of.emphasis.some((one) => one.strong === strong && one.start <= at && at < one.end),
            )
            .filter((character) => character.trim() !== '')
            .join('');
        for (const strong of [true, false]) {
          const lines = linesOf(passageOf(text, emphasis), 'en');
          expect(lines.map((line) => emphasised(line, strong)).join('')).toBe(
            emphasised({ text, emphasis }, strong),
          );
        }
      }),
      { numRuns: 500 },
    );
  });

  test('a speech on its own between sentences is a line', () => {
    const sentence = fc.constantFrom(
      'I came.',
      'Really?',
      'Stop!',
      'No... please.',
      'Mr. A. left.',
    );
    const marks = fc.constantFrom<[string, string]>(['"', '"'], ['“', '”'], ['‘', '’'], ['„', '“']);
    fc.assert(
      fc.property(fc.array(sentence, { minLength: 1, maxLength: 5 }), marks, (said, [a, b]) => {
        const speech = `${a}${said.join(' ')}${b}`;
        expect(cut(`He stood. ${speech} She sat. ${speech}`)).toEqual([
          'He stood.',
          speech,
          'She sat.',
          speech,
        ]);
      }),
    );
  });

  test('marks that never close do not take quadratic time', () => {
    const start = performance.now();
    for (const piece of ['« a. ', '"a ', '(', "'a. ", '«(„‚"a. ', '… ', '..." ']) {
      cut(piece.repeat(200_000 / piece.length));
    }
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
