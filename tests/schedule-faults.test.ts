import { describe, expect, test } from 'vitest';
import { createLibrary } from '../src/story/library.ts';
import { en } from '../src/words/en.ts';
import { HOUR, MINUTE, openRoom } from './schedule-room.ts';
import { seen, told } from './seen.ts';

const AUTOMOD = { status: 400, code: 200_000 };
const STOPPED = '*A Tale* does not come by itself any more';

/** A schedule of one passage an hour. */
async function openHourly() {
  const room = await openRoom();
  await room.pace('every', { every: '1h' });
  return room;
}

describe('a telling that fails', () => {
  test('for good, where the channel is gone: the schedule stops at once, without a word', async () => {
    const { clock, failSends, log, says, sends } = await openHourly();
    const gone = failSends({ status: 404, code: 10_003 }, 100);
    clock.turn(HOUR);
    await gone.hit;
    await expect.poll(() => says('Ann', 'pace show')).toBe(en.pace.next);
    clock.turn(9 * HOUR);
    await says('Ann', 'where');
    expect(sends()).toHaveLength(1);
    expect(log.join('')).toContain('a schedule is stopped');
  });

  test('three times in a row: it stops, with one message where one can be posted', async () => {
    const { clock, discord, channel, failed, failSends, says, shows, sends } = await openHourly();
    const isPassage = ({ body }: { body: unknown }) => /Passage \d/.test(JSON.stringify(body));
    failSends(AUTOMOD, 100, isPassage);
    for (const count of [1, 2, 3]) {
      clock.turn(HOUR);
      await discord.waitFor(() => sends().filter(isPassage).length === count);
      if (count < 3) await failed(count);
    }
    await shows(STOPPED);
    clock.turn(9 * HOUR);
    expect(await says('Ann', 'pace show')).toBe(en.pace.next);
    expect(seen(discord, channel).filter((one) => String(one).startsWith(STOPPED))).toHaveLength(1);
    expect(told(discord, channel)).toEqual([]);
    // What it told goes on by hand.
    expect(await says('Ben', 'next')).toBe(1);
  });

  test('for want of a permission: the next comes when it is there again', async () => {
    const { clock, discord, channel, failed, sends, tells } = await openHourly();
    discord.channel('a', { bot: { deny: ['SendMessages'] } });
    for (const count of [1, 2]) {
      clock.turn(HOUR);
      await discord.waitFor(() => sends().length === count);
      await failed(count);
    }
    discord.channel('a', { bot: {} });
    clock.turn(HOUR);
    await tells(1);
    // The failures are forgiven: two more do not make four.
    discord.channel('a', { bot: { deny: ['ViewChannel'] } });
    for (const count of [4, 5]) {
      clock.turn(HOUR);
      await discord.waitFor(() => sends().length === count);
      await failed(count - 3);
    }
    discord.channel('a', { bot: {} });
    clock.turn(HOUR);
    await tells(1, 2);
    expect(seen(discord, channel)).toEqual([
      '## A Tale',
      expect.stringContaining('every 1 hour'),
      1,
      2,
    ]);
  });

  test('because the store is down: it comes when that is back, a minute later at most', async () => {
    const { clock, log, store, discord, channel, tells } = await openHourly();
    store.cast({ on: 'load', how: 'fail', times: 2, channel });
    clock.turn(HOUR);
    await expect.poll(() => log.join('')).toContain('a telling of a schedule fails');
    expect(told(discord, channel)).toEqual([]);
    clock.turn(MINUTE);
    await expect.poll(() => log.join('').split('a telling of a schedule fails')).toHaveLength(3);
    clock.turn(MINUTE);
    await tells(1);
    clock.turn(58 * MINUTE);
    await tells(1, 2);
  });

  test('because the store was down when its record was due: it is not told twice', async () => {
    const { clock, log, store, channel, tells } = await openHourly();
    store.cast({ on: 'move', how: 'fail', times: 2, channel });
    clock.turn(HOUR);
    await tells(1);
    await expect.poll(() => log.join('')).toContain('a telling of a schedule fails');
    clock.turn(MINUTE);
    clock.turn(59 * MINUTE);
    await tells(1, 2);
  });

  test('because the story is gone: it says so and stops', async () => {
    const { clock, failed, restart, shows } = await openHourly();
    await restart(createLibrary([]));
    for (const count of [1, 2, 3]) {
      clock.turn(HOUR);
      if (count < 3) await failed(count);
    }
    await shows(STOPPED);
  });
});

describe('a post whose fate is uncertain', () => {
  test('is settled by its nonce', async () => {
    const { clock, discord, failSends, sends, tells } = await openHourly();
    failSends('destroy-after');
    clock.turn(HOUR);
    await tells(1);
    await discord.waitFor(() => sends().length === 2);
    clock.turn(HOUR);
    await tells(1, 2);
    expect(sends()).toHaveLength(3);
  });

  test.each([
    ['a refusal', { status: 403, code: 50_013 }],
    ['a rate limit', { status: 429, retryAfter: 60 }],
  ] as const)('is not settled by %s of its repetition', async (_, how) => {
    const { clock, failSends, log, tells } = await openHourly();
    failSends({ status: 502, after: true });
    const second = failSends(how);
    clock.turn(HOUR);
    await second.hit;
    await tells(1);
    await expect.poll(() => log.join('')).toContain('what became of a post');
    clock.turn(HOUR);
    await tells(1, 2);
  });

  test.each([
    ['it stands', 'destroy-after'],
    ['it does not', 'destroy-before'],
  ] as const)('is settled by the messages there once the nonce is old: %s', async (_, how) => {
    const { clock, discord, channel, failSends, log, sends } = await openHourly();
    const first = failSends(how);
    clock.turn(HOUR);
    await first.hit;
    const others = failSends('destroy-before', 1000);
    await expect.poll(() => log.join('')).toContain('a telling of a schedule fails');
    clock.turn(MINUTE);
    await expect.poll(() => log.join('').split('a telling of a schedule fails').length).toBe(3);
    others.lift();
    const before = sends().length;
    // Somebody talks meanwhile, somebody who quotes the footer too.
    const ben = discord.user('Ben');
    for (let at = 0; at < 120; at++) ben.say(channel, 'Such a fine tale.\n-# A Tale · 1 of 9');
    clock.turn(3 * MINUTE);
    await discord.waitFor(() => discord.requests.some(({ query }) => query.has('after')));
    const own = () =>
      discord
        .messages(channel)
        .filter(({ author, content }) => author.id !== ben.id && / of 9$/.test(content))
        .map(({ content }) => content.slice(0, 9));
    await discord.waitFor(() => own().length === 1);
    clock.turn(56 * MINUTE);
    await discord.waitFor(() => own().length === 2);
    expect(own()).toEqual(['Passage 1', 'Passage 2']);
    expect(sends().length - before).toBe(how === 'destroy-after' ? 1 : 3);
  });

  test.each([
    ['within minutes', 0],
    ['an hour later', HOUR],
  ])('is settled after a crash between the post and its record, %s', async (_, ms) => {
    const { away, clock, discord, channel, log, store, tells } = await openHourly();
    store.cast({ on: 'move', how: 'fail', times: 100, channel });
    clock.turn(HOUR);
    await tells(1);
    await expect.poll(() => log.join('')).toContain('is not written down yet');
    store.lift();
    await away(ms);
    if (ms > 0) await tells(1, 2);
    clock.turn(HOUR);
    await tells(...(ms > 0 ? [1, 2, 3] : [1, 2]));
    expect(seen(discord, channel)).not.toContain('thinking');
  });
});

test('whoever asks while a telling is under way has the passage after it', async () => {
  const { clock, discord, channel, failSends, says } = await openHourly();
  const post = failSends({ delay: 400, before: true });
  clock.turn(HOUR);
  await discord.waitFor(() => discord.requests.some(({ path }) => path.endsWith('/messages')));
  const [ben] = await Promise.all([says('Ben', 'next'), post.hit]);
  expect(ben).toBe(2);
  expect(told(discord, channel)).toEqual([1, 2]);
});
