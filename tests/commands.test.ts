import { describe, expect, test } from 'vitest';
import { en } from '../src/words/en.ts';
import { type House, openHouse } from './harness.ts';
import { brief, buttoned, labels, libraryOf, messageOf, seen, tale, told } from './seen.ts';

const chapters = `---
author: Ann Author
---

# The [Long] Road

## Setting Out

First. @everyone *come*!

Second.

## The Secret Death of Bob

Third.

Fourth.
`;

const library = libraryOf({ road: chapters, tale: tale(3) });

/** A house and, in its channel, what Ann and others do: the last answer's text, and the rest. */
async function openRoom() {
  const house: House = await openHouse({ library });
  const { discord } = house;
  const channel = discord.channel('a');
  const ask = async (name: string, command: string, options = {}) =>
    await discord.user(name).slash(channel, command, options);
  const says = async (name: string, command: string, options = {}) =>
    brief(await ask(name, command, options));
  return { ...house, channel, ask, says, ann: discord.user('Ann'), ben: discord.user('Ben') };
}

describe('/read', () => {
  test('shows a title card whose button tells the first passage', async () => {
    const { discord, channel, ask, ann } = await openRoom();
    const card = messageOf(await ask('Ann', 'read', { story: 'road' }));
    expect(card.content).toBe(
      '## The \\[Long] Road\nby Ann Author\n-# 4 passages · about 1 minute',
    );
    expect(labels(card)).toEqual(['Begin']);
    expect(brief(await ann.press(card, 'Begin'))).toBe(1);
    await discord.waitFor(() => labels(card).length === 0);
    expect(buttoned(discord, channel)).toEqual([0]);
  });

  test('takes the title typed out, and names a story it does not know without markup', async () => {
    const { says, ask } = await openRoom();
    expect(messageOf(await ask('Ann', 'read', { story: 'a TALE ' })).content).toMatch(/^## A Tale/);
    expect(await says('Ann', 'read', { story: '**no** @everyone' })).toMatch(
      /^There is no story called “\\\*\\\*no\\\*\\\* \\@everyone”/,
    );
  });

  test('begins at any passage there is', async () => {
    const { ask, says, ann } = await openRoom();
    const refusal = '*The \\[Long] Road* has 4 passages. Choose a number from 1 to 4.';
    expect(await says('Ann', 'read', { story: 'road', from: 5 })).toBe(refusal);
    const card = messageOf(await ask('Ann', 'read', { story: 'road', from: 3 }));
    expect(labels(card)).toEqual(['Next']);
    expect(await says('Ann', 'where')).toContain('2 of 4');
    expect(brief(await ann.press(card, 'Next'))).toBe(3);
  });

  test('is not for everybody over an unfinished reading', async () => {
    const { discord, channel, ask, says } = await openRoom();
    await ask('Ann', 'read', { story: 'tale' });
    await says('Ann', 'next');
    expect(await says('Ben', 'read', { story: 'road' })).toMatch(/^\*A Tale\* is still being read/);
    discord.user('Mod', { permissions: { allow: ['ManageMessages'] } });
    expect(messageOf(await ask('Mod', 'read', { story: 'road' })).content).toMatch(/^## The/);
    expect(await says('Ann', 'read', { story: 'tale' })).toContain(`<@${discord.user('Mod').id}>`);
    expect(seen(discord, channel)).toHaveLength(3);
  });

  test('is for everybody once the last passage is told', async () => {
    const { ask } = await openRoom();
    await ask('Ann', 'read', { story: 'tale', from: 3 });
    await ask('Ann', 'next');
    expect(messageOf(await ask('Ben', 'read', { story: 'road' })).content).toMatch(/^## The/);
  });

  test('finds stories by title, slug and author, whatever the case and accents', async () => {
    const { channel, ann } = await openRoom();
    const offered = (story: string) => ann.type(channel, 'read', { story }, 'story');
    const road = { name: 'The [Long] Road · Ann Author', value: 'road' };
    expect(await offered('')).toHaveLength(2);
    expect(await offered('LÓNG')).toEqual([road]);
    expect(await offered('ann a')).toEqual([road]);
    expect(await offered('nothing like it')).toEqual([]);
  });
});

describe('/next', () => {
  test('tells passages in the shape of the contract', async () => {
    const { discord, channel, ask } = await openRoom();
    await ask('Ann', 'read', { story: 'road' });
    const first = messageOf(await ask('Ben', 'next'));
    const footer = (at: number) => `-# The \\[Long] Road · ${at} of 4`;
    expect(first.content).toBe(`### Setting Out\nFirst. \\@everyone *come*!\n${footer(1)}`);
    expect(first).toMatchObject({ embeds: [], flags: 0, mention_everyone: false, mentions: [] });
    expect(labels(first)).toEqual(['Next', '❝ Quote']);
    expect(messageOf(await ask('Ben', 'next')).content).toBe(`Second.\n${footer(2)}`);
    expect(messageOf(await ask('Ben', 'next')).content).toBe(
      `### The Secret Death of Bob\nThird.\n${footer(3)}`,
    );
    await discord.waitFor(() => buttoned(discord, channel).length === 1);
    expect(buttoned(discord, channel)).toEqual([0]);
    const posts = discord.requests.filter(({ path }) => path.endsWith('/callback'));
    for (const { body } of posts) {
      expect(body).toMatchObject({ data: { allowed_mentions: { parse: [] } } });
    }
  });

  test('tells the ending once, then answers privately', async () => {
    const { discord, channel, ask, says, ann } = await openRoom();
    await ask('Ann', 'read', { story: 'tale' });
    for (const at of [1, 2, 3]) expect(await says('Ann', 'next')).toBe(at);
    const last = discord.messages(channel).at(-1);
    expect(last && labels(last)).toEqual(['Next', '❝ Quote']);
    const ending = last && messageOf(await ann.press(last, 'Next'));
    expect(ending?.content.split('\n')).toEqual([
      `### ${en.ending.title}`,
      '*A Tale*, told here to its last word. Thank you for reading together.',
      expect.stringMatching(/^Begun <t:\d+:f>, ended <t:\d+:f>/),
      '-# A Tale · 3 passages in less than a minute',
    ]);
    expect(ending && labels(ending)).toEqual([]);
    expect(await says('Ben', 'next')).toMatch(/told to its end/);
    await discord.waitFor(() => buttoned(discord, channel).length === 0);
    expect(seen(discord, channel)).toHaveLength(5);
    expect(await says('Ann', 'where')).toContain(en.where.ended);
  });

  test('where nothing is read says so', async () => {
    const { says } = await openRoom();
    for (const command of ['next', 'back', 'where', 'close', 'quote']) {
      expect(await says('Ann', command)).toBe(en.refusal.nothing);
    }
    expect(await says('Ann', 'goto', { passage: 1 })).toBe(en.refusal.nothing);
  });
});

describe('/back', () => {
  test('tells the passage before again; the one after it comes next', async () => {
    const { says, channel, discord } = await openRoom();
    await says('Ann', 'read', { story: 'tale' });
    expect(await says('Ann', 'back')).toBe(en.refusal.noBack);
    for (const at of [1, 2, 3]) expect(await says('Ann', 'next')).toBe(at);
    expect(await says('Ben', 'back')).toMatch(/^Only the one who began this reading, <@\d+>/);
    expect(await says('Ann', 'back')).toBe(2);
    expect(await says('Ben', 'next')).toBe(3);
    expect(told(discord, channel)).toEqual([1, 2, 3, 2, 3]);
  });

  test('goes back from the ending, too', async () => {
    const { says, ask } = await openRoom();
    await says('Ann', 'read', { story: 'tale', from: 3 });
    await says('Ann', 'next');
    await says('Ann', 'next');
    expect(await says('Ann', 'back')).toBe(2);
    expect(await says('Ann', 'next')).toBe(3);
    expect(messageOf(await ask('Ann', 'next')).content).toContain(en.ending.title);
  });
});

describe('/goto', () => {
  test('goes to a passage or a chapter, for the host and moderators alone', async () => {
    const { discord, says } = await openRoom();
    await says('Ann', 'read', { story: 'road' });
    expect(await says('Ann', 'goto', { passage: 4 })).toBe(4);
    expect(await says('Ann', 'goto', { passage: 5 })).toMatch(/has 4 passages/);
    expect(await says('Ann', 'goto', { chapter: 'setting out' })).toBe(1);
    expect(await says('Ann', 'goto', { chapter: '#2' })).toBe(3);
    expect(await says('Ann', 'goto', { chapter: '#3' })).toBe(en.refusal.noChapter);
    expect(await says('Ann', 'goto', {})).toBe(en.refusal.goto);
    expect(await says('Ann', 'goto', { passage: 1, chapter: '#1' })).toBe(en.refusal.gotoBoth);
    expect(await says('Ben', 'goto', { passage: 1 })).toMatch(/^Only the one who began/);
    discord.user('Mod', { permissions: { allow: ['ManageMessages'] } });
    expect(await says('Mod', 'goto', { passage: 1 })).toBe(1);
  });

  test('hides the titles of chapters that were not reached', async () => {
    const { channel, says, ann } = await openRoom();
    const offered = () => ann.type(channel, 'goto', { chapter: '' }, 'chapter');
    await says('Ann', 'read', { story: 'road' });
    expect(await offered()).toEqual([
      { name: 'Chapter 1 · 1', value: '#1' },
      { name: 'Chapter 2 · 3', value: '#2' },
    ]);
    const ahead = await says('Ann', 'goto', { chapter: 'The Secret Death of Bob' });
    expect(ahead).toBe(await says('Ann', 'goto', { chapter: 'no such chapter' }));
    expect(await ann.type(channel, 'goto', { chapter: 'secret' }, 'chapter')).toEqual([]);
    await says('Ann', 'goto', { passage: 3 });
    await says('Ann', 'back');
    expect(await offered()).toEqual([
      { name: 'Setting Out · 1', value: '#1' },
      { name: 'The Secret Death of Bob · 3', value: '#2' },
    ]);
  });
});

test('/where shows only the asker where the channel is, with a link', async () => {
  const { discord, channel, ask, says } = await openRoom();
  await says('Ann', 'read', { story: 'road' });
  expect(await says('Ben', 'where')).toContain(en.where.begin);
  for (const _ of [1, 2, 3]) await says('Ann', 'next');
  const newest = discord.messages(channel).at(-1)?.id;
  const answer = await ask('Ben', 'where');
  expect(answer).toMatchObject({ private: true });
  expect(messageOf(answer).content.split('\n')).toEqual([
    '**The \\[Long] Road**',
    '▰▰▰▰▰▰▰▰▰▱▱▱ 3 of 4',
    'Chapter: The Secret Death of Bob',
    'about 1 minute left',
    `Here is [the newest message](https://discord.com/channels/${discord.home.id}/${channel.id}/${newest}).`,
  ]);
  expect(seen(discord, channel)).toHaveLength(4);
});

describe('/close', () => {
  test('is for the host and moderators, and keeps the place', async () => {
    const { discord, channel, says, ask, ann } = await openRoom();
    await says('Ann', 'read', { story: 'tale' });
    for (const _ of [1, 2]) await says('Ann', 'next');
    expect(await says('Ben', 'close')).toMatch(/^Only the one who began/);
    expect(messageOf(await ask('Ann', 'close')).content).toBe(
      'The reading of *A Tale* rests here.\n-# 2 of 3 · /read offers to go on from there',
    );
    await discord.waitFor(() => buttoned(discord, channel).length === 0);
    expect(await says('Ann', 'next')).toBe(en.refusal.nothing);

    const card = messageOf(await ask('Ben', 'read', { story: 'tale' }));
    expect(labels(card)).toEqual(['Begin', 'Continue · 3']);
    expect(brief(await ann.press(card, 'Continue · 3'))).toBe(3);
    await discord.waitFor(() => labels(card).length === 0);
    // Ben brought it back: he leads it now.
    expect(await says('Ann', 'back')).toMatch(/^Only the one who began/);
    expect(await says('Ben', 'back')).toBe(2);
  });

  test('a card that was left unread covers no older place', async () => {
    const { says, ask, restart } = await openRoom();
    await says('Ann', 'read', { story: 'tale' });
    for (const _ of [1, 2]) await says('Ann', 'next');
    await says('Ann', 'read', { story: 'tale' });
    await says('Ann', 'close');
    await restart();
    const card = messageOf(await ask('Ann', 'read', { story: 'tale' }));
    expect(labels(card)).toEqual(['Begin', 'Continue · 3']);
  });

  test('places of several stories are kept beside each other', async () => {
    const { says, ask, ann } = await openRoom();
    await says('Ann', 'read', { story: 'tale' });
    await says('Ann', 'next');
    await says('Ann', 'read', { story: 'road' });
    for (const _ of [1, 2]) await says('Ann', 'next');
    const card = messageOf(await ask('Ann', 'read', { story: 'tale' }));
    expect(labels(card)).toEqual(['Begin', 'Continue · 2']);
    expect(brief(await ann.press(card, 'Begin'))).toBe(1);
    const other = messageOf(await ask('Ann', 'read', { story: 'road' }));
    expect(labels(other)).toEqual(['Begin', 'Continue · 3']);
    expect(brief(await ann.press(other, 'Continue · 3'))).toBe(3);
  });
});
