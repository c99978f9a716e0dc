import { describe, expect, test, vi } from 'vitest';
import type { Failure, Fault } from '../src/rehearsal/discord/faults.ts';
import type { RequestRecord } from '../src/rehearsal/discord/requests.ts';
import type { Channel } from '../src/rehearsal/discord/world.ts';
import { en } from '../src/words/en.ts';
import { type House, openHouse } from './harness.ts';
import { type MoodyStore, moodyStore } from './moody-store.ts';
import { brief, buttoned, libraryOf, seen, tale, told } from './seen.ts';

vi.setConfig({ testTimeout: 40_000 });

const FOR_EVER = 1000;
/** Ms for a deferral, which comes late by its nature: a busy machine shall not spoil the table. */
const PATIENT = 5000;

const FAULTS = {
  'rate limit, short': { status: 429, retryAfter: 0.3 },
  'rate limit, long': { status: 429, retryAfter: 3 },
  '500 once': { status: 500 },
  '500 although taken': { status: 500, after: true },
  '500 for ever': { status: 500 },
  '403': { status: 403, code: 50_001 },
  'missing permissions': { status: 403, code: 50_013 },
  AutoMod: { status: 400, code: 200_000 },
  'hangs before': 'hang-before',
  'hangs after': 'hang-after',
  'hangs for ever': 'hang-before',
  'destroyed before': 'destroy-before',
  'destroyed after': 'destroy-after',
  'destroyed for ever': 'destroy-before',
  empty: { empty: true },
  'late answer': { delay: 1200 },
  'very late answer': { delay: 2500 },
  'late arrival': { delay: 2500, before: true },
} satisfies Record<string, Failure>;

type FaultName = keyof typeof FAULTS;
const names = Object.keys(FAULTS).filter((name): name is FaultName => name in FAULTS);

/** What whoever asks while the fault strikes gets to see. */
type Outcome = 'passage' | 'sentence' | 'nothing';

const ROLES = {
  callback: /\/callback$/,
  edit: /^PATCH .*\/messages\/@original$/,
  original: /^GET .*\/messages\/@original$/,
  unbutton: /^PATCH .*\/messages\/\d+$/,
};

interface Stage {
  readonly house: House;
  readonly store: MoodyStore;
  /** Strikes the requests of a role that belong to interactions of a channel. */
  fail(channel: Channel, role: keyof typeof ROLES, how: Failure, times?: number): Fault;
}

async function openStage(
  onFinished: (close: () => Promise<void>) => void,
  respondWithin = 3000,
): Promise<Stage> {
  const store = moodyStore();
  const library = libraryOf({ tale: tale(9) });
  const { aroundStore } = store;
  const house = await openHouse({ library, aroundStore, discord: { respondWithin } }, onFinished);
  const { discord } = house;
  const channels = new Map<string, Channel>();
  discord.events.on('interaction', ({ token, channel }) => void channels.set(token, channel));
  const channelOf = ({ path }: RequestRecord) =>
    channels.get(path.split('/').find((part) => channels.has(part)) ?? '');
  return {
    house,
    store,
    fail: (channel, role, how, times = 1) =>
      discord.fail({
        on: (request) =>
          ROLES[role].test(`${request.method} ${request.path}`) && channelOf(request) === channel,
        how,
        times,
      }),
  };
}

interface Arrangement {
  /** The answer is deferred first. */
  readonly deferred?: boolean;
  /** The first post arrives without an answer, so that Discord is asked. */
  readonly lostFirst?: boolean;
}

/**
 * Ann asks for passage 2 while the fault strikes; then Discord is well again, and Ben asks. Says
 * what Ann got to see, or what went wrong with the channel.
 */
async function outcome(
  { house, store, fail }: Stage,
  name: FaultName,
  role: keyof typeof ROLES,
  { deferred, lostFirst }: Arrangement,
): Promise<Outcome | object> {
  const { discord } = house;
  const [channel, ann, ben] = [discord.channel(name), discord.user('Ann'), discord.user('Ben')];
  if (deferred) store.cast({ on: 'load', how: 1700, channel });
  if (lostFirst) fail(channel, 'callback', 'destroy-after');
  const times = name.endsWith('for ever') ? FOR_EVER : 1;
  const fault = fail(channel, role, FAULTS[name], times);
  const answer = await ann.slash(channel, 'next', {}, { timeout: 6000 });
  if (fault.struck.length === 0) await fault.hit;
  fault.lift();
  const says = brief(answer);

  const next = await ben.slash(channel, 'next', {}, { timeout: 9000 });
  const stood = told(discord, channel).length;
  const sentences: readonly unknown[] = Object.values({ ...en.trouble, bug: undefined });
  const result = says === 2 ? 'passage' : sentences.includes(says) ? 'sentence' : 'nothing';
  const sight = seen(discord, channel).slice(1);
  const isRight =
    brief(next) === stood && sight.every((one, at) => one === at + 1) && [2, 3].includes(stood);
  return isRight ? result : { result, says, next: brief(next), sight };
}

/** Every fault at one kind of request, each in a channel of its own with passage 1 told. */
async function outcomes(stage: Stage, role: keyof typeof ROLES, arrangement: Arrangement = {}) {
  const { discord } = stage.house;
  for (const name of names) {
    const [channel, ann] = [discord.channel(name), discord.user('Ann')];
    await ann.slash(channel, 'read', { story: 'tale' });
    await ann.slash(channel, 'next');
    await discord.waitFor(() => buttoned(discord, channel).length === 1);
  }
  const all = names.map(
    async (name) => [name, await outcome(stage, name, role, arrangement)] as const,
  );
  return Object.fromEntries(await Promise.all(all));
}

const usually = (outcome: Outcome, others: Partial<Record<FaultName, Outcome>> = {}) => ({
  ...Object.fromEntries(names.map((name) => [name, outcome])),
  ...others,
});

const refused = {
  '403': 'sentence',
  'missing permissions': 'sentence',
  AutoMod: 'sentence',
} as const;
/** Where no answer at all gets through, Discord itself says so. */
const unreachable = {
  '500 for ever': 'nothing',
  'hangs for ever': 'nothing',
  'destroyed for ever': 'nothing',
} as const;

describe.concurrent('a fault, and the next reader gets the right passage:', {
  timeout: 40_000,
}, () => {
  test.concurrent('at the post', async ({ onTestFinished }) => {
    const stage = await openStage(onTestFinished);
    expect(await outcomes(stage, 'callback')).toEqual(
      usually('passage', { ...refused, ...unreachable, 'rate limit, long': 'sentence' }),
    );
  });

  test.concurrent('at the deferral', async ({ onTestFinished }) => {
    const stage = await openStage(onTestFinished, PATIENT);
    expect(await outcomes(stage, 'callback', { deferred: true })).toEqual(
      usually('passage', { ...refused, ...unreachable, 'rate limit, long': 'sentence' }),
    );
  });

  test.concurrent('at the edit that finishes a deferral', async ({ onTestFinished }) => {
    const stage = await openStage(onTestFinished, PATIENT);
    expect(await outcomes(stage, 'edit', { deferred: true })).toEqual(
      usually('passage', {
        ...refused,
        '500 for ever': 'sentence',
        'destroyed for ever': 'sentence',
        'hangs for ever': 'nothing',
      }),
    );
  });

  test.concurrent('at the question what became of a post', async ({ onTestFinished }) => {
    const stage = await openStage(onTestFinished);
    expect(await outcomes(stage, 'original', { lostFirst: true })).toEqual(usually('passage'));
  });

  test.concurrent('at taking the old button off', async ({ onTestFinished }) => {
    const stage = await openStage(onTestFinished);
    expect(await outcomes(stage, 'unbutton')).toEqual(usually('passage'));
  });
});

test.concurrent('a "thinking" that is taken back is never the next reader\'s passage', async ({
  onTestFinished,
}) => {
  const { house, store, fail } = await openStage(onTestFinished);
  const { discord } = house;
  const [channel, ann, ben] = [discord.channel('a'), discord.user('Ann'), discord.user('Ben')];
  await ann.slash(channel, 'read', { story: 'tale' });
  store.cast({ on: 'load', how: 1700, channel });
  // Nothing comes of Ann's passage, and nobody can say so: her turn stays in the record.
  fail(channel, 'edit', { status: 500 }, 4);
  fail(channel, 'original', { status: 500 }, 4);
  const removal = discord.fail({ on: /^DELETE /, how: { delay: 400, before: true } });
  const asked = ann.slash(channel, 'next');
  const next = ben.slash(channel, 'next');
  expect(brief(await asked)).toBe(en.trouble.unsettled);
  expect(brief(await next)).toBe(1);
  expect(removal.struck).toHaveLength(1);
  expect(brief(await ann.slash(channel, 'next'))).toBe(2);
  expect(seen(discord, channel).slice(1)).toEqual([1, 2]);
});

test.concurrent('a global rate limit delays the passage', async ({ onTestFinished }) => {
  const { house } = await openStage(onTestFinished);
  const { discord } = house;
  const [channel, ann] = [discord.channel('a'), discord.user('Ann')];
  await ann.slash(channel, 'read', { story: 'tale' });
  discord.fail({ on: 'callback', how: { status: 429, retryAfter: 0.4, global: true } });
  const both = [ann.slash(channel, 'next'), discord.user('Ben').slash(channel, 'next')];
  expect((await Promise.all(both)).map(brief)).toEqual([1, 2]);
  expect(told(discord, channel)).toEqual([1, 2]);
});

test.concurrent('a "thinking" that somebody deleted is no trouble', async ({ onTestFinished }) => {
  const { house, store } = await openStage(onTestFinished);
  const { discord } = house;
  const [channel, ann] = [discord.channel('a'), discord.user('Ann')];
  await ann.slash(channel, 'read', { story: 'tale' });
  let token = '';
  discord.events.on('interaction', (interaction) => {
    token = interaction.token;
  });
  store.cast({ on: 'load', how: 2200, channel });
  const asked = ann.slash(channel, 'quote');
  await discord.waitFor(() => seen(discord, channel).at(-1) === 'thinking');
  const original = `webhooks/${discord.application.id}/${token}/messages/@original`;
  await fetch(`${discord.url}/v10/${original}`, { method: 'DELETE' });
  expect(brief(await asked)).toBe(en.refusal.toldNothing);
  expect(seen(discord, channel)).toEqual(['## A Tale']);
});

test.concurrent('a deferral that hangs is repeated in time', { retry: 2 }, async ({
  onTestFinished,
}) => {
  const { house, store, fail } = await openStage(onTestFinished);
  const { discord } = house;
  const [channel, ann] = [discord.channel('a'), discord.user('Ann')];
  await ann.slash(channel, 'read', { story: 'tale' });
  store.cast({ on: 'load', how: 3200, channel });
  fail(channel, 'callback', 'hang-before');
  expect(brief(await ann.slash(channel, 'next'))).toBe(1);
});

test.concurrent.for([
  ['a rate limit', { status: 429, retryAfter: 3 }],
  ['a refusal', { status: 403, code: 50_013 }],
] as const)(
  '%s of a repeated answer says nothing about the first one',
  async ([, how], { onTestFinished }) => {
    const { house, fail } = await openStage(onTestFinished);
    const { discord } = house;
    const [channel, ann] = [discord.channel('a'), discord.user('Ann')];
    await ann.slash(channel, 'read', { story: 'tale' });
    fail(channel, 'callback', 'hang-after');
    fail(channel, 'callback', how);
    expect(brief(await ann.slash(channel, 'next'))).toBe(1);
    expect(brief(await ann.slash(channel, 'next'))).toBe(2);
    expect(told(discord, channel)).toEqual([1, 2]);
  },
);

test.concurrent('a passage that comes late is not told below the next one', async ({
  onTestFinished,
}) => {
  const { house, fail } = await openStage(onTestFinished);
  const { discord } = house;
  const [channel, ann, ben] = [discord.channel('a'), discord.user('Ann'), discord.user('Ben')];
  await ann.slash(channel, 'read', { story: 'tale' });
  // Ann's passage is on its way for long; nothing else of hers gets through meanwhile.
  fail(channel, 'callback', { delay: 2700, before: true });
  const lost = fail(channel, 'callback', 'destroy-before', 7);
  fail(channel, 'original', { status: 500 }, 4);
  void ann.slash(channel, 'next');
  await discord.waitFor(() => lost.struck.length > 0);
  const asked = ben.slash(channel, 'next');
  await discord.waitFor(() => seen(discord, channel).includes('thinking'));
  expect(lost.struck).toHaveLength(7);
  expect(brief(await asked)).toBe(en.trouble.again);
  expect(brief(await ben.slash(channel, 'next'))).toBe(2);
  expect(seen(discord, channel).slice(1)).toEqual([1, 2]);
});
