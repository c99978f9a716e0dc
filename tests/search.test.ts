import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitsMessage } from '../src/message/fits.ts';
import { storyOf } from '../src/story/in-memory.ts';
import { lineIndex } from '../src/story/line-index.ts';
import { linesOf } from '../src/story/lines.ts';
import { parseStory } from '../src/story/parse.ts';
import { createRecent } from '../src/story/recent.ts';
import type { Story } from '../src/story/story.ts';
import { passagesOf } from './book.ts';
import { ALICE, GOODBYE, type RememberedLine } from './texts/queries.ts';

const ALL = Number.MAX_SAFE_INTEGER;

const told = (text: string, language = 'en'): Story =>
  storyOf(
    parseStory(
      { name: 's.md', text: `---\nlanguage: ${language}\n---\n# T\n\n${text}` },
      fitsMessage,
    ),
  );
const read = (path: string): Story =>
  storyOf(parseStory({ name: path, text: readFileSync(path, 'utf8') }, fitsMessage));

const found = async (story: Story, words: string, last = ALL) =>
  (await lineIndex(story).find(words, last))?.text;
const suggested = async (story: Story, words: string, last = ALL) =>
  (await lineIndex(story).suggest(words, last, 25)).map(({ text }) => text);

describe('half-remembered lines', () => {
  const goodbye = read('story/bittersweet-goodbye.md');
  const alice = read('tests/texts/alice.txt');

  test.each<[string, Story, readonly RememberedLine[]]>([
    ['of the story that we ship', goodbye, GOODBYE],
    ['of Alice', alice, ALICE],
  ])('%s are among the first five, mostly first', async (_, story, table) => {
    const lines = passagesOf(story).flatMap((one) => linesOf(one, story.language));
    const places: { typed: string; place: number }[] = [];
    for (const [typed, meant] of table) {
      expect(lines.filter(({ text }) => text.includes(meant)).length, meant).toBe(1);
      const texts = await suggested(story, typed);
      places.push({ typed, place: texts.findIndex((text) => text.includes(meant)) });
    }
    const missed = places.filter(({ place }) => place < 0 || place > 4);
    const notFirst = places.filter(({ place }) => place !== 0);
    expect(missed.length / table.length, JSON.stringify(missed)).toBeLessThanOrEqual(0.05);
    expect(notFirst.length / table.length, JSON.stringify(notFirst)).toBeLessThanOrEqual(0.15);
  });
});

describe('suggestions', () => {
  test('put the phrase itself first, then the words close together', async () => {
    const story = told(
      'The night was old and the long. The night was long. A night, they say, is ever so long. Nobody came that day.',
    );
    expect(await suggested(story, 'night was long')).toEqual([
      'The night was long.',
      'The night was old and the long.',
      'A night, they say, is ever so long.',
    ]);
  });

  test('put words that stand closer first', async () => {
    const story = told('A long one and dark is the night. A dark one and the night, so long.');
    expect((await suggested(story, 'night long'))[0]).toBe('A dark one and the night, so long.');
  });

  test('come while the last word is being typed', async () => {
    const story = told('The heartbeat stopped. He wept.');
    for (const typed of ['h', 'he', 'stopped heartb', 'heartbaet st', 'HEARTBEAT']) {
      expect((await suggested(story, typed))[0], typed).toMatch(/^(The heart|He wept)/);
    }
    expect(await suggested(story, 'stopped hear')).toEqual(['The heartbeat stopped.']);
    expect(await suggested(story, 'xyz')).toEqual([]);
  });

  test('are as many as asked', async () => {
    const story = told('One day he came. '.repeat(40));
    expect(await lineIndex(story).suggest('day', ALL, 25)).toHaveLength(25);
  });
});

describe('free text', () => {
  test('finds the line that holds all the words, spelt nearly right', async () => {
    const story = told('The lighthouse stood alone. The house by the sea was extraordinarily old.');
    const lighthouse = 'The lighthouse stood alone.';
    const house = 'The house by the sea was extraordinarily old.';
    expect(await found(story, 'alone lighthouse')).toBe(lighthouse);
    expect(await found(story, 'lighthose alone')).toBe(lighthouse);
    expect(await found(story, 'lihgthouse')).toBe(lighthouse);
    expect(await found(story, 'ligthouze')).toBe(lighthouse);
    expect(await found(story, 'HOSUE')).toBe(house);
    expect(await found(story, 'extraodinarly')).toBe(house);
    expect(await found(story, 'hause sea')).toBe(house);
  });

  test.each([
    ['a word that it lacks', 'lighthouse sea'],
    ['a typo in four letters', 'olt'],
    ['two in eight', 'hqqse'],
    ['three beyond', 'extrxordxnarixy'],
    ['the beginning of a word', 'lighth'],
    ['nothing', ''],
    ['no word', '"...?" 💀'],
    ['a word longer than any', 'x'.repeat(6000)],
    ['more words than any line has', `${'the house '.repeat(300)}was not`],
  ])('finds nothing by %s', async (_, words) => {
    const story = told('The lighthouse stood alone. The house by the sea was extraordinarily old.');
    expect(await found(story, words)).toBeUndefined();
  });

  test('finds every line by its own words, in any order', async () => {
    const story = read('tests/texts/alice.txt');
    const lines = passagesOf(story).flatMap((one) => linesOf(one, 'en'));
    const spoken = lines.filter(({ text }) => (text.match(/\p{L}+/gu) ?? []).length > 3);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...spoken),
        fc.infiniteStream(fc.nat()),
        async (line, by) => {
          const words = (line.text.match(/[\p{L}’]+/gu) ?? [])
            .map((word) => ({ word, by: by.next().value ?? 0 }))
            .sort((a, b) => a.by - b.by)
            .map(({ word }) => word.toUpperCase().replaceAll('’', "'"));
          expect(await lineIndex(story).find(words.join(' '), ALL)).toBeDefined();
          expect(await lineIndex(story).find(line.text, ALL)).toEqual(line);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('what is still to come', () => {
  const story = told('The lamp was lit.\n\nThe lamp went out. A daisy-chain broke.\n\nThe end.');

  test('is not found, whatever is asked', async () => {
    expect(await found(story, 'lamp out', 1)).toBeUndefined();
    expect(await suggested(story, 'lamp out', 1)).toEqual(['The lamp was lit.']);
    expect(await suggested(story, 'broke', 1)).toEqual([]);
    expect(await suggested(story, 'lamp', 0)).toEqual([]);
    expect(await found(story, 'lamp out', 2)).toBe('The lamp went out.');
  });

  // Rarities, known words and neighbours in spelling all come from the told lines alone.
  test('changes no answer', async () => {
    const word = fc.constantFrom(
      'lamp',
      'lamps',
      'sea',
      'night',
      'went',
      'daisy',
      'daisy-chain',
      'a',
    );
    const paragraphs = fc.array(
      fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => `The ${words.join(' ')}.`),
      { minLength: 1, maxLength: 5 },
    );
    const query = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
    await fc.assert(
      fc.asyncProperty(paragraphs, paragraphs, query, async (past, future, typed) => {
        const whole = lineIndex(told([...past, ...future].join('\n\n')));
        const part = lineIndex(told(past.join('\n\n')));
        const last = past.length;
        expect(await whole.suggest(typed, last, 25)).toEqual(await part.suggest(typed, last, 25));
        expect(await whole.find(typed, last)).toEqual(await part.find(typed, last));
      }),
    );
  });
});

describe('writing', () => {
  test.each([
    [
      'en',
      `"Don't go to the tea-party to-day," he said.`,
      'dont go|don’t|tea party|teaparty|today',
    ],
    ['en', 'Tom’s hat was gone.', 'tom hat|TOMS HAT|"tom\'s"|hat tom'],
    [
      'fr',
      "L'amour, l'été, un garçon naïf à l'Œuvre.",
      'amour|l’amour|lamour|ete|garcon naif|oeuvre',
    ],
    ['de', 'Die Straße war naß.', 'strasse|STRASSE NASS|straße'],
    ['ru', 'Он всё понял, её брат.', 'все понял|ЕЁ'],
    ['tr', 'İstanbul ışıl ışıldı.', 'istanbul|isil'],
    ['ja', '今日はとても良い天気ですね。', '天気|良い天気|天|今日 天気|天気 とても'],
    ['ja', 'コンピューターを買った。', 'コンピューター|ンピュー|買った'],
    ['zh', '他昨天去了北京大学。', '北京|大学 昨天|北京大学'],
    ['th', 'วันนี้อากาศดีมาก', 'อากาศ|วันนี้ ดี'],
    ['ko', '오늘은 날씨가 좋다.', '날씨가|좋다 오늘은'],
  ])('in %s: %s', async (language, line, queries) => {
    const story = told(`Zzz.\n\n${line}`, language);
    for (const words of queries.split('|')) {
      expect(await found(story, words), words).toBe(line);
      expect(await suggested(story, words), words).toEqual([line]);
    }
  });

  test('characters of a word stand in a row', async () => {
    const story = told('日は本を読む。', 'ja');
    expect(await found(story, '日本')).toBeUndefined();
    expect(await found(story, '日 本')).toBe('日は本を読む。');
  });
});

test('making the index lets others in', async () => {
  const story = told('He went on, and on, and never came back to the sea. '.repeat(20_000));
  let turns = 0;
  let handle = setImmediate(function turn() {
    turns++;
    handle = setImmediate(turn);
  });
  expect(await suggested(story, 'never came')).toHaveLength(25);
  clearImmediate(handle);
  expect(turns).toBeGreaterThan(20);
});

describe('what was made recently', () => {
  test('is kept up to a weight, the least recently asked dropped first', () => {
    const made: string[] = [];
    const recent = createRecent<string, string>(
      (key) => {
        made.push(key);
        return key;
      },
      (key) => key.length,
      6,
    );
    for (const key of ['aa', 'bb', 'cc', 'aa', 'dd', 'aa', 'bb']) expect(recent.get(key)).toBe(key);
    expect(made).toEqual(['aa', 'bb', 'cc', 'dd', 'bb']);
    recent.get('longest');
    recent.get('longest');
    expect(made.slice(5)).toEqual(['longest']);
  });
});
