import { describe, expect, test, vi } from 'vitest';
import type { ChannelRecord } from '../src/reading/record.ts';
import type { Store } from '../src/reading/store.ts';
import { en } from '../src/words/en.ts';
import { openHouse } from './harness.ts';
import { brief, buttoned, firstButton, labels, libraryOf, messageOf, seen, tale } from './seen.ts';

const library = libraryOf({ tale: tale(9) });

describe('a reading in', () => {
  test('a thread is apart from its channel', async () => {
    const { discord } = await openHouse({ library });
    const channel = discord.channel('a');
    const thread = discord.channel('thread', { parent: channel });
    const ann = discord.user('Ann');
    for (const where of [channel, thread]) await ann.slash(where, 'read', { story: 'tale' });
    expect(brief(await ann.slash(thread, 'next'))).toBe(1);
    expect(brief(await ann.slash(thread, 'next'))).toBe(2);
    expect(brief(await ann.slash(channel, 'next'))).toBe(1);
  });

  test('a DM has everyone as its host, and links without a server', async () => {
    const { discord } = await openHouse({ library });
    const ann = discord.user('Ann');
    const dm = discord.dm(ann);
    await ann.slash(dm, 'read', { story: 'tale' });
    expect(brief(await ann.slash(dm, 'goto', { passage: 3 }))).toBe(3);
    expect(brief(await ann.slash(dm, 'back'))).toBe(2);
    const newest = discord.messages(dm).at(-1)?.id;
    expect(brief(await ann.slash(dm, 'where'))).toContain(
      `(https://discord.com/channels/@me/${dm.id}/${newest})`,
    );
    await discord.waitFor(() => buttoned(discord, dm).length === 1);
    expect(buttoned(discord, dm)).toEqual([0]);
  });

  test('a group DM, by a user install, has everyone as its host', async () => {
    const { discord } = await openHouse({ library });
    const [ann, ben] = [
      discord.user('Ann', { appInstalled: true }),
      discord.user('Ben', { appInstalled: true }),
    ];
    const group = discord.groupDm('us', [ann, ben]);
    const card = messageOf(await ann.slash(group, 'read', { story: 'tale' }));
    expect(brief(await ben.press(card, 'Begin'))).toBe(1);
    expect(brief(await ben.slash(group, 'goto', { passage: 5 }))).toBe(5);
    expect(brief(await ben.slash(group, 'read', { story: 'tale' }))).toMatch(/^## A Tale/);
    await discord.waitFor(() => buttoned(discord, group).length === 1);
  });

  test('a server without the bot works by a user install', async () => {
    const { discord } = await openHouse({ library });
    const channel = discord.channel('a', { guild: discord.elsewhere });
    const ann = discord.user('Ann', { appInstalled: true });
    const card = messageOf(await ann.slash(channel, 'read', { story: 'tale' }));
    const first = messageOf(await ann.press(card, 'Begin'));
    expect(brief(await ann.press(first, 'Next'))).toBe(2);
    await discord.waitFor(() => buttoned(discord, channel).length === 1);
    expect(buttoned(discord, channel)).toEqual([0]);
  });

  test('such a server is refused where nobody else would see it', async () => {
    const { discord } = await openHouse({ library });
    const channel = discord.channel('a', { guild: discord.elsewhere });
    const ann = discord.user('Ann', { appInstalled: true });
    const ben = discord.user('Ben', {
      appInstalled: true,
      permissions: { deny: ['UseExternalApps'] },
    });
    const card = messageOf(await ann.slash(channel, 'read', { story: 'tale' }));
    await ann.press(card, 'Begin');
    for (const [command, options] of [
      ['read', { story: 'tale' }],
      ['next', {}],
      ['back', {}],
      ['goto', { passage: 2 }],
      ['close', {}],
    ] as const) {
      expect(brief(await ben.slash(channel, command, options))).toBe(en.refusal.private);
    }
    const newest = discord.messages(channel).at(-1);
    expect(newest && brief(await ben.press(newest, 'Next'))).toBe(en.refusal.private);
    expect(brief(await ben.slash(channel, 'where'))).toContain('1 of 9');
    expect(brief(await ann.slash(channel, 'next'))).toBe(2);
  });
});

/** A house in which Ann began the tale; `age` makes its newest message older than any token. */
async function openAged() {
  let store: Store | undefined;
  const house = await openHouse({
    library,
    aroundStore(real) {
      store = real;
      return real;
    },
  });
  const { discord } = house;
  const channel = discord.channel('a');
  const ann = discord.user('Ann');
  await ann.slash(channel, 'read', { story: 'tale' });
  const age = async () => {
    if (store === undefined) throw new Error('There is no store.');
    const records = store.namespace<ChannelRecord>('channels');
    // The answer shows before it is written down.
    const { record, reading } = await vi.waitFor(async () => {
      const { reading, ...record } = (await records.get(channel.id)) ?? {};
      if (!reading?.message) throw new Error('There is no message.');
      return { record, reading: { ...reading, message: reading.message } };
    });
    const message = { ...reading.message, at: Date.now() - 20 * 60_000 };
    await records.set(channel.id, {
      version: 1,
      left: [],
      ...record,
      reading: { ...reading, message },
    });
  };
  return { ...house, channel, ann, age };
}

describe('the button of an older message', () => {
  test('goes by the bot’s own right once the interaction is 15 minutes old', async () => {
    const { discord, channel, ann, age } = await openAged();
    await age();
    await ann.slash(channel, 'next');
    await discord.waitFor(() => buttoned(discord, channel).length === 1);
    expect(buttoned(discord, channel)).toEqual([0]);
    expect(
      discord.requests.some(({ method, path }) =>
        `${method} ${path}`.startsWith('PATCH /channels/'),
      ),
    ).toBe(true);
  });

  test('stays where the bot may not edit, and answers privately with a link', async () => {
    const { discord, channel, ann, age, log } = await openAged();
    discord.channel('a', { bot: { deny: ['ViewChannel'] } });
    await age();
    await ann.slash(channel, 'next');
    await discord.waitFor(
      () => discord.requests.find(({ path }) => path.startsWith('/channels/'))?.status,
    );
    expect(buttoned(discord, channel)).toEqual([0, 1]);
    const [card, passage] = discord.messages(channel);
    const answer = card && (await discord.user('Ben').press(card, 'Begin'));
    expect(answer && brief(answer)).toBe(
      `${en.refusal.stale} You are at 1 of 9. Here is [the newest message](https://discord.com/channels/${discord.home.id}/${channel.id}/${passage?.id}).`,
    );
    expect(log.join('')).toContain('an old button stays');
    expect(seen(discord, channel)).toEqual(['## A Tale', 1]);
  });

  test('of a reading that is over answers privately, after a restart too', async () => {
    const { discord, channel, ann, restart } = await openAged();
    const first = messageOf(await ann.slash(channel, 'next'));
    const button = firstButton(first);
    await ann.slash(channel, 'close');
    await restart();
    expect(brief(await ann.press(first, button, { stale: true }))).toBe(
      `${en.refusal.elsewhere} ${en.refusal.nothing}`,
    );
    const card = messageOf(await ann.slash(channel, 'read', { story: 'tale' }));
    const goOn = card.components[0]?.components?.[1]?.custom_id ?? '';
    expect(brief(await ann.press(first, button, { stale: true }))).toMatch(/^This button belongs/);
    await ann.press(card, 'Continue · 2');
    expect(brief(await ann.press(card, goOn, { stale: true }))).toMatch(/^This button belongs/);
    expect(labels(discord.messages(channel).at(-1) ?? card)).toEqual(['Next', '❝ Quote']);
  });

  test('still turns the page after a restart, where it is the newest', async () => {
    const { channel, ann, restart } = await openAged();
    const first = messageOf(await ann.slash(channel, 'next'));
    await restart();
    expect(brief(await ann.press(first, 'Next'))).toBe(2);
  });
});
