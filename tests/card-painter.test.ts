import { createCanvas, loadImage } from '@napi-rs/canvas';
import { afterAll, describe, expect, test } from 'vitest';
import type { Card } from '../src/card/card.ts';
import { createCardPainter } from '../src/card/painter.ts';
import type { Emphasis } from '../src/story/story.ts';

const painter = createCardPainter();
afterAll(() => painter.close());

const SENTENCE = 'She turned the lamp down, and the dark came in at the window like a late guest. ';
const sentences = (length: number) => SENTENCE.repeat(13).slice(0, length).trim();
/** In the private use area: no font that is not made for it has a picture of it. */
const NOBODYS = '\u{10fffd}';

function paint(text: string, more: Partial<Card> = {}, emphasis: Emphasis[] = []) {
  return painter.paint({
    prose: { text, emphasis },
    title: 'The Lamp',
    author: 'Nobody',
    theme: 'light',
    language: 'en',
    ...more,
  });
}

/** The picture's size, its paper, and the box around all that is not paper. */
async function readBack(png: Buffer | undefined) {
  if (png === undefined) throw new Error('There is no picture.');
  const image = await loadImage(png);
  const { width, height } = image;
  const context = createCanvas(width, height).getContext('2d');
  context.drawImage(image, 0, 0);
  const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
  const [paper] = pixels;
  const box = { left: width, right: 0, top: height, bottom: 0 };
  let ink = 0;
  pixels.forEach((pixel, at) => {
    if (pixel === paper) return;
    ink++;
    const x = at % width;
    const y = (at - x) / width;
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  });
  return { width, height, paper, box, ink };
}

describe('a card', () => {
  test.each([
    ['three words', '"Yes," she whispers.'],
    ['the widest letters at the left', 'Wwwww jjjjj ffff'],
    ['a short sentence', sentences(79)],
    ['a paragraph', sentences(300)],
    ['as long as can be', sentences(1024)],
    ['a verse', 'Tyger Tyger, burning bright,\nIn the forests of the night;'],
    ['one word wider than any line', 'wide'.repeat(100)],
    ['Greek', 'Σα βγεις στον πηγαιμό για την Ιθάκη, να εύχεσαι νά ’ναι μακρύς ο δρόμος.'],
    ['Cyrillic', 'Все счастливые семьи похожи друг на друга.'],
    ['a long title', sentences(79), 'A very long title '.repeat(30)],
  ])('has all its ink within the margins: %s', async (_, text, title = 'The Lamp') => {
    for (const theme of ['light', 'dark'] as const) {
      const { width, height, box, ink } = await readBack(await paint(text, { theme, title }));
      expect(width).toBe(1200);
      expect(height).toBeGreaterThanOrEqual(630);
      expect(height).toBeLessThanOrEqual(1500);
      expect(ink).toBeGreaterThan(2000);
      expect(box.left).toBeGreaterThanOrEqual(56);
      expect(box.right).toBeLessThan(width - 100);
      expect(box.top).toBeGreaterThanOrEqual(80);
      expect(box.bottom).toBeLessThan(height - 40);
    }
  });

  test('is light or dark', async () => {
    const light = await readBack(await paint('So.', { theme: 'light' }));
    const dark = await readBack(await paint('So.', { theme: 'dark' }));
    const red = (pixel = 0) => pixel & 0xff;
    expect(red(light.paper)).toBeGreaterThan(200);
    expect(red(dark.paper)).toBeLessThan(60);
  });

  test('shows emphasis, strong emphasis and neither differently', async () => {
    const text = 'It was so late.';
    const span = (strong: boolean) => [{ start: 7, end: 9, strong }];
    const pictures = await Promise.all([
      paint(text),
      paint(text, {}, span(false)),
      paint(text, {}, span(true)),
    ]);
    expect(new Set(pictures.map((png) => png?.toString('base64'))).size).toBe(3);
  });

  test('shows straight quotation marks as typographic ones', async () => {
    const straight = await paint(`"It's late," she said.`);
    expect(straight).toEqual(await paint('“It’s late,” she said.'));
  });

  test('is wider than high for a short line, and grows for a long one', async () => {
    const heights: number[] = [];
    for (const length of [20, 150, 300, 600, 1024]) {
      heights.push((await readBack(await paint(sentences(length)))).height);
    }
    expect(heights).toEqual(heights.toSorted((a, b) => a - b));
    expect(heights[1]).toBeLessThanOrEqual(900);
  });
});

describe('there is no card', () => {
  test.each([
    ['in the line', `So ${NOBODYS}`, {}],
    ['in the title', 'So.', { title: NOBODYS }],
    ['in the author', 'So.', { author: `A ${NOBODYS}` }],
  ])('with a character that no font has: %s', async (_, text, more) => {
    expect(await paint(text, more)).toBeUndefined();
  });

  test('of a line that is longer than an alt text', async () => {
    expect(await paint('a '.repeat(512))).toBeDefined();
    expect(await paint(`${'a '.repeat(512)}a`)).toBeUndefined();
  });

  test('of more verses than a picture holds, or of nothing', async () => {
    expect(await paint('a\n'.repeat(500))).toBeUndefined();
    expect(await paint(' \n ')).toBeUndefined();
  });
});

test('a second painter in the same process paints the same card', async () => {
  const first = await paint('So it was.');
  await painter.close();
  const second = createCardPainter();
  const card = { title: 'The Lamp', author: 'Nobody', theme: 'light', language: 'en' } as const;
  expect(await second.paint({ ...card, prose: { text: 'So it was.', emphasis: [] } })).toEqual(
    first,
  );
  await second.close();
});
