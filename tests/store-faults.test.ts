import { describe, expect, test, vi } from 'vitest';
import { en } from '../src/words/en.ts';
import { type House, openHouse } from './harness.ts';
import { type MoodyStore, moodyStore, type Spell } from './moody-store.ts';
import { brief, buttoned, firstButton, libraryOf, messageOf, seen, tale, told } from './seen.ts';

// They mostly wait.
vi.setConfig({ maxConcurrency: 20 });

const library = libraryOf({ tale: tale(9) });

interface Stage extends House {
  readonly store: MoodyStore;
  readonly channel: ReturnType<House['discord']['channel']>;
  next(name: string): Promise<number | string>;
}

/** A channel with its first passage told, in a house whose store has moods. */
async function openStage(onFinished: (close: () => Promise<void>) => void): Promise<Stage> {
  const store = moodyStore();
  const house = await openHouse({ library, aroundStore: store.aroundStore }, onFinished);
  const { discord } = house;
  const channel = discord.channel('a');
  const next = async (name: string) => brief(await discord.user(name).slash(channel, 'next'));
  await discord.user('Ann').slash(channel, 'read', { story: 'tale' });
  await next('Ann');
  await discord.waitFor(() => buttoned(discord, channel).length === 1);
  return { ...house, store, channel, next };
}

describe.concurrent('a store that fails', { timeout: 30_000 }, () => {
  test.concurrent.for([
    ['to load', { on: 'load', how: 'fail' }],
    ['to record the turn', { on: 'record', how: 'fail' }],
  ] as const)('%s: one sentence, and the place is safe', async ([, spell], { onTestFinished }) => {
    const { store, next, discord, channel } = await openStage(onTestFinished);
    store.cast({ ...spell, times: 2 });
    expect(await next('Ann')).toBe(en.trouble.store);
    expect(await next('Ben')).toBe(en.trouble.store);
    expect(await next('Ann')).toBe(2);
    expect(seen(discord, channel)).toEqual(['## A Tale', 1, 2]);
  });

  test.concurrent('to move: the passage stands, and its button works', async ({
    onTestFinished,
  }) => {
    const { store, next, discord, channel } = await openStage(onTestFinished);
    store.cast({ on: 'move', how: 'fail' });
    expect(await next('Ann')).toBe(2);
    const newest = discord.messages(channel).at(-1);
    const answer = newest && (await discord.user('Ben').press(newest, 'Next'));
    expect(answer && brief(answer)).toBe(3);
    await discord.waitFor(() => buttoned(discord, channel).length === 1);
    expect(buttoned(discord, channel)).toEqual([0]);
    expect(seen(discord, channel)).toEqual(['## A Tale', 1, 2, 3]);
  });

  test.concurrent('to move, and then for a while, and the bot restarts', async ({
    onTestFinished,
  }) => {
    const { store, next, restart, discord, channel } = await openStage(onTestFinished);
    store.cast({ on: 'move', how: 'fail', times: 3 });
    expect(await next('Ann')).toBe(2);
    expect(await next('Ann')).toBe(en.trouble.store);
    expect(await next('Ann')).toBe(en.trouble.store);
    store.lift();
    await restart();
    expect(await next('Ben')).toBe(3);
    expect(told(discord, channel)).toEqual([1, 2, 3]);
  });

  test.concurrent('to take a refused turn back: the next one settles it', async ({
    onTestFinished,
  }) => {
    const { store, next, discord, channel } = await openStage(onTestFinished);
    discord.fail({ on: 'callback', how: { status: 400, code: 200_000 } });
    store.cast({ on: 'move', how: 'fail' });
    expect(await next('Ann')).toBe(en.trouble.automod);
    expect(await next('Ben')).toBe(2);
    expect(told(discord, channel)).toEqual([1, 2]);
  });

  test.concurrent('while a press waits in private: no passage is told to it alone', async ({
    onTestFinished,
  }) => {
    const { store, next, discord, channel } = await openStage(onTestFinished);
    const passage = discord.messages(channel)[1];
    if (passage === undefined) throw new Error('There is no passage.');
    // Ann's turn is slow and then refused; Ben's, behind it, can't be taken back, and his
    // "thinking" stays.
    store.cast({ on: 'load', how: 1700 });
    store.cast({ on: 'move', how: 0 });
    store.cast({ on: 'move', how: 'fail' });
    discord.fail({ on: 'edit-original', how: { status: 403, code: 50_013 } });
    const stuck = discord.fail({ on: 'edit-original', how: 'hang-before' });
    const presses = ['Ann', 'Ben'].map((name) => discord.user(name).press(passage, 'Next'));
    await stuck.hit;
    expect(await next('Cleo')).toBe(2);
    expect((await Promise.all(presses)).map(brief)).toEqual([
      en.trouble.permission,
      en.trouble.again,
    ]);
    expect(seen(discord, channel)).toEqual(['## A Tale', 1, 2]);
  });

  test.concurrent('when looking: /where and /quote say so, autocomplete offers nothing', async ({
    onTestFinished,
  }) => {
    const { store, discord, channel } = await openStage(onTestFinished);
    const ann = discord.user('Ann');
    store.cast({ on: 'load', how: 'fail', times: 3 });
    expect(brief(await ann.slash(channel, 'where'))).toBe(en.trouble.store);
    expect(brief(await ann.slash(channel, 'quote'))).toBe(en.trouble.store);
    expect(await ann.type(channel, 'quote', { line: 'tale' }, 'line')).toEqual([]);
    expect(seen(discord, channel)).toEqual(['## A Tale', 1]);
  });
});

describe.concurrent('a store that hangs', { timeout: 40_000 }, () => {
  test.concurrent.for([
    ['loading', 'load'],
    ['recording the turn', 'record'],
  ] as const)('%s: a deferral in time, then one sentence', async ([, on], { onTestFinished }) => {
    const { store, next, discord, channel } = await openStage(onTestFinished);
    const asked = Date.now();
    store.cast({ on, how: 8500 });
    const first = next('Ann');
    await discord.waitFor(() => seen(discord, channel).at(-1) === 'thinking', 2900);
    expect(await first).toBe(en.trouble.store);
    expect(Date.now() - asked).toBeLessThan(8500);
    // The access that was given up still lands; whoever comes next waits for it.
    expect(await next('Ben')).toBe(2);
    expect(seen(discord, channel)).toEqual(['## A Tale', 1, 2]);
  });

  test.concurrent('answering who looks, while the turn is written down: it is seen', async ({
    onTestFinished,
  }) => {
    const { store, next, discord, channel } = await openStage(onTestFinished);
    const moved = store.cast({ on: 'move', how: 200 });
    expect(await next('Ann')).toBe(2);
    store.cast({ on: 'load', how: 500, after: true });
    const where = messageOf(await discord.user('Ben').slash(channel, 'where'));
    await moved;
    expect(where.content).toContain('2 of 9');
  });

  test.concurrent('moving: the passage stands, and a late write covers no newer one', async ({
    onTestFinished,
  }) => {
    const { store, next, restart, discord, channel } = await openStage(onTestFinished);
    const landed = store.cast({ on: 'move', how: 8500 });
    expect(await next('Ann')).toBe(2);
    expect(await next('Ben')).toBe(3);
    await landed;
    await restart();
    expect(await next('Ann')).toBe(4);
    expect(told(discord, channel)).toEqual([1, 2, 3, 4]);
  });

  test.concurrent('for ever: the asker gets a sentence, other channels go on', async ({
    onTestFinished,
  }) => {
    const { store, next, discord, channel } = await openStage(onTestFinished);
    const other = discord.channel('other');
    store.cast({ on: 'load', how: 'hang', channel });
    const asked = next('Ann');
    await discord.user('Ann').slash(other, 'read', { story: 'tale' });
    expect(brief(await discord.user('Ann').slash(other, 'next'))).toBe(1);
    expect(await asked).toBe(en.trouble.store);
    expect(seen(discord, channel)).toEqual(['## A Tale', 1]);
  });
});

describe.concurrent('a store that is slow', { timeout: 30_000 }, () => {
  test.concurrent.for<[string, Spell]>([
    ['to load', { on: 'load', how: 3500 }],
    ['to record the turn', { on: 'record', how: 3500 }],
    ['to move', { on: 'move', how: 3500 }],
  ])('%s: the passage comes, a deferral ahead of it', async ([, spell], { onTestFinished }) => {
    const { store, next, discord, channel } = await openStage(onTestFinished);
    store.cast(spell);
    expect(await Promise.all([next('Ann'), next('Ben'), next('Cleo')])).toEqual([2, 3, 4]);
    expect(seen(discord, channel)).toEqual(['## A Tale', 1, 2, 3, 4]);
  });

  test.concurrent('a press meanwhile of the old button is answered privately', async ({
    onTestFinished,
  }) => {
    const { store, discord, channel } = await openStage(onTestFinished);
    const passage = discord.messages(channel)[1];
    if (passage === undefined) throw new Error('There is no passage.');
    const button = firstButton(passage);
    store.cast({ on: 'move', how: 3500 });
    const [ann, ben] = [discord.user('Ann'), discord.user('Ben')];
    const both = [ann.press(passage, 'Next'), ben.press(passage, button, { stale: true })];
    const [turned, refused] = await Promise.all(both);
    expect(turned && brief(turned)).toBe(2);
    expect(refused && messageOf(refused).content).toMatch(/^The reading has moved on from here\./);
    expect(seen(discord, channel)).toEqual(['## A Tale', 1, 2]);
  });
});
