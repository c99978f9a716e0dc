import { expect, test } from 'vitest';
import { en } from '../src/words/en.ts';
import { moodyStore } from './moody-store.ts';
import { buttonId, menuOf, openRoom, pick } from './quoting-room.ts';
import { brief, labels, libraryOf, messageOf, tale } from './seen.ts';

const { more: MORE, earlier: EARLIER } = en.buttons;
const library = libraryOf({ tale: tale(40), other: tale(3, 'Another') });

test('shows, to the asker alone, the told lines that match, ten a page, with their places', async () => {
  const { ben, channel } = await openRoom('tale', 25, { library });
  const answer = await ben.slash(channel, 'search', { words: 'tale' });
  expect(answer).toMatchObject({ private: true });
  const results = messageOf(answer);
  expect(results.content).toMatch(/^### 25 lines told here have these words\n/);
  expect(results.content).toContain('\n-# Page 1 of 3');
  const pages = [results.content];
  for (const page of [2, 3]) {
    const turned = await ben.press(results, MORE);
    expect(turned).toMatchObject({ kind: 'update', private: true, message: { id: results.id } });
    expect(results.content).toContain(`Page ${page} of 3`);
    expect(menuOf(results).options).toHaveLength(page === 3 ? 5 : 10);
    pages.push(results.content);
  }
  expect(labels(results)).not.toContain(MORE);
  const places = pages.join('\n').matchAll(/^\*\*(\d+)\*\* · Passage \1 of the tale\.$/gm);
  expect([...places].map(([, place]) => Number(place)).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 25 }, (_, at) => at + 1),
  );
  await ben.press(results, EARLIER);
  expect(results.content).toBe(pages[1]);
});

test('its menu quotes a line for everybody, on a restarted bot too', async () => {
  const { ben, channel, restart } = await openRoom('tale', 15, { library });
  const results = messageOf(await ben.slash(channel, 'search', { words: '12' }));
  expect(results.content).toMatch(/^### 1 line told here has these words\n\*\*12\*\* · /);
  expect(labels(results)).toEqual([]);
  await restart();
  const quote = await pick(ben, results, 'Passage 12');
  expect(quote.content).toMatch(/^> Passage 12 of the tale\.\n-# Ben · A Tale · 12 of 40 · \[told/);
});

test.each([
  ['a line not yet told', '40'],
  ['no such line', 'xyzzy'],
  ['no word at all', '?!'],
])('%s: one and the same answer', async (_, words) => {
  const { ben, channel } = await openRoom('tale', 3, { library });
  const answer = await ben.slash(channel, 'search', { words });
  expect(answer).toMatchObject({ private: true });
  expect(brief(answer)).toBe(en.search.none);
});

test('where nothing is read, or nothing told yet, it says so', async () => {
  const { ben, channel, discord } = await openRoom('tale', 0, { library });
  const search = async (at: typeof channel) =>
    brief(await ben.slash(at, 'search', { words: 'tale' }));
  expect(await search(channel)).toBe(en.refusal.toldNothing);
  expect(await search(discord.channel('b'))).toBe(en.refusal.nothing);
});

test.each([
  ['letters', `tale ${'x'.repeat(75)}`],
  ['colons', `tale ${':'.repeat(75)}`],
  ['emoji', `tale ${'🏮'.repeat(37)}!`],
  ['an emoji across the limit', `tale ${'🏮'.repeat(40)}`.slice(0, 80)],
])('80 characters of words find their second page: %s', async (_, words) => {
  const { ben, channel } = await openRoom('tale', 15, { library });
  const results = messageOf(await ben.slash(channel, 'search', { words }));
  expect(buttonId(results, MORE).length).toBeLessThanOrEqual(100);
  expect(buttonId(results, MORE).isWellFormed()).toBe(true);
  await ben.press(results, MORE);
  expect(results.content).toContain('Page 2 of 2');
});

test('ten lines full of markup fit a message', async () => {
  const stars = Array.from({ length: 12 }, (_, at) => `Star ${at}${'\\*_'.repeat(60)}.`);
  const { ben, channel } = await openRoom('stars', 12, {
    library: libraryOf({ stars: `# Stars\n\n${stars.join('\n\n')}\n` }),
  });
  const results = messageOf(await ben.slash(channel, 'search', { words: 'star' }));
  expect(results.content).toContain('Page 1 of 2');
});

test('pages turn while the store is slow, and after the story was edited', async () => {
  const store = moodyStore();
  const { ben, channel, restart } = await openRoom('tale', 25, {
    library,
    aroundStore: store.aroundStore,
  });
  const results = messageOf(await ben.slash(channel, 'search', { words: 'tale' }));
  store.cast({ on: 'load', how: 1700, channel });
  expect(messageOf(await ben.press(results, MORE)).content).toContain('Page 2 of 3');
  await restart(libraryOf({ tale: tale(40).replace('Passage 1 ', 'New.\n\nPassage 1 ') }));
  expect(messageOf(await ben.press(results, MORE)).content).toContain('**');
});
