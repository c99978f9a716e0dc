import { expect, test } from 'vitest';
import { en } from '../src/words/en.ts';
import { openHouse } from './harness.ts';
import { brief, labels, libraryOf, messageOf, seen, tale, told } from './seen.ts';

const text = (...passages: string[]) => `# A Tale\n\n${passages.join('\n\n')}\n`;
const six = ['One.', 'Two.', 'Three.', 'Four.', 'Five.', 'Six.'];
const before = libraryOf({ tale: text(...six) });

/** A channel at passage 3 of six, and then the bot restarts with the story edited. */
async function openEdited(...passages: string[]) {
  const house = await openHouse({ library: before });
  const { discord, restart } = house;
  const channel = discord.channel('a');
  const ann = discord.user('Ann');
  await ann.slash(channel, 'read', { story: 'tale' });
  for (const _ of [1, 2, 3]) await ann.slash(channel, 'next');
  await restart(libraryOf({ tale: text(...passages) }));
  return { ...house, channel, ann };
}

test.each([
  ['a passage came before', ['Zero.', ...six], 'Four.', '5 of 7'],
  ['a passage before is gone', six.slice(1), 'Four.', '3 of 5'],
  ['the last told one is reworded', ['One.', 'Two.', 'Drei.', ...six.slice(3)], 'Four.', '4 of 6'],
  ['the last told one is gone', ['One.', 'Two.', 'Four.', 'Five.'], 'Four.', '3 of 4'],
  ['all is reworded', ['A.', 'B.', 'C.', 'D.', 'E.'], 'D.', '4 of 5'],
])('where %s, the story goes on', async (_, passages, next, place) => {
  const { channel, ann } = await openEdited(...passages);
  const { content } = messageOf(await ann.slash(channel, 'next'));
  expect(content).toBe(`${next}\n-# A Tale · ${place}`);
});

test('the button of the last message still turns the page', async () => {
  const { discord, channel, ann } = await openEdited('Zero.', ...six);
  const newest = discord.messages(channel).at(-1);
  const answer = newest && (await ann.press(newest, 'Next'));
  expect(answer && messageOf(answer).content).toBe('Four.\n-# A Tale · 5 of 7');
});

test('a story cut short ends; one that grew since its end goes on', async () => {
  const { discord, restart, channel, ann } = await openEdited('One.', 'Two.');
  expect(messageOf(await ann.slash(channel, 'next')).content).toContain(en.ending.title);
  expect(messageOf(await ann.slash(channel, 'next')).content).toMatch(/told to its end/);
  await restart(libraryOf({ tale: text('One.', 'Two.', 'And more.') }));
  expect(messageOf(await ann.slash(channel, 'next')).content).toBe('And more.\n-# A Tale · 3 of 3');
  expect(messageOf(await ann.slash(channel, 'next')).content).toContain(en.ending.title);
  expect(seen(discord, channel)).toHaveLength(7);
});

test('an edit shows nothing early', async () => {
  const { discord, channel, ann } = await openEdited('A.', 'B.', 'Secret.', ...six.slice(3));
  const offered = await ann.type(channel, 'quote', { line: 'Five' }, 'line');
  expect(offered).toEqual([]);
  const refusal = brief(await ann.slash(channel, 'quote', { line: 'Five' }));
  expect(refusal).toBe(en.refusal.line);
  expect(told(discord, channel)).toEqual([1, 2, 3]);
});

test('where nothing is left of what was told, furthest falls to the position', async () => {
  const house = await openHouse({ library: before });
  const { discord, restart } = house;
  const [channel, ann] = [discord.channel('a'), discord.user('Ann')];
  await ann.slash(channel, 'read', { story: 'tale', from: 6 });
  await ann.slash(channel, 'next');
  await ann.slash(channel, 'goto', { passage: 2 });
  await restart(libraryOf({ tale: text('New1.', 'New2.', 'New3.', 'New4.', 'New5.', 'New6.') }));
  expect(await ann.type(channel, 'quote', { line: 'New' }, 'line')).toEqual(
    ['1 · New1.', '2 · New2.'].map((name, at) => ({ name, value: `#${at + 1}.1` })),
  );
});

test('a story that is gone keeps its place until it is back', async () => {
  const { discord, restart, channel, ann } = await openEdited(...six);
  await restart(libraryOf({ other: tale(3, 'Another') }));
  const newest = discord.messages(channel).at(-1);
  for (const answer of [
    await ann.slash(channel, 'next'),
    await ann.slash(channel, 'back'),
    await ann.slash(channel, 'goto', { passage: 1 }),
    ...(newest ? [await ann.press(newest, 'Next')] : []),
  ]) {
    expect(brief(answer)).toMatch(/^The file of \*A Tale\* is not in the library now/);
  }
  expect(brief(await ann.slash(channel, 'where'))).toMatch(/^The reading of \*A Tale\* stands at/);
  expect(brief(await ann.slash(channel, 'quote'))).toMatch(/^The file of \*A Tale\*/);

  // Another story may be begun meanwhile; the place is kept all the same.
  await ann.slash(channel, 'read', { story: 'other' });
  await restart(before);
  const card = messageOf(await ann.slash(channel, 'read', { story: 'tale' }));
  expect(labels(card)).toEqual(['Begin', 'Continue · 4']);
  expect(messageOf(await ann.press(card, 'Continue · 4')).content).toBe(
    'Four.\n-# A Tale · 4 of 6',
  );
});

test('a renamed file is another story, and the old one is named', async () => {
  const { restart, channel, ann } = await openEdited(...six);
  await restart(libraryOf({ 'the-tale': text(...six) }));
  expect(brief(await ann.slash(channel, 'next'))).toMatch(/^The file of \*A Tale\*/);
  await restart(before);
  expect(messageOf(await ann.slash(channel, 'next')).content).toBe('Four.\n-# A Tale · 4 of 6');
});
