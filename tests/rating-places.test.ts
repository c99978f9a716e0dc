import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Discord } from '../src/rehearsal/discord/discord.ts';
import { SentChannels, sentChannel } from '../src/sent-channels.ts';
import { en } from '../src/words/en.ts';
import { handClock } from './clock.ts';
import { openHouse } from './harness.ts';
import { brief, libraryOf, messageOf, seen, tale, told } from './seen.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.UTC(2027, 0, 4, 9);

const night = (count = 9, rating = 'mature') =>
  `---\nrating: ${rating}\n---\n\n${tale(count, 'Night')}`;
const library = libraryOf({ night: night(), day: tale(9, 'Day') });

function refusal(why: keyof typeof en.refusal.rated): string {
  return en.refusal.rated[why].replace('{{title}}', 'Night').replace('{{rating}}', 'mature');
}

const hide = { bot: { deny: ['ViewChannel'] } } as const;
const me = { appInstalled: true };

/** Where Ann asks for it, and the refusal; none where it is told. */
const PLACES: readonly [
  string,
  (discord: Discord) => ReturnType<Discord['channel']>,
  keyof typeof en.refusal.rated | undefined,
][] = [
  ['an age-restricted channel', (d) => d.channel('a', { nsfw: true }), undefined],
  ['another channel', (d) => d.channel('a'), 'off'],
  [
    'a thread of an age-restricted channel',
    (d) => d.channel('b', { parent: d.channel('a', { nsfw: true }) }),
    undefined,
  ],
  ['a thread of another channel', (d) => d.channel('b', { parent: d.channel('a') }), 'parentOff'],
  [
    'a thread of a channel that the bot may not see',
    (d) => d.channel('b', { parent: d.channel('a', { nsfw: true, ...hide }) }),
    'parentUnseen',
  ],
  ['a DM', (d) => d.dm(d.user('Ann')), 'outside'],
  ['a group DM', (d) => d.groupDm('us', [d.user('Ann', me)]), 'outside'],
  [
    'an age-restricted channel of a server that the bot is not in',
    (d) => {
      d.user('Ann', me);
      return d.channel('a', { guild: d.elsewhere, nsfw: true });
    },
    'outside',
  ],
];

test.each(PLACES)('in %s', async (_, placeIn, why) => {
  const { discord } = await openHouse({ library });
  const [place, ann] = [placeIn(discord), discord.user('Ann')];
  const card = messageOf(await ann.slash(place, 'read', { story: 'night' }));
  expect(card.content).toMatch(why === undefined ? /^## Night\n/ : /^\*Night\*/);
  if (why !== undefined) expect(card.content).toBe(refusal(why));
  expect(seen(discord, place)).toEqual(why === undefined ? ['## Night'] : []);
  // Whatever the place, a story for everybody is told, and Discord is asked nothing about it.
  const before = discord.requests.length;
  await ann.slash(place, 'read', { story: 'day' });
  expect(brief(await ann.slash(place, 'next'))).toBe(1);
  const asked = discord.requests.slice(before).filter(({ path }) => /^\/channels\/\d+$/.test(path));
  expect(asked).toEqual([]);
});

describe('a thread’s channel', () => {
  async function openThread() {
    const clock = handClock(START);
    const house = await openHouse({ library, clock });
    const { discord } = house;
    const parent = discord.channel('a', { nsfw: true });
    const thread = discord.channel('b', { parent });
    const ann = discord.user('Ann');
    const on = new RegExp(`^GET /channels/${parent.id}$`);
    const asked = () => discord.requests.filter(({ method, path }) => on.test(`${method} ${path}`));
    await ann.slash(thread, 'read', { story: 'night' });
    const next = async () => brief(await ann.slash(thread, 'next'));
    const restrict = (nsfw: boolean) => void discord.channel('a', { nsfw });
    return { ...house, clock, on, asked, next, restrict };
  }

  test('is remembered for some minutes where it is age-restricted, for moments where not', async () => {
    const { clock, asked, next, restrict } = await openThread();
    expect([await next(), await next()]).toEqual([1, 2]);
    expect(asked()).toHaveLength(1);
    restrict(false);
    clock.turn(5 * MINUTE);
    expect([await next(), await next()]).toEqual([refusal('parentOff'), refusal('parentOff')]);
    expect(asked()).toHaveLength(2);
    restrict(true);
    clock.turn(10_000);
    expect(await next()).toBe(3);
    expect(asked()).toHaveLength(3);
  });

  test('that Discord does not tell of just now turns no page, and says so', async () => {
    const { clock, discord, on, next } = await openThread();
    clock.turn(5 * MINUTE);
    const fault = discord.fail({ on, how: { status: 503 }, times: 100 });
    expect(await next()).toBe(en.trouble.unsettled);
    fault.lift();
    expect(await next()).toBe(1);
  });
});

describe('a schedule', () => {
  async function openHourly(inThread = false) {
    const clock = handClock(START);
    const house = await openHouse({ library, clock, discord: { now: clock.now } });
    const { discord } = house;
    const parent = discord.channel('a', { nsfw: true });
    const channel = inThread ? discord.channel('b', { parent }) : parent;
    const ann = discord.user('Ann');
    const says = async (command: string, options = {}) =>
      brief(await ann.slash(channel, command, options));
    await says('read', { story: 'night' });
    await says('pace every', { every: '1h' });
    const tells = (...passages: number[]) =>
      discord.waitFor(() => told(discord, channel).join() === passages.join());
    const stops = () =>
      discord.waitFor(() => String(seen(discord, channel).at(-1)).includes('any more'));
    return { ...house, clock, channel, says, tells, stops };
  }
  const stopped = en.schedule.notRestricted
    .replace('{{title}}', 'Night')
    .replace('{{rating}}', 'mature');

  test.each([
    ['a channel', false],
    ['a thread', true],
  ])('in %s stops, and says so once, when that is age-restricted no more', async (_, inThread) => {
    const { discord, channel, clock, says, stops, tells } = await openHourly(inThread);
    clock.turn(HOUR);
    await tells(1);
    discord.channel('a', { nsfw: false });
    clock.turn(HOUR);
    await stops();
    expect(await says('pace show')).toBe(en.pace.next);
    expect(await says('doctor')).toContain(en.doctor.noProblem);
    clock.turn(9 * HOUR);
    await says('where');
    expect(seen(discord, channel).filter((one) => one === stopped)).toHaveLength(1);
    expect(told(discord, channel)).toEqual([1]);
    discord.channel('a', { nsfw: true });
    expect(await says('next')).toBe(2);
  });

  test('waits a minute where Discord can’t be asked', async () => {
    const { clock, channel, discord, says, tells } = await openHourly();
    const on = new RegExp(`^GET /channels/${channel.id}$`);
    const fault = discord.fail({ on, how: { status: 503 }, times: 100 });
    clock.turn(HOUR);
    await fault.hit;
    // Its turn is over when this one has its own.
    await says('next');
    expect(told(discord, channel)).toEqual([1]);
    fault.lift();
    clock.turn(MINUTE);
    await tells(1, 2);
  });

  test('of a story that is given such a rating stops too', async () => {
    const { clock, discord, restart, stops } = await openHourly();
    discord.channel('a', { nsfw: false });
    await restart(libraryOf({ night: night(9, 'explicit') }));
    clock.turn(HOUR);
    await stops();
  });
});

test('its title is offered everywhere, with its rating, however long', async () => {
  const long = `---\nrating: explicit\n---\n\n${tale(2, `Such a ${'long '.repeat(30)}title`)}`;
  const { discord } = await openHouse({ library: libraryOf({ night: night(), long }) });
  const offered = await discord
    .user('Ann')
    .type(discord.channel('a'), 'read', { story: '' }, 'story');
  expect(offered.map(({ name }) => name)).toEqual([
    'Night · mature',
    expect.stringMatching(/^Such a long .+… · explicit$/),
  ]);
});

test('a kept line of it stays hidden when its file is gone', async () => {
  const { discord, restart } = await openHouse({ library });
  const [channel, ann] = [discord.channel('a', { nsfw: true }), discord.user('Ann')];
  await ann.slash(channel, 'read', { story: 'night' });
  await ann.slash(channel, 'next');
  await ann.press(messageOf(await ann.slash(channel, 'quote')), en.buttons.keep);
  await restart(libraryOf({ day: tale(2) }));
  expect(brief(await ann.slash(channel, 'kept'))).toContain('Passage 1');
  discord.channel('a', { nsfw: false });
  expect(brief(await ann.slash(channel, 'kept'))).toBe(
    `-# ${en.kept.hidden_one.replace('{{count}}', '1')}`,
  );
});

describe('what Discord sends', () => {
  test('counts as a channel only where it is one', () => {
    const anything = fc.record(
      {
        type: fc.oneof(fc.integer(), fc.anything()),
        nsfw: fc.oneof(fc.boolean(), fc.anything()),
        parent_id: fc.oneof(fc.bigInt({ min: 0n }).map(String), fc.string(), fc.anything()),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(anything, fc.anything()), (value) => {
        const channel = sentChannel(value);
        if (channel === undefined) return;
        expect(typeof channel.type).toBe('number');
        expect(channel.nsfw).toBe(Reflect.get(Object(value), 'nsfw') === true);
        if (channel.parentId !== undefined) expect(channel.parentId).toMatch(/^\d{1,20}$/);
      }),
    );
  });

  test('is kept until it is taken, of a thousand interactions at most', () => {
    const channels = new SentChannels();
    const note = (id: unknown, channel: unknown) =>
      channels.note({ t: 'INTERACTION_CREATE', d: { id, channel } });
    for (let id = 0; id <= 1000; id++) note(`${id}`, { type: 0, nsfw: true });
    for (const packet of [undefined, {}, { t: 'INTERACTION_CREATE' }]) channels.note(packet);
    note(7, { type: 0 });
    note('x', 'channel');
    channels.note({ t: 'MESSAGE_CREATE', d: { id: 'y', channel: { type: 0 } } });
    const taken = ['0', '1', '1', '1000', 'x', 'y'].map((id) => channels.take(id)?.nsfw);
    expect(taken).toEqual([undefined, true, undefined, true, undefined, undefined]);
  });
});
