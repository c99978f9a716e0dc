import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Failure } from '../src/rehearsal/discord/faults.ts';
import type { Interaction } from '../src/rehearsal/discord/interactions.ts';
import type { Channel } from '../src/rehearsal/discord/world.ts';
import { en } from '../src/words/en.ts';
import { type House, openHouse } from './harness.ts';
import { type MoodyStore, moodyStore } from './moody-store.ts';
import { HOUR, MINUTE, openRoom } from './schedule-room.ts';
import { brief, buttoned, libraryOf, seen, tale } from './seen.ts';

/*
 * The README's table of rate limits and outages, a test for each of its rows; those of the
 * gateway are in gateway.test.ts, of the store in store-faults.test.ts, of lost and late answers
 * in faults.test.ts too.
 */

// They mostly wait.
vi.setConfig({ maxConcurrency: 40 });

const ALWAYS = 1000;

/** What whoever asks gets to see: the passage, a sentence, or Discord's "did not respond". */
type Sight = 'passage' | 'nothing' | string;

interface Row {
  readonly how: Failure;
  readonly sees: Sight;
  /** How many requests it strikes; one if not said. */
  readonly times?: number;
}

const { refused, permission, unsettled } = en.trouble;
const html = true;

/** Struck is the request that posts passage 2 as the interaction's answer. */
const AT_THE_ANSWER: Readonly<Record<string, Row>> = {
  'a rate limit, short': { how: { status: 429, retryAfter: 0.3 }, sees: 'passage' },
  'a rate limit, long': { how: { status: 429, retryAfter: 30 }, sees: refused },
  'a rate limit, short, again and again': {
    how: { status: 429, retryAfter: 0.5 },
    times: ALWAYS,
    sees: 'nothing',
  },
  'a shared rate limit, short': {
    how: { status: 429, retryAfter: 0.3, scope: 'shared' },
    sees: 'passage',
  },
  'a shared rate limit, long': {
    how: { status: 429, retryAfter: 30, scope: 'shared' },
    sees: refused,
  },
  'the global rate limit, short': {
    how: { status: 429, retryAfter: 0.3, global: true },
    sees: 'passage',
  },
  'the global rate limit, long': {
    how: { status: 429, retryAfter: 30, global: true },
    sees: refused,
  },
  'a 429 that is not Discord’s, with its end': {
    how: { status: 429, html, retryAfter: 900 },
    sees: refused,
  },
  'a 429 that is not Discord’s, without its end': { how: { status: 429, html }, sees: refused },
  'a 429 that is not Discord’s, for ever': {
    how: { status: 429, html },
    times: ALWAYS,
    sees: 'nothing',
  },
  '500 once': { how: { status: 500 }, sees: 'passage' },
  '502 once': { how: { status: 502, html }, sees: 'passage' },
  '503 once': { how: { status: 503 }, sees: 'passage' },
  '504 once, although it was taken': { how: { status: 504, after: true }, sees: 'passage' },
  '503 for ever': { how: { status: 503, html }, times: ALWAYS, sees: 'nothing' },
  'no answer once': { how: 'hang-before', sees: 'passage' },
  'no answer for ever': { how: 'hang-before', times: ALWAYS, sees: 'nothing' },
  '10062, the interaction has expired': {
    how: { status: 404, code: 10_062 },
    times: ALWAYS,
    sees: 'nothing',
  },
  '40060, it was answered by a try before': {
    how: { status: 502, after: true },
    sees: 'passage',
  },
  '403 for want of a permission': { how: { status: 403, code: 50_013 }, sees: permission },
  '403 that is not Discord’s': { how: { status: 403, html }, sees: refused },
};

/** Struck is the edit by which a "thinking" becomes passage 2. */
const AT_THE_EDIT: Readonly<Record<string, Row>> = {
  'a rate limit, short': { how: { status: 429, retryAfter: 0.3 }, sees: 'passage' },
  'a rate limit, long': { how: { status: 429, retryAfter: 60 }, sees: refused },
  'the global rate limit, short': {
    how: { status: 429, retryAfter: 0.3, global: true },
    sees: 'passage',
  },
  'a 429 that is not Discord’s': { how: { status: 429, html }, sees: refused },
  '50027, the token has expired': { how: { status: 401, code: 50_027 }, sees: 'thinking' },
  '502 once': { how: { status: 502, html }, sees: 'passage' },
  '503 for ever': { how: { status: 503 }, times: ALWAYS, sees: unsettled },
};

let house: House;
let store: MoodyStore;

beforeAll(async () => {
  store = moodyStore();
  const library = libraryOf({ tale: tale(9) });
  const { aroundStore } = store;
  // Deferrals come late by their nature: a busy machine shall not spoil the table.
  const discord = { respondWithin: 4000 };
  house = await openHouse({ library, aroundStore, discord }, (close) => void afterAll(close));
  for (const name of Object.keys(AT_THE_ANSWER)) await openReading(`answer ${name}`);
  for (const name of Object.keys(AT_THE_EDIT)) await openReading(`edit ${name}`);
});

/** A channel of this name, in which passage 1 is told. */
async function openReading(name: string): Promise<void> {
  const { discord } = house;
  const [channel, ann] = [discord.channel(name), discord.user('Ann')];
  await ann.slash(channel, 'read', { story: 'tale' });
  await ann.slash(channel, 'next');
  await discord.waitFor(() => buttoned(discord, channel).length === 1);
}

/** Ann asks for passage 2 in a channel of its own while the fault strikes; then Ben asks. */
async function play(
  channel: Channel,
  on: RegExp,
  { how, times = 1 }: Row,
  isDeferred: boolean,
): Promise<Sight> {
  const { discord } = house;
  const [ann, ben] = [discord.user('Ann'), discord.user('Ben')];
  const asked: Interaction[] = [];
  discord.events.on('interaction', (one) => {
    if (one.channel === channel) asked.push(one);
  });
  if (isDeferred) store.cast({ on: 'load', how: 1700, channel });
  const fault = discord.fail({
    on: ({ method, path }) =>
      on.test(`${method} ${path}`) && asked.some(({ token }) => path.includes(token)),
    how,
    times,
  });
  const answer = brief(await ann.slash(channel, 'next', {}, { timeout: 6000 }));
  // Nobody is asked in a loop, and without end.
  const isDone = (line: string) =>
    line.includes('is done with') && line.includes(`"request":"${asked[0]?.id}"`);
  await vi.waitFor(() => expect(house.log.some(isDone)).toBe(true), 8000);
  expect(fault.struck.length).toBeLessThan(12);
  fault.lift();
  // Whatever became of it, the next reader has the next passage, and nothing is there twice.
  const next = brief(await ben.slash(channel, 'next', {}, { timeout: 6000 }));
  const told = answer === 2 ? [1, 2, 3] : [1, 2];
  expect(next).toBe(told.length);
  expect(seen(discord, channel).filter((one) => typeof one === 'number')).toEqual(told);
  return answer === 2 ? 'passage' : answer === 'failed' ? 'nothing' : String(answer);
}

describe.concurrent('where the answer meets', { timeout: 40_000 }, () => {
  test.concurrent.for(Object.entries(AT_THE_ANSWER))('%s', async ([name, row]) => {
    const on = /^POST .*\/callback$/;
    expect(await play(house.discord.channel(`answer ${name}`), on, row, false)).toBe(row.sees);
  });
});

describe.concurrent('where the edit of a deferral meets', { timeout: 40_000 }, () => {
  test.concurrent.for(Object.entries(AT_THE_EDIT))('%s', async ([name, row]) => {
    const on = /^PATCH .*\/messages\/@original$/;
    expect(await play(house.discord.channel(`edit ${name}`), on, row, true)).toBe(row.sees);
  });
});

test.concurrent('where choices meet an outage there are none, and the bot goes on', async ({
  onTestFinished,
}) => {
  const library = libraryOf({ tale: tale(9) });
  const { discord } = await openHouse({ library, discord: { respondWithin: 500 } }, onTestFinished);
  const [channel, ann] = [discord.channel('choices'), discord.user('Ann')];
  for (const how of [
    { status: 429, html },
    { status: 404, code: 10_062 },
  ] as const) {
    const fault = discord.fail({ on: 'callback', how });
    const typed = ann.type(channel, 'read', { story: '' }, 'story');
    await expect(typed).rejects.toThrow('Loading options failed');
    expect(fault.struck).toHaveLength(1);
  }
  expect(await ann.type(channel, 'read', { story: '' }, 'story')).toHaveLength(1);
});

const AT_A_SCHEDULES_POST: readonly (readonly [string, Failure])[] = [
  ['a long rate limit', { status: 429, retryAfter: 600 }],
  ['a 429 that is not Discord’s', { status: 429, html }],
  ['503', { status: 503 }],
];

test.for(AT_A_SCHEDULES_POST)(
  'where a schedule’s post meets %s it is tried again each minute, and goes on for good',
  async ([, how]) => {
    const { clock, failSends, log, pace, says, tells } = await openRoom();
    await pace('every', { every: '1h' });
    const fault = failSends(how, ALWAYS);
    clock.turn(HOUR);
    for (const count of [1, 2, 3, 4]) {
      const failures = () => log.join('').split('a telling of a schedule fails').length - 1;
      await expect.poll(failures, { timeout: 5000 }).toBe(count);
      clock.turn(MINUTE);
    }
    fault.lift();
    expect(await says('Ann', 'pace show')).not.toBe(en.pace.next);
    // discord.js keeps to a limit of Discord's until it is over, by a clock that cannot be turned.
    if (typeof how === 'object' && 'retryAfter' in how) return;
    clock.turn(MINUTE);
    await tells(1);
  },
);
