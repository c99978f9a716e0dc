import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fitsMessage } from '../src/message/fits.ts';
import { StoryError } from '../src/story/error.ts';
import { parseStory } from '../src/story/parse.ts';
import { slugOf } from '../src/story/slug.ts';
import type { Book, Prose } from '../src/story/story.ts';
import { passageOf } from './book.ts';

const parse = (name: string, text: string): Book => parseStory({ name, text }, fitsMessage);
const texts = (story: Book) => story.passages.map((passage) => passage.text);

function refusal(name: string, text: string): { message: string; line?: number | undefined } {
  try {
    parse(name, text);
  } catch (error) {
    if (error instanceof StoryError) return { message: error.message, line: error.line };
    throw error;
  }
  throw new Error('The story was told.');
}

describe('a plain text', () => {
  test('of a title and 25 paragraphs comes out as 25 passages, to the character', () => {
    const source = readFileSync('tests/texts/lighthouse.txt', 'utf8');
    const story = parse('lighthouse.txt', source);
    expect(story).toMatchObject({
      slug: 'lighthouse',
      title: "The Lighthouse Keeper's Last Letter",
      language: 'en',
      rating: 'general',
      chapters: [],
    });
    expect(story.passages).toHaveLength(25);
    expect(texts(story)).toEqual(source.trim().split('\n\n').slice(1));
    expect(story.passages[2]?.text).toContain("him...It's");
    expect(story.passages.every((passage) => passage.emphasis.length === 0)).toBe(true);
  });

  test.each([
    ['a short line', 'The Sea', 'The Sea'],
    ['a line in quotation marks', '“The Sea”', '“The Sea”'],
    ['a line of many spaces', 'The \t  Sea', 'The Sea'],
    ['exactly 100 characters', '🌊'.repeat(100), '🌊'.repeat(100)],
  ])('has %s as its title', (_, line, title) => {
    const story = parse('file name.txt', `\n${line}\n \nIt was.`);
    expect(story.title).toBe(title);
    expect(texts(story)).toEqual(['It was.']);
  });

  test.each([
    ['a sentence', 'It was the sea.'],
    ['a sentence in quotation marks', '"Was it the sea?"'],
    ['a sentence in brackets and quotation marks', '(«It was the sea…»)'],
    ['a sentence in Japanese', '「海だ。」'],
    ['101 characters', 'x'.repeat(101)],
    ['two lines', 'The Sea\nand the Land'],
  ])('does not have %s as its title', (_, paragraph) => {
    const story = parse('file  name.txt', `${paragraph}\n\nIt was.`);
    expect(story.title).toBe('file name');
    expect(texts(story)).toEqual([paragraph, 'It was.']);
  });

  test('of a single line is that line', () => {
    expect(parse('one.txt', 'The Sea\n')).toMatchObject({
      title: 'one',
      passages: [{ text: 'The Sea' }],
    });
  });

  test('has no markup', () => {
    const text = '---\ntitle: no\n---\n\n# Title\n\n## Chapter\n\n*no* **markup**';
    const story = parse('a.txt', text);
    expect(story.title).toBe('a');
    expect(texts(story)).toEqual(text.split('\n\n'));
  });

  test('keeps what is inside a paragraph and not the white space around it', () => {
    const story = parse('a.txt', 'One.\n\n \t\n\n  Two,\n  three  four.\u00a0\n\n');
    expect(texts(story)).toEqual(['One.', 'Two,\n  three  four.']);
    expect(story.passages.map((passage) => passage.after)).toEqual(['\n\n', '']);
  });
});

describe('a Markdown text', () => {
  test('tells of itself in its front matter', () => {
    const matter = [
      'title: "The  Sea"',
      'author: A. Nonymous',
      'source: https://example.com',
      'language: pt-br',
      'rating: teen',
      'summary: >',
      '  Water,',
      '  mostly.',
      'mood: [blue]',
      'tags:',
    ].join('\n');
    expect(parse('sea.md', `---\n${matter}\n---\n# Not this\n\nWaves.`)).toEqual({
      slug: 'sea',
      title: 'The Sea',
      author: 'A. Nonymous',
      source: 'https://example.com',
      language: 'pt-BR',
      rating: 'teen',
      summary: 'Water,\nmostly.'.replace('\n', ' '),
      chapters: [],
      passages: [passageOf('Waves.')],
    });
  });

  test('does without front matter', () => {
    expect(parse('sea.md', '\n# The *Sea*\nWaves.')).toMatchObject({
      title: 'The Sea',
      rating: 'general',
    });
    expect(parse('sea.md', '---\n\n---\n\nWaves.')).toMatchObject({ title: 'sea' });
    expect(texts(parse('sea.md', '---\n\nWaves.'))).toEqual(['---', 'Waves.']);
    expect(texts(parse('sea.md', 'Waves.\n\n---\n\na: b\n\n---'))).toHaveLength(4);
  });

  test.each([
    ['no YAML', 'author: x\ntitle: [', 4],
    ['twice the same key', 'title: a\ntitle: b', 3],
    ['a list', '- title', 2],
    ['a text', 'title', 2],
    ['a number as the title', 'author: x\ntitle: 1984', 3],
    ['a list as the author', 'author: [a, b]', 2],
    ['a map as the summary', 'rating: teen\nsummary:\n  a: b', 3],
    ['no rating of ours', 'title: x\n\nrating: PG-13', 4],
    ['a rating in capitals', 'rating: Teen', 2],
    ['no language tag', 'language: en_US', 2],
    ['a language by its name', 'language: the English', 2],
  ])('with %s in its front matter is refused, by line', (_, matter, line) => {
    const refused = refusal('a.md', `---\n${matter}\n---\nText.`);
    expect(refused.line).toBe(line);
    expect(refused.message).toMatch(/^[^\n]+\.$/);
  });

  test('with front matter that is not closed is refused', () => {
    expect(refusal('a.md', '---\ntitle: x\n\nText.')).toMatchObject({ line: 1 });
  });

  test('has chapters wherever a line says so', () => {
    const story = parse(
      'a.md',
      '# Title\n## One\nFirst.\n## Two\n\n## *Three*  x\n\nSecond\n## Four\nThird.\n\n# Not a title\n### Nor this\n##Nor this',
    );
    expect(story.chapters).toEqual([
      { title: 'One', first: 1 },
      { title: 'Two', first: 2 },
      { title: 'Three x', first: 2 },
      { title: 'Four', first: 3 },
    ]);
    expect(texts(story)).toEqual([
      'First.',
      'Second',
      'Third.',
      '# Not a title\n### Nor this\n##Nor this',
    ]);
  });

  test('loses no heading that nothing follows', () => {
    const story = parse('a.md', '## One\n\nText.\n\n## Two\n## Three');
    expect(story.chapters).toEqual([{ title: 'One', first: 1 }]);
    expect(texts(story)).toEqual(['Text.', '## Two', '## Three']);
  });

  test('tells as text the headings that would fill a message by themselves', () => {
    const headings = Array.from({ length: 40 }, (_, n) => `## ${n} ${'long '.repeat(30)}end`);
    const story = parse('a.md', `${headings.join('\n')}\n${'Text. '.repeat(900)}`);
    const told = [...texts(story), ...story.chapters.map((chapter) => chapter.title)].join(' ');
    for (let n = 0; n < 40; n++) expect(told).toContain(`${n} long`);
    for (const passage of story.passages) {
      const over = story.chapters.filter((chapter) => chapter.first === passage.number);
      expect(
        fitsMessage(
          passage,
          over.map((chapter) => chapter.title),
          story.title,
        ),
      ).toBe(true);
    }
  });

  test('keeps other markup as it stands', () => {
    const text = '1. _a_ `b` [c](d) \\*e\n- <i>f</i> ~~g~~\n> h * i * j';
    expect(parse('a.md', text).passages[0]).toMatchObject({ text, emphasis: [] });
  });
});

/** The text with its emphasis in brackets: (emphasis), [strong]. */
function bracketed({ text, emphasis }: Prose): string {
  const marks = emphasis.flatMap(({ start, end, strong }, order) => [
    { at: start, mark: strong ? '[' : '(', rank: 1000 + order },
    { at: end, mark: strong ? ']' : ')', rank: 1000 - order },
  ]);
  const at = (place: number) =>
    marks
      .filter((one) => one.at === place)
      .sort((a, b) => a.rank - b.rank)
      .map((one) => one.mark)
      .join('');
  return Array.from({ length: text.length + 1 }, (_, place) => at(place) + text.charAt(place)).join(
    '',
  );
}

// What CommonMark's own examples, and its reference implementation, make of these.
test.each([
  ['*a* **b** ***c***', '(a) [b] ([c])'],
  ['a * b* c', 'a * b* c'],
  ['a*"b"*', 'a*"b"*'],
  ['x*y*z', 'x(y)z'],
  ['*a **b** c*', '(a [b] c)'],
  ['**a *b***', '[a (b)]'],
  ['***a** b*', '([a] b)'],
  ['***a* b**', '[(a) b]'],
  ['*a **b*', '*a *(b)'],
  ['**a*', '*(a)'],
  ['*a**', '(a)*'],
  ['*a**b**c*', '(a[b]c)'],
  ['*a**b*', '(a**b)'],
  ['***a**', '*[a]'],
  ['*a\nb*', '(a\nb)'],
  ['** a**', '** a**'],
  ['**"Wait,"** she', '["Wait,"] she'],
  ['*😀*', '(😀)'],
  ['😀*a*😀', '😀(a)😀'],
  ['\\*a*', '\\(a)'],
  ['"**é*.*.q***é*x', '"((é).(.q))(é)x'],
  ['One\n* * *', 'One\n* * *'],
  ['**** a', '**** a'],
])('CommonMark reads %s as %s', (source, expected) => {
  const [passage] = parse('a.md', source).passages;
  expect(passage === undefined ? '' : bracketed(passage)).toBe(expected);
});

test('emphasis does not go beyond its paragraph', () => {
  expect(texts(parse('a.md', '*a\n\nb*'))).toEqual(['*a', 'b*']);
});

test.each([
  ['a.txt', ' \n\t\n'],
  ['a.md', ''],
  ['a.md', '---\ntitle: x\n---\n'],
  ['a.md', '# Title\n\n'],
])('%s with nothing to tell is refused', (name, text) => {
  expect(refusal(name, text).message).toBe('The file has no text to tell.');
});

describe('a slug', () => {
  test.each([
    ['Bittersweet Goodbye.md', 'bittersweet-goodbye'],
    ['--The  Sea, (Part 2)!.TXT', 'the-sea-part-2'],
    ['ﬁn Ａ.txt', 'fin-a'],
    ['Cafe\u0301.txt', 'caf\u00e9'],
    ['हिन्दी कहानी.txt', 'हिन्दी-कहानी'],
    ['海.v2.md', '海-v2'],
    ['a.md.txt', 'a-md'],
    [`${'x'.repeat(99)} y.txt`, 'x'.repeat(99)],
    [`${'x'.repeat(99)}𝔘`.normalize('NFC').concat('.txt'), `${'x'.repeat(99)}u`],
    [`${'x'.repeat(99)}𐐀.txt`, 'x'.repeat(99)],
  ])('of %s is %s', (file, slug) => {
    expect(slugOf(file)).toBe(slug);
  });

  test('has to have something in it', () => {
    expect(refusal('!?.txt', 'Text.').message).toContain('name');
  });
});

describe('a scene break in Markdown', () => {
  const scenes = (text: string) => parse('a.md', text).passages.map(({ scene }) => scene);

  test.each(['* * *', '***', '*  *  *  *', '*****'])('%s marks the next passage', (line) => {
    const { passages } = parse('a.md', `One.\n\n${line}\n\nTwo.\n\nThree.`);
    expect(passages.map(({ text }) => text)).toEqual(['One.', 'Two.', 'Three.']);
    expect(passages.map(({ scene }) => scene)).toEqual([false, true, false]);
  });

  test('marks the first part of a long paragraph alone', () => {
    const long = 'A sentence of a long paragraph. '.repeat(90).trim();
    expect(scenes(`One.\n\n***\n\n${long}`)).toEqual([false, true, false]);
  });

  test('marks nothing at either end, before a chapter or in plain text', () => {
    expect(scenes('***\n\nOne.\n\n***\n\n## Two\n\nTwo.\n\n***')).toEqual([false, false]);
    expect(parse('a.txt', 'One.\n\n* * *\n\nTwo.').passages.map(({ text }) => text)).toEqual([
      'One.',
      '* * *',
      'Two.',
    ]);
  });
});

test('a heading that would be cut off is told as text, under those before it', () => {
  const long = 'word '.repeat(30).trim();
  const { chapters, passages } = parse('a.md', `## One\n\n## ${long}\n\nText.`);
  expect(chapters).toEqual([{ title: 'One', first: 1 }]);
  expect(passages.map(({ text }) => text)).toEqual([`## ${long}`, 'Text.']);
});
