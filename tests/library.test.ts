import { expect, test } from 'vitest';
import { openHouse } from './harness.ts';
import { labels, libraryOf, messageOf, seen, tale } from './seen.ts';

const titles = Array.from({ length: 300 }, (_, at) => `Tale ${at + 1} of the *long* winter`);
const library = libraryOf(
  Object.fromEntries(titles.map((title, at) => [`tale-${at + 1}`, tale(2, title)])),
);
const plain = (text: string) => text.replaceAll(/[\\*]/g, '');

test('300 stories are paged, each once, for the asker alone', async () => {
  const { discord } = await openHouse({ library });
  const channel = discord.channel('a');
  const ann = discord.user('Ann');
  let answer = await ann.slash(channel, 'library');
  expect(answer).toMatchObject({ private: true });
  expect(messageOf(answer).content).toMatch(/^### There are 300 stories to read\n/);
  expect(labels(messageOf(answer))).toEqual(['More']);

  const listed: string[] = [];
  for (;;) {
    const message = messageOf(answer);
    listed.push(...(message.content.match(/Tale \d+ of/g) ?? []));
    if (!labels(message).includes('More')) break;
    answer = await ann.press(message, 'More');
    expect(answer.kind).toBe('update');
  }
  expect(listed).toEqual(titles.map((title) => plain(title).replace(/ the.*/, '')));
  expect(labels(messageOf(answer))).toEqual(['Back']);
  const back = messageOf(await ann.press(messageOf(answer), 'Back'));
  expect(labels(back)).toEqual(['Back', 'More']);
  expect(seen(discord, channel)).toEqual([]);
});

test('autocomplete offers 25 of them, and what is typed narrows it down', async () => {
  const { discord } = await openHouse({ library });
  const [channel, ann] = [discord.channel('a'), discord.user('Ann')];
  expect(await ann.type(channel, 'read', { story: '' }, 'story')).toHaveLength(25);
  const [found, ...others] = await ann.type(channel, 'read', { story: 'tale 299' }, 'story');
  expect(found?.value).toBe('tale-299');
  expect(others).toEqual([]);
});
