import { expect, test } from 'vitest';
import type { RequestRecord } from '../src/rehearsal/discord/requests.ts';
import { en } from '../src/words/en.ts';
import { openHouse } from './harness.ts';
import { moodyStore } from './moody-store.ts';
import { brief, buttoned, libraryOf, messageOf, seen, tale, told } from './seen.ts';

const library = libraryOf({ tale: tale(60) });
const upTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

test.concurrent('fifty presses of one button turn one page', async ({ onTestFinished }) => {
  const { discord } = await openHouse({ library }, onTestFinished);
  const channel = discord.channel('a');
  const card = messageOf(await discord.user('Ann').slash(channel, 'read', { story: 'tale' }));
  const presses = upTo(50).map((n) => discord.user(`Reader ${n}`).press(card, 'Begin'));
  const answers = (await Promise.all(presses)).map((answer) => ({ answer, says: brief(answer) }));

  expect(answers.filter(({ says }) => says === 1)).toHaveLength(1);
  const link = `https://discord.com/channels/${discord.home.id}/${channel.id}/${discord.messages(channel)[1]?.id}`;
  const refusals = answers.filter(({ says }) => says !== 1);
  expect(new Set(refusals.map(({ says }) => says))).toEqual(
    new Set([`${en.refusal.stale} You are at 1 of 60. Here is [the newest message](${link}).`]),
  );
  expect(seen(discord, channel)).toEqual(['## A Tale', 1]);
  await discord.waitFor(() => buttoned(discord, channel).length === 1);
  expect(buttoned(discord, channel)).toEqual([0]);
});

test.concurrent('twenty /next at once tell twenty passages, in order', async ({
  onTestFinished,
}) => {
  const { discord } = await openHouse({ library }, onTestFinished);
  const channel = discord.channel('a');
  await discord.user('Ann').slash(channel, 'read', { story: 'tale' });
  const asked = upTo(20).map((n) => discord.user(`Reader ${n}`).slash(channel, 'next'));
  expect((await Promise.all(asked)).map(brief)).toEqual(upTo(20));
  expect(told(discord, channel)).toEqual(upTo(20));
  await discord.waitFor(() => buttoned(discord, channel).length === 1);
  expect(buttoned(discord, channel)).toEqual([0]);
});

test.concurrent.for([
  ['the first one meets a slow store', { load: 1700 }],
  ['the first post hangs', { on: 'callback', how: 'hang-before', times: 2 }],
  ['the first answer never comes', { on: 'callback', how: 'hang-after', times: 1 }],
  ['every answer is slow', { on: 'callback', how: { delay: 90 }, times: 100 }],
] as const)(
  'the order holds where %s',
  { timeout: 60_000 },
  async ([, trouble], { onTestFinished }) => {
    const store = moodyStore();
    const { discord } = await openHouse(
      { library, aroundStore: store.aroundStore },
      onTestFinished,
    );
    const channel = discord.channel('a');
    await discord.user('Ann').slash(channel, 'read', { story: 'tale' });
    if ('load' in trouble) store.cast({ on: 'load', how: trouble.load });
    else discord.fail(trouble);
    const asked = upTo(20).map((n) => discord.user(`Reader ${n}`).slash(channel, 'next'));
    const answers = (await Promise.all(asked)).map(brief);
    // On a busy machine the last ones can be too late for a place; they are told so.
    const passages = answers.filter((says) => says !== en.trouble.again);
    expect(passages).toEqual(upTo(passages.length));
    expect(passages.length).toBeGreaterThan(1);
    expect(seen(discord, channel)).toEqual(['## A Tale', ...passages]);
  },
);

test.concurrent('whoever cannot have a place in time is told so', { timeout: 60_000 }, async ({
  onTestFinished,
}) => {
  const { discord } = await openHouse({ library }, onTestFinished);
  const channel = discord.channel('a');
  await discord.user('Ann').slash(channel, 'read', { story: 'tale' });
  const isPost = ({ path, body }: RequestRecord) =>
    path.endsWith('/callback') && JSON.stringify(body).startsWith('{"type":4');
  const fault = discord.fail({ on: isPost, how: 'hang-before', times: 4 });
  const lost = discord.user('Ben').slash(channel, 'next');
  await fault.hit;
  const asked = upTo(9).map((n) => discord.user(`Reader ${n}`).slash(channel, 'next'));
  const answers = (await Promise.all(asked)).map(brief);
  expect(new Set(answers)).toEqual(new Set([en.trouble.again]));
  expect((await lost).kind).toBe('failed');
  expect(brief(await discord.user('Ben').slash(channel, 'next'))).toBe(1);
  expect(seen(discord, channel)).toEqual(['## A Tale', 1]);
});

test.concurrent('nobody overtakes a press by standing behind its like', {
  timeout: 60_000,
}, async ({ onTestFinished }) => {
  const { discord } = await openHouse({ library }, onTestFinished);
  const channel = discord.channel('a');
  const card = messageOf(await discord.user('Ann').slash(channel, 'read', { story: 'tale' }));
  const post = discord.fail({ on: 'callback', how: 'hang-before', times: 2 });
  const first = discord.user('Ben').press(card, 'Begin');
  await post.hit;
  const second = discord.user('Cleo').press(card, 'Begin');
  const third = discord.user('Dora').slash(channel, 'next');
  expect(brief(await first)).toBe(1);
  expect(brief(await second)).toMatch(/^The reading has moved on/);
  expect(brief(await third)).toBe(2);
  expect(seen(discord, channel)).toEqual(['## A Tale', 1, 2]);
});

test.concurrent('presses that wait behind their like do so in private', {
  timeout: 60_000,
}, async ({ onTestFinished }) => {
  const { discord } = await openHouse({ library }, onTestFinished);
  const channel = discord.channel('a');
  const card = messageOf(await discord.user('Ann').slash(channel, 'read', { story: 'tale' }));
  const thinking: string[] = [];
  discord.events.on('message', ({ content, flags, id }) => {
    if (content === '' && (flags & 64) === 0) thinking.push(id);
  });
  const post = discord.fail({ on: 'callback', how: 'hang-before', times: 2 });
  const first = discord.user('Ben').press(card, 'Begin');
  await post.hit;
  const others = upTo(9).map((n) => discord.user(`Reader ${n}`).press(card, 'Begin'));
  expect(brief(await first)).toBe(1);
  for (const answer of await Promise.all(others)) {
    expect(brief(answer)).toMatch(/^The reading has moved on from here\. You are at 1 of 60\./);
  }
  expect(seen(discord, channel)).toEqual(['## A Tale', 1]);
  expect(thinking).toEqual([]);
});

test.concurrent('where the first press fails, the page is turned by another press', {
  timeout: 60_000,
}, async ({ onTestFinished }) => {
  const { discord } = await openHouse({ library }, onTestFinished);
  const channel = discord.channel('a');
  const card = messageOf(await discord.user('Ann').slash(channel, 'read', { story: 'tale' }));
  discord.fail({ on: 'callback', how: { status: 403, code: 50_013 } });
  const both = ['Ben', 'Cleo'].map((name) => discord.user(name).press(card, 'Begin'));
  expect((await Promise.all(both)).map(brief)).toEqual([en.trouble.permission, 1]);
});

test.concurrent('a channel that hangs does not hold up another', { timeout: 60_000 }, async ({
  onTestFinished,
}) => {
  const { discord } = await openHouse({ library }, onTestFinished);
  const [slow, other] = [discord.channel('slow'), discord.channel('other')];
  const ann = discord.user('Ann');
  for (const channel of [slow, other]) await ann.slash(channel, 'read', { story: 'tale' });
  const fault = discord.fail({ on: 'callback', how: 'hang-before' });
  const hanging = ann.slash(slow, 'next');
  await fault.hit;
  for (const number of upTo(10)) expect(brief(await ann.slash(other, 'next'))).toBe(number);
  expect(told(discord, slow)).toEqual([]);
  expect(brief(await hanging)).toBe(1);
});
