import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitsMessage } from '../src/message/fits.ts';
import { parseStory } from '../src/story/parse.ts';
import { split } from '../src/story/split.ts';
import type { Book, Prose } from '../src/story/story.ts';
import { longParagraph, nastyText } from './texts/nasty.ts';

const LONE_SURROGATE = /\p{Cs}/u;

/** The paragraphs of a plain text, by the contract's words and no code of the parser's. */
function paragraphsOf(text: string): string[] {
  return text
    .split(/\n(?:[^\S\n]*\n)+/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '');
}

function joined(parts: readonly { text: string; after: string }[]): string {
  return parts.map((part) => part.text + part.after).join('');
}

function tellable(story: Book): void {
  story.passages.forEach((passage, index) => {
    const number = index + 1;
    const headings = story.chapters.filter((one) => one.first === number).map((one) => one.title);
    expect(passage.number).toBe(number);
    expect(fitsMessage(passage, headings, story.title)).toBe(true);
    expect(passage.text).toBe(passage.text.trim());
    expect(passage.text).not.toBe('');
    expect(passage.text).not.toMatch(LONE_SURROGATE);
  });
}

const short =
  (limit: number) =>
  (prose: Prose): boolean =>
    prose.text.length <= limit;

const plain = (text: string): Prose => ({ text, emphasis: [] });

describe('the passages, joined, are the text', () => {
  test('of any plain text', () => {
    fc.assert(
      fc.property(fc.array(nastyText(40), { minLength: 1, maxLength: 6 }), (paragraphs) => {
        const source = paragraphs.join('\n\n').replace(/^\s+/, '');
        fc.pre(source.trim() !== '');
        const story = parseStory({ name: 'story.txt', text: `Title\n\n${source}` }, fitsMessage);
        expect(story.title).toBe('Title');
        expect(joined(story.passages)).toBe(paragraphsOf(source).join('\n\n'));
        tellable(story);
      }),
      { numRuns: 300 },
    );
  });

  test('of paragraphs beyond a message', () => {
    fc.assert(
      fc.property(longParagraph, (paragraph) => {
        const story = parseStory({ name: 'story.txt', text: `Title\n\n${paragraph}` }, fitsMessage);
        expect(joined(story.passages)).toBe(paragraph);
        tellable(story);
      }),
      { numRuns: 100 },
    );
  });

  test('of any Markdown, but for asterisks', () => {
    fc.assert(
      fc.property(longParagraph, fc.boolean(), (paragraph, chapters) => {
        const text = paragraph.replace(/^#+[ \t]/gm, '#. ');
        const source = chapters ? `# Title\n## One\n## Two\n${text}\n## Three\n\n${text}` : text;
        const story = parseStory({ name: 'story.md', text: source }, fitsMessage);
        const told = chapters ? `${text}\n\n${text}` : text;
        expect(joined(story.passages).replaceAll('*', '')).toBe(told.replaceAll('*', ''));
        tellable(story);
        for (const { emphasis, text: all } of story.passages) {
          for (const { start, end } of emphasis) {
            expect(start).toBeLessThan(end);
            expect(end).toBeLessThanOrEqual(all.length);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  test.each(readdirSync('story'))('of %s, which we ship', (name) => {
    const text = readFileSync(`story/${name}`, 'utf8');
    const story = parseStory({ name, text }, fitsMessage);
    const body = name.endsWith('.md')
      ? text.replace(/^---\n[\s\S]*?\n---\n/, '').replace(/^##? .*$/gm, '')
      : text.slice(text.indexOf('\n'));
    expect(joined(story.passages).replaceAll('*', '')).toBe(
      paragraphsOf(body).join('\n\n').replaceAll('*', ''),
    );
    tellable(story);
  });
});

describe('a paragraph beyond one message', () => {
  test('is cut at sentence ends, into the fewest parts', () => {
    const sentence = 'It was a long and quiet evening by the sea. ';
    const parts = split(plain(sentence.repeat(30).trim()), 'en', short(500));
    expect(parts).toHaveLength(3);
    for (const { text } of parts) expect(text).toMatch(/^It was .* the sea\.$/);
  });

  test('is cut into parts of about the same length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 101, max: 900 }), (count) => {
        const parts = split(plain('One two. '.repeat(count).trim()), 'en', short(900));
        const lengths = parts.map((part) => part.text.length);
        expect(parts).toHaveLength(Math.ceil(count / 100));
        expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(9);
      }),
    );
  });

  test('keeps the white space at a cut, and does not show it', () => {
    const parts = split(plain('One one.  \n Two two. Three.'), 'en', short(16));
    expect(parts).toEqual([
      { text: 'One one.', emphasis: [], after: '  \n ' },
      { text: 'Two two. Three.', emphasis: [], after: '' },
    ]);
  });

  test('begins no part with white space, however much there is', () => {
    const parts = split(plain(`abcdefgh${' '.repeat(20)}ij`), 'en', short(4));
    expect(parts.map(({ text, after }) => [text, after])).toEqual([
      ['abcd', ''],
      ['efgh', ' '.repeat(20)],
      ['ij', ''],
    ]);
  });

  test('falls back to words, to graphemes, and to code points', () => {
    const texts = (text: string, limit: number) =>
      split(plain(text), 'en', short(limit)).map((part) => part.text);
    expect(texts('one two three four five six', 15)).toEqual(['one two three', 'four five six']);
    expect(texts('abcdefghijkl', 4)).toEqual(['abcd', 'efgh', 'ijkl']);
    expect(texts('👩🏽‍🚀👩🏽‍🚀👩🏽‍🚀', 10)).toEqual(['👩🏽‍🚀', '👩🏽‍🚀', '👩🏽‍🚀']);
    expect(texts('👩🏽‍🚀', 3)).toEqual(['👩', '🏽‍', '🚀']);
    expect(texts('😀😀', 1)).toEqual(['😀', '😀']);
  });

  test('cuts scripts without spaces between words', () => {
    const parts = split(plain('今日はとても良い天気ですね'), 'ja', short(6)).map(
      (part) => part.text,
    );
    expect(parts.join('')).toBe('今日はとても良い天気ですね');
    expect(parts).toHaveLength(3);
    expect(parts.some((part) => part.startsWith('気') || part.startsWith('い'))).toBe(false);
  });

  test('takes emphasis apart with the text', () => {
    const paragraph = {
      text: 'One one. Two two.',
      emphasis: [{ start: 4, end: 12, strong: true }],
    };
    expect(split(paragraph, 'en', short(9))).toEqual([
      { text: 'One one.', emphasis: [{ start: 4, end: 8, strong: true }], after: ' ' },
      { text: 'Two two.', emphasis: [{ start: 0, end: 3, strong: true }], after: '' },
    ]);
  });
});

// Quadratic time would be minutes, and end in a timeout.
describe('size', { timeout: 60_000 }, () => {
  const told = (text: string) => {
    let asked = 0;
    const { passages } = parseStory({ name: 'novel.md', text }, (...part) => {
      asked++;
      return fitsMessage(...part);
    });
    return { passages, asked };
  };

  test('a novel of three megabytes is read in moments', () => {
    const paragraph = `"I *never* said so," she said. ${'He went on, and on; and the sea with him. '.repeat(12)}`;
    expect(told(`${paragraph}\n\n`.repeat(5600)).asked).toBe(5600);
  });

  test.each([
    ['of sentences', 'He **went** on, and *on*; and the sea with him. '],
    ['without a space', 'abcdefghij'],
    ['of asterisks', '*a **'],
    ['of short names', ':a'],
  ])('a paragraph of a third of a megabyte %s asks a few times a part', (_, piece) => {
    const text = piece.repeat(300_000 / piece.length);
    const { passages, asked } = told(text);
    expect(passages.length).toBeGreaterThan(100);
    // Every unit alone, and some twenty times a part.
    expect(asked).toBeLessThan(text.length + 60 * passages.length);
  });
});
