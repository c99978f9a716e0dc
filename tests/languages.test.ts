import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitsMessage } from '../src/message/fits.ts';
import { escapeText } from '../src/message/markdown.ts';
import { storyOf } from '../src/story/in-memory.ts';
import { lineIndex } from '../src/story/line-index.ts';
import { linesOf } from '../src/story/lines.ts';
import { parseStory } from '../src/story/parse.ts';
import type { Story } from '../src/story/story.ts';
import { passageOf, passagesOf } from './book.ts';

const told = (text: string): Story => storyOf(parseStory({ name: 's.txt', text }, fitsMessage));

/** By language: a text of a few lines, and words typed as readers type with the line they mean. */
const TEXTS: readonly (readonly [
  language: string,
  lines: readonly string[],
  typed: string,
  meant: number,
])[] = [
  ['ar', ['أَضاءَ أحمدُ المصباحَ كلَّ سنة.', 'هل رأى البحر؟', 'نعم! وقال: «سأعود غدًا.»'], 'احمد سنه', 0],
  ['fa', ['او چراغ را روشن کرد.', 'آیا دریا را می‌دید؟', 'بله، هر شب.'], 'میدید', 1],
  ['ur', ['اس نے چراغ جلایا اور بیٹھ گیا۔', 'کیا سمندر دور تھا؟', 'ہاں، بہت دور۔'], 'سمندر', 1],
  ['he', ['הוא הדליק את הפנס.', 'האם ראה את הים?', 'כן, בכל לילה.'], 'הפנס', 0],
  ['hi', ['उसने लालटेन जलाई।', 'क्या उसने क़िला देखा?', 'हाँ, हर रात।'], 'किला', 1],
  [
    'ja',
    ['彼はランプに火をつけた。', '「海を見たか？」と彼女は聞いた。', '毎晩見ていた。'],
    '海を見た',
    1,
  ],
  ['zh', ['他点亮了灯。', '他看见大海了吗？', '是的，每天晚上。'], '大海', 1],
  ['ko', ['그는 등불을 켰다.', '바다를 보았니?', '네, 매일 밤.'], '바다를', 1],
  [
    'th',
    ['เขาจุดตะเกียงที่ริมหน้าต่างทุกคืนเพื่อให้เรือเห็นทางกลับบ้านได้', 'เธอมองเห็นทะเลจากห้องของเธอ'],
    'ทะเล',
    1,
  ],
  ['ru', ['Он зажёг фонарь.', 'Видел ли он море?', 'Да, каждую ночь.'], 'зажег', 0],
  ['el', ['Άναψε το φανάρι.', 'Είδε τη θάλασσα;', 'Ναι, κάθε νύχτα.'], 'φαναρι', 0],
];

describe.each(TEXTS)('%s', (language, lines, typed, meant) => {
  const separator = /^(?:ja|zh)$/.test(language) ? '' : ' ';
  const text = lines.join(separator);
  const story = told(`${text}\n`);

  test('is known by its script, and by letters of its own', () => {
    expect(story.language).toBe(language);
  });

  test('is cut into its sentences', () => {
    const [passage] = passagesOf(story);
    const cut = passage && linesOf(passage, language).map((line) => line.text);
    // A short answer and what follows it are lines of their own.
    expect(cut?.join(separator)).toBe(text);
    expect(cut?.slice(0, 2)).toEqual(lines.slice(0, 2));
  });

  test('is found by words as they are typed', async () => {
    expect((await lineIndex(story).find(typed, 1))?.text).toBe(lines[meant]);
  });
});

test.each([
  ['uk', 'Він її не бачив, але є ще ґанок і їжа.'],
  ['ja', '東京都千代田区霞が関一丁目'],
  ['en', 'A lamp, λύχνος in Greek, φανάρι today.'],
  ['en', '1984 – 2001'],
])('%s is the language of %s', (language, text) => {
  expect(told(text).language).toBe(language);
});

test('the language in a file wins over the script', () => {
  const text = '---\nlanguage: la\n---\nIn principio erat verbum.';
  expect(parseStory({ name: 's.md', text }, fitsMessage).language).toBe('la');
});

const CLUSTERS = [
  ...['क्ष', 'ज्ञा', 'हिं', 'नि', 'ಕ್ಷ', 'ශ්‍රී', 'ที่', 'น้ำ', 'กำ'],
  ...['بِّ', 'لَّا', 'שָׁ', 'é\u0323', '각', '👩‍👩‍👧‍👦', '🏳️‍🌈', '葛\u{e0100}', 'が'],
];

test('no joined or marked character is cut or changed', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...CLUSTERS, ...CLUSTERS, ' '), { minLength: 800, maxLength: 1800 }),
      (parts) => {
        const text = `x${parts.join('').replace(/ +/g, ' ').trim()}`;
        const { passages } = parseStory({ name: 's.txt', text }, fitsMessage);
        expect(passages.map((passage) => passage.text + passage.after).join('')).toBe(text);
        const graphemes = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
        const kept = passages.flatMap((passage) =>
          Array.from(
            new Intl.Segmenter().segment(passage.text + passage.after),
            (one) => one.segment,
          ),
        );
        expect(kept).toEqual(graphemes);
        expect(escapeText(text)).toBe(text);
      },
    ),
    { numRuns: 10 },
  );
});

test('Thai lines end at spaces, once they are long enough', () => {
  const clause = 'เขาจุดตะเกียงทุกคืน';
  const cut = linesOf(passageOf(Array.from({ length: 8 }, () => clause).join(' ')), 'th');
  expect(cut.map(({ text }) => text.split(' ').length)).toEqual([4, 4]);
});
