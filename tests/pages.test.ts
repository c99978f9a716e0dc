import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitsMessage } from '../src/message/fits.ts';
import { toldBefore, toldFrom } from '../src/message/page.ts';
import { bareText, stretchBody, stretchText, toldIn } from '../src/message/stretch.ts';
import { begin, moveTo } from '../src/reading/move.ts';
import { storyOf } from '../src/story/in-memory.ts';
import { parseStory } from '../src/story/parse.ts';
import { en } from '../src/words/en.ts';
import { handClock } from './clock.ts';
import { openHouse } from './harness.ts';
import { brief, labels, libraryOf, messageOf, seen } from './seen.ts';
import { nastyText } from './texts/nasty.ts';

const line = (number: number) => `“Line ${number}, said one of them.”`;
const lines = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => line(from + at)).join('\n\n');
const long = 'A sentence that is not the last one of its paragraph. '.repeat(30).trim();
// A page holds 7 to 36 of these lines: 35 characters each.
const text = `# A Talk\n\n## One\n\n${lines(1, 3)}\n\n* * *\n\n${line(4)}\n\n## Two\n\n${long}\n\n${lines(6, 7)}`;
const library = libraryOf({ talk: text });

async function openTalk(options = {}) {
  const house = await openHouse({ library, ...options });
  const [channel, ann] = [house.discord.channel('a'), house.discord.user('Ann')];
  return { ...house, channel, ann };
}

test('a page is whole paragraphs of one chapter, and the position its last passage', async () => {
  const { discord, channel, ann } = await openTalk();
  await ann.slash(channel, 'read', { story: 'talk', by: 'page' });
  const page = messageOf(await ann.slash(channel, 'next'));
  expect(page.content).toBe(`### One\n${lines(1, 3)}\n\n-# ⁂\n${line(4)}\n-# A Talk · 1–4 of 7`);
  expect(messageOf(await ann.press(page, 'Next')).content).toMatch(
    /^### Two\nA sentence .*5 of 7$/s,
  );
  expect(brief(await ann.slash(channel, 'where'))).toContain('5 of 7');
  await ann.slash(channel, 'next');
  expect(seen(discord, channel).slice(1)).toEqual(['1–4', 5, '6–7']);
  expect(messageOf(await ann.slash(channel, 'next')).content).toContain(en.ending.title);
});

test('the way of telling changes in the middle, and so does Back', async () => {
  const { discord, channel, ann } = await openTalk();
  await ann.slash(channel, 'read', { story: 'talk' });
  await ann.slash(channel, 'next');
  expect(brief(await ann.slash(channel, 'pace by', { by: 'page' }))).toContain('page by page');
  for (const _ of [1, 2]) await ann.slash(channel, 'next');
  await ann.slash(channel, 'back');
  await ann.slash(channel, 'next');
  await ann.slash(channel, 'pace by', { by: 'paragraph' });
  await ann.slash(channel, 'back');
  await ann.slash(channel, 'goto', { passage: 6 });
  expect(seen(discord, channel).filter((one) => !/told|Talk/.test(`${one}`))).toEqual([
    1,
    '2–4',
    5,
    '1–4',
    5,
    4,
    6,
  ]);
});

test('only who may host changes the way, and an unknown one is not offered', async () => {
  const { discord, channel, ann } = await openTalk();
  await ann.slash(channel, 'read', { story: 'talk' });
  const ben = discord.user('Ben');
  expect(brief(await ben.slash(channel, 'pace by', { by: 'page' }))).toMatch(/^Only the one who/);
  expect(brief(await ann.slash(channel, 'pace show'))).toBe(en.pace.next);
  await ann.slash(channel, 'pace by', { by: 'page' });
  expect(brief(await ann.slash(channel, 'pace show'))).toContain(en.pace.by.page);
});

test('every line of a page can be quoted, by its button and by its menu, with a link', async () => {
  const { discord, channel, ann } = await openTalk();
  await ann.slash(channel, 'read', { story: 'talk', by: 'page' });
  const page = messageOf(await ann.slash(channel, 'next'));
  const offered = await ann.press(page, '❝ Quote');
  const byMenu = await ann.messageCommand(page, 'Quote a line');
  for (const menu of [offered, byMenu].map(messageOf)) {
    expect(menu.content).toContain('1–4 of 7');
    const options = menu.components[0]?.components?.[0]?.options ?? [];
    expect(options.map(({ label }) => label)).toEqual([1, 2, 3, 4].map(line));
    expect(labels(menu)).toEqual([]);
  }
  const quote = messageOf(await ann.slash(channel, 'quote', { line: 'Line 2, said' }));
  expect(quote.content).toContain(`> ${line(2)}`);
  expect(quote.content).toContain(`/${page.id})`);
  expect(discord.messages(channel).at(-1)?.id).toBe(quote.id);
});

test('a page is told again after a restart in which its story was edited', async () => {
  const { channel, ann, restart } = await openTalk();
  await ann.slash(channel, 'read', { story: 'talk', by: 'page' });
  await ann.slash(channel, 'next');
  await restart(libraryOf({ talk: text.replace('## One', '## One\n\nA new beginning.') }));
  const { content } = messageOf(await ann.slash(channel, 'next'));
  expect(content).toMatch(/6 of 8$/);
  const back = messageOf(await ann.slash(channel, 'back'));
  expect(back.content).toMatch(/· 1–5 of 8$/);
});

test('a schedule counts pages as its messages', async () => {
  const clock = handClock(Date.UTC(2026, 4, 1));
  const { discord, channel, ann } = await openTalk({ clock, discord: { now: clock.now } });
  await ann.slash(channel, 'read', { story: 'talk', by: 'page' });
  await ann.slash(channel, 'pace every', { every: '1h', chapter: true });
  clock.turn(3_600_000);
  await discord.waitFor(() => seen(discord, channel).includes('1–4'));
  clock.turn(3_600_000);
  const ending = `### ${en.ending.title}`;
  await discord.waitFor(() => seen(discord, channel).at(-1) === ending);
  expect(seen(discord, channel).slice(2)).toEqual(['1–4', 5, '6–7', ending]);
});

const story = fc
  .array(fc.oneof(nastyText(40), fc.constantFrom('## C', '***', long)), {
    minLength: 1,
    maxLength: 12,
  })
  .map((blocks) => `Start.\n\n${blocks.join('\n\n')}`)
  .map((text) => storyOf(parseStory({ name: 's.md', text: `# T\n\n${text}` }, fitsMessage)));

test('pages tell every passage once, forwards and back, and are known by their text', () => {
  fc.assert(
    fc.property(story, (story) => {
      const pages = [];
      let reading = begin(story, 0, { host: 'ann', by: 'page' }, 0);
      while (reading.position < story.length) {
        const page = toldFrom(story, reading, reading.position + 1);
        expect(page.from).toBe(reading.position + 1);
        expect(page.to).toBeGreaterThanOrEqual(page.from);
        const content = stretchText(story, page);
        expect(content.length).toBeLessThanOrEqual(2000);
        const told = toldIn(content);
        expect(told?.stretch).toEqual(page);
        expect(told?.text).toBe(bareText(stretchBody(story, page)));
        reading = moveTo(reading, story, page, 0);
        pages.push(page);
      }
      for (let back = toldBefore(story, reading); back; back = toldBefore(story, reading)) {
        expect(back.to).toBe((reading.start ?? reading.position) - 1);
        reading = moveTo(reading, story, back, 0);
      }
      expect(reading.start ?? reading.position).toBe(1);
    }),
    { numRuns: 60 },
  );
});
