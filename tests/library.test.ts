import { expect, test } from 'vitest';
import type { Message } from '../src/rehearsal/discord/wire.ts';
import { createLibrary } from '../src/story/library.ts';
import { en } from '../src/words/en.ts';
import { openHouse } from './harness.ts';
import { brief, labels, libraryOf, messageOf, seen, tale } from './seen.ts';

const titles = Array.from({ length: 300 }, (_, at) => `Tale ${at + 1} of the *long* winter`);
const library = libraryOf(
  Object.fromEntries(titles.map((title, at) => [`tale-${at + 1}`, tale(2, title)])),
);
const plain = (text: string) => text.replaceAll(/[\\*]/g, '');
const listed = ({ content }: Message) => content.match(/^\*\*.*?\*\*/gm)?.map(plain) ?? [];

/** The menu of a message whose custom id begins so. */
function menuOf(message: Message, start: string) {
  const menu = message.components
    .flatMap((row) => row.components ?? [])
    .find(({ custom_id }) => custom_id?.startsWith(start));
  const id = menu?.custom_id;
  if (!id) throw new Error(`There is no menu ${start}.`);
  return { id, options: menu?.options ?? [] };
}

/** Stories on shelves: `shelves` says which, by slug. */
function shelved(shelves: Readonly<Record<string, readonly string[]>>) {
  const texts = Object.keys(shelves).map((slug) => [slug, tale(25, slug)]);
  const { stories } = libraryOf(Object.fromEntries(texts));
  return createLibrary(stories.map((story) => ({ ...story, shelf: shelves[story.slug] ?? [] })));
}

test('300 stories are paged, each once, for the asker alone', async () => {
  const { discord } = await openHouse({ library });
  const channel = discord.channel('a');
  const ann = discord.user('Ann');
  let answer = await ann.slash(channel, 'library');
  expect(answer).toMatchObject({ private: true });
  expect(messageOf(answer).content).toMatch(/^### There are 300 stories to read\n/);
  expect(labels(messageOf(answer))).toEqual(['More']);

  const all: string[] = [];
  for (;;) {
    const message = messageOf(answer);
    all.push(...listed(message));
    expect(menuOf(message, 'library:story:').options.map(({ label }) => plain(label))).toEqual(
      listed(message),
    );
    if (!labels(message).includes('More')) break;
    answer = await ann.press(message, 'More');
    expect(answer.kind).toBe('update');
  }
  expect(all).toEqual(titles.map(plain));
  expect(labels(messageOf(answer))).toEqual(['Back']);
  const back = messageOf(await ann.press(messageOf(answer), 'Back'));
  expect(labels(back)).toEqual(['Back', 'More']);
  expect(seen(discord, channel)).toEqual([]);
});

test('a story is found, looked at, and begun for everybody', async () => {
  const { discord } = await openHouse({ library });
  const [channel, ann] = [discord.channel('a'), discord.user('Ann')];
  const found = messageOf(await ann.slash(channel, 'library', { search: 'WINTER 29' }));
  expect(found.content).toMatch(/^### 13 stories by the words “WINTER 29”\n/);
  const { id, options } = menuOf(found, 'library:story:');
  const page = messageOf(await ann.choose(found, id, [options[1]?.value ?? '']));
  expect(plain(page.content)).toMatch(/^## Tale 129 of the long winter\n-# 2 passages · about/);
  const back = messageOf(await ann.press(page, en.library.back));
  expect(back.content).toBe(found.content);

  const again = messageOf(await ann.choose(back, id, [options[1]?.value ?? '']));
  const card = messageOf(await ann.press(again, 'Begin'));
  expect(seen(discord, channel)).toEqual([card.content.split('\n')[0]]);
  expect(brief(await discord.user('Ben').press(card, 'Begin'))).toBe(1);
  expect(brief(await ann.slash(channel, 'library', { search: 'nothing' }))).toContain(
    en.library.none,
  );
});

test('what this room has read is said', async () => {
  const { discord } = await openHouse({ library: libraryOf({ a: tale(3), b: tale(2, 'B') }) });
  const [channel, ann] = [discord.channel('a'), discord.user('Ann')];
  await ann.slash(channel, 'read', { story: 'b' });
  for (const _ of [1, 2, 3]) await ann.slash(channel, 'next');
  await ann.slash(channel, 'read', { story: 'a' });
  await ann.slash(channel, 'next');
  const { content } = messageOf(await ann.slash(channel, 'library'));
  expect(content).toMatch(/\*\*A Tale\*\*\n-# 3 passages · about 1 minute · at 1 of 3 here\n/);
  expect(content).toMatch(/\*\*B\*\*\n-# 2 passages · about 1 minute · read to its end here\n/);
});

test('shelves are folders, within one another', async () => {
  const library = shelved({ one: [], two: ['sea'], three: ['sea', 'deep'], four: ['land'] });
  const { discord } = await openHouse({ library });
  const [channel, ann] = [discord.channel('a'), discord.user('Ann')];
  const look = async (message: Message, shelf: string) => {
    const { id, options } = menuOf(message, 'library:shelf:');
    const value = options.find(({ label }) => label === shelf)?.value ?? '';
    return messageOf(await ann.choose(message, id, [value]));
  };
  const names = (message: Message) =>
    menuOf(message, 'library:shelf:').options.map(({ label }) => label);

  const all = messageOf(await ann.slash(channel, 'library'));
  expect(listed(all)).toEqual(['four', 'one', 'three', 'two']);
  expect(names(all)).toEqual(['land', 'sea']);
  const sea = await look(all, 'sea');
  expect(sea.content).toMatch(/^### 2 stories on the shelf sea\n/);
  expect(listed(sea)).toEqual(['three', 'two']);
  expect(names(sea)).toEqual(['All shelves', 'sea / deep']);
  const deep = await look(sea, 'sea / deep');
  expect(listed(deep)).toEqual(['three']);
  const up = await look(deep, 'sea');
  expect(listed(up)).toEqual(['three', 'two']);
  expect(listed(await look(up, 'All shelves'))).toHaveLength(4);
});

test('more shelves than a menu holds are all reached', async () => {
  const names = Array.from({ length: 60 }, (_, at) => `Shelf ${at + 1}`);
  const library = shelved(Object.fromEntries(names.map((name, at) => [`s${at}`, [name]])));
  const { discord } = await openHouse({ library });
  const [channel, ann] = [discord.channel('a'), discord.user('Ann')];
  let message = messageOf(await ann.slash(channel, 'library'));
  const reached = new Set<string>();
  for (const _ of [1, 2, 3]) {
    const { id, options } = menuOf(message, 'library:shelf:');
    for (const { label } of options) reached.add(label);
    message = messageOf(await ann.choose(message, id, [options.at(-1)?.value ?? '']));
  }
  expect([...reached]).toEqual(expect.arrayContaining(names));
});

test('buttons of another time or by another hand are answered privately', async () => {
  const { discord } = await openHouse({ library });
  const [channel, ann] = [discord.channel('a'), discord.user('Ann')];
  const shown = messageOf(await ann.slash(channel, 'library'));
  const states = ['7', 'list::99:', 'list:zzzzzzzz:0:', 'list', 'story::0:', 'begin:none', ''];
  for (const state of states) {
    const answer = await ann.press(shown, `library:${state}`, { stale: true });
    expect(answer, state).toMatchObject(answer.kind === 'update' ? {} : { private: true });
  }
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
