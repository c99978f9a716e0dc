import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Buckets } from '../src/buckets.ts';
import { Limits, USUAL_LIMITS } from '../src/limits.ts';
import { Turnstile } from '../src/reading/turnstile.ts';
import { en } from '../src/words/en.ts';
import { type HandClock, handClock } from './clock.ts';
import { openHouse } from './harness.ts';
import { brief, libraryOf, messageOf, seen, tale } from './seen.ts';

const SECOND = 1000;
const { asking, quoting, atOnce } = USUAL_LIMITS;
const library = libraryOf({ tale: tale(80) });
const upTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

/** A room in which Ann has begun the tale and three passages are told, with the limits that hold. */
async function openRoom(clock: HandClock = handClock(Date.now())) {
  const house = await openHouse({ library, clock, limits: USUAL_LIMITS });
  const [channel, ann] = [house.discord.channel('a'), house.discord.user('Ann')];
  await ann.slash(channel, 'read', { story: 'tale' });
  for (const _ of upTo(3)) await ann.slash(channel, 'next');
  return { ...house, channel, ann, clock };
}

const TOO_MUCH = /^That is a great deal to ask for\. Please try again in (\d+) seconds?\.$/;
const TOO_MANY =
  /^That is a great many quotes for one room\. Please try again in (\d+) seconds?\.$/;

describe('one person', () => {
  test('who asks and asks is refused, in private, until the time said is over', async () => {
    const { discord, channel, ann, clock } = await openRoom();
    const answers: (string | number)[] = [];
    for (const _ of upTo(asking.holds + 10)) answers.push(brief(await ann.slash(channel, 'where')));
    const refused = answers.filter((one) => TOO_MUCH.test(String(one)));
    expect(refused).toHaveLength(10);
    expect(answers.indexOf(refused[0] ?? '')).toBe(asking.holds);
    // Nobody else is, and no page waits for it.
    expect(brief(await discord.user('Ben').slash(channel, 'where'))).toContain('3 of 80');
    expect(brief(await ann.slash(channel, 'next'))).toBe(4);
    const [, seconds] = TOO_MUCH.exec(String(refused.at(-1))) ?? [];
    clock.turn(Number(seconds) * SECOND - 1);
    expect(brief(await ann.slash(channel, 'where'))).toMatch(TOO_MUCH);
    clock.turn(1);
    expect(brief(await ann.slash(channel, 'where'))).toContain('4 of 80');
  });

  test('cannot fill a room by beginning again and again', async () => {
    const { discord, channel, ann } = await openRoom();
    const answers: string[] = [];
    for (const _ of upTo(asking.holds + 10)) {
      answers.push(String(brief(await ann.slash(channel, 'goto', { passage: 2 }))));
    }
    expect(answers.filter((one) => TOO_MUCH.test(one))).toHaveLength(11);
    const [other] = [discord.channel('b')];
    expect(messageOf(await ann.slash(other, 'read', { story: 'tale' })).content).toMatch(/^## A/);
  });

  test('cannot have everything that is stored gone through again and again', async () => {
    const { channel, ann } = await openRoom();
    const answers: string[] = [];
    for (const _ of upTo(asking.holds / 10 + 1)) {
      answers.push(String(brief(await ann.slash(channel, 'forget-me'))));
    }
    expect(answers.filter((one) => TOO_MUCH.test(one))).toHaveLength(1);
  });

  test('cannot fill a room with quotes, by command or by menu', async () => {
    const { discord, channel, ann, clock } = await openRoom();
    const quote = async () => String(brief(await ann.slash(channel, 'quote', { line: '#1.1' })));
    for (const _ of upTo(quoting.holds)) await quote();
    const before = seen(discord, channel).length;
    const refusal = await quote();
    expect(refusal).toMatch(TOO_MANY);
    const passage = discord.messages(channel)[3];
    if (passage === undefined) throw new Error('There is no passage.');
    const menu = messageOf(await ann.press(passage, '❝ Quote'));
    const select = menu.components
      .flatMap((row) => row.components ?? [])
      .find((one) => one.options);
    const chosen = select?.options?.[0]?.value ?? '';
    expect(brief(await ann.choose(menu, select?.custom_id ?? '', [chosen]))).toMatch(TOO_MANY);
    // Elsewhere neither; others are free to.
    const other = discord.channel('b');
    await ann.slash(other, 'read', { story: 'tale' });
    await ann.slash(other, 'next');
    expect(brief(await ann.slash(other, 'quote', {}))).toMatch(TOO_MANY);
    expect(seen(discord, channel)).toHaveLength(before);
    await discord.user('Ben').slash(channel, 'quote', { line: '#1.1' });
    expect(seen(discord, channel)).toHaveLength(before + 1);
    clock.turn(Number(TOO_MANY.exec(refusal)?.[1]) * SECOND);
    await quote();
    expect(seen(discord, channel)).toHaveLength(before + 2);
  });

  test('cannot take every place in a channel’s queue', async () => {
    const { discord, channel } = await openRoom();
    // Of whoever asked before, something may be under way yet.
    const cleo = discord.user('Cleo');
    const post = discord.fail({ on: 'callback', how: { delay: 400, before: true } });
    const first = discord.user('Ben').slash(channel, 'next');
    await post.hit;
    const asked = upTo(atOnce + 5).map(() => cleo.slash(channel, 'next'));
    const answers = (await Promise.all(asked)).map(brief);
    expect(brief(await first)).toBe(4);
    expect(answers.filter((one) => one === en.limit.atOnce)).toHaveLength(5);
    expect(answers.filter((one) => typeof one === 'number')).toEqual(
      upTo(atOnce).map((n) => n + 4),
    );
    // Once they are answered she may ask again.
    expect(brief(await cleo.slash(channel, 'next'))).toBe(atOnce + 5);
  });

  test('who types without end has no more choices for a while', async () => {
    const { channel, ann, clock } = await openRoom();
    const type = async () => (await ann.type(channel, 'read', { story: '' }, 'story')).length;
    for (const _ of upTo(60)) expect(await type()).toBe(1);
    expect(await type()).toBe(0);
    clock.turn(SECOND);
    expect(await type()).toBe(1);
  });
});

test('fifty readers who press, ask, type and quote at once are no flood', {
  timeout: 60_000,
}, async () => {
  const { discord, channel } = await openRoom();
  const passage = discord.messages(channel).at(-1);
  if (passage === undefined) throw new Error('There is no passage.');
  const all = upTo(50).flatMap((n) => {
    const reader = discord.user(`Reader ${n}`);
    return [
      reader.press(passage, 'Next'),
      reader.slash(channel, 'where'),
      reader.slash(channel, 'search', { words: 'tale' }),
      reader.slash(channel, 'quote', { line: '#1.1' }),
    ];
  });
  const answers = (await Promise.all(all)).map(brief);
  const limits = [TOO_MUCH, TOO_MANY, new RegExp(en.limit.atOnce), new RegExp(en.trouble.busy)];
  for (const says of answers) {
    for (const limit of limits) expect(String(says)).not.toMatch(limit);
  }
  expect(answers.filter((says) => says === 4)).toHaveLength(1);
});

test('a queue without end is refused, but for those whom nobody waits for', async () => {
  const turnstile = new Turnstile();
  const gate = Promise.withResolvers<void>();
  const waiter = { arrived: Date.now(), defer: async () => {} };
  const inside = upTo(200).map(() => turnstile.enter('a', waiter, () => gate.promise));
  await expect(turnstile.enter('a', waiter, async () => {})).rejects.toThrow('busy');
  const others = [
    turnstile.enter('a', undefined, async () => 'tidied'),
    turnstile.enter('b', waiter, async () => 'elsewhere'),
  ];
  gate.resolve();
  await Promise.all(inside);
  expect(await Promise.all(others)).toEqual(['tidied', 'elsewhere']);
  expect(await turnstile.enter('a', waiter, async () => 'again')).toBe('again');
});

describe('a bucket', () => {
  test('never gives more than it holds and gains, whatever the clock does', () => {
    const step = fc.record({
      count: fc.integer({ min: 1, max: 5 }),
      ms: fc.integer({ min: -5000, max: 20_000 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const buckets = new Buckets({ holds: 8, perSecond: 0.5 });
        let [now, taken, gained] = [0, 0, 0];
        for (const { count, ms } of steps) {
          now += ms;
          gained += Math.max(0, ms) / 1000 / 2;
          const wait = buckets.take('a', count, now);
          if (wait === 0) taken += count;
          else expect(buckets.take('a', count, now + wait) > 0).toBe(false);
          if (wait > 0) {
            now += wait;
            gained += wait / 1000 / 2;
            taken += count;
          }
          expect(taken).toBeLessThanOrEqual(8 + gained + 1e-6);
        }
      }),
    );
  });

  test('is kept for the newest ten thousand', () => {
    const buckets = new Buckets({ holds: 1, perSecond: 1 });
    for (let key = 0; key < 10_001; key++) expect(buckets.take(`${key}`, 1, 0)).toBe(0);
    expect(buckets.take('10000', 1, 0)).toBeGreaterThan(0);
    expect(buckets.take('1', 1, 0)).toBeGreaterThan(0);
    expect(buckets.take('0', 1, 0)).toBe(0);
  });
});

test('nothing is remembered of whoever has left', () => {
  const limits = new Limits(handClock(0), { ...USUAL_LIMITS, atOnce: 1 });
  const leave = limits.enter('ann', 'a');
  expect(limits.enter('ann', 'a')).toBeUndefined();
  expect(limits.enter('ann', 'b')).toBeDefined();
  leave?.();
  expect(limits.enter('ann', 'a')).toBeDefined();
});
