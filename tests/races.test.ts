import { rm } from 'node:fs/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Answer } from '../src/answer.ts';
import { systemClock } from '../src/clock.ts';
import { Claims, claimKind } from '../src/reading/claims.ts';
import { begin } from '../src/reading/move.ts';
import { Readings } from '../src/reading/readings.ts';
import { type ChannelRecord, EMPTY, type Turn } from '../src/reading/record.ts';
import { channelKind } from '../src/reading/record-shape.ts';
import { openStore, type Store } from '../src/reading/store.ts';
import { Records } from '../src/reading/stored-records.ts';
import { AnsweredElsewhere, type Channel, Refused } from '../src/reading/turn.ts';
import { passageStep, standingHere } from '../src/telling/telling.ts';
import { Webhook } from '../src/webhook.ts';
import { wordsFor } from '../src/words/words.ts';
import { temporaryFolder } from './harness.ts';
import { type MoodyStore, moodyStore } from './moody-store.ts';
import { caught, open } from './rehearsal-discord-bot.ts';
import { libraryOf, seen, tale } from './seen.ts';
import { chosenKeyspace } from './servers.ts';

const library = libraryOf({ tale: tale(30) });
const words = wordsFor('en');

/** What tells the next passage in one process, as far as the position goes. */
interface Process {
  readonly store: MoodyStore;
  readonly readings: Readings;
  readonly records: Records<ChannelRecord>;
  readonly claims: Claims;
}

/** A channel in which a reading is begun, and two processes that share nothing but the store. */
async function openPair() {
  const discord = await open();
  const folder = await temporaryFolder();
  const keyspace = chosenKeyspace(folder);
  const opened: Store[] = [];
  const openOne = async (): Promise<Process> => {
    const [first] = keyspace.url.startsWith('sqlite:') ? opened : [];
    const shared = first ?? (await openStore(keyspace.url));
    opened.push(shared);
    const store = moodyStore();
    const moody = store.aroundStore(shared);
    const records = new Records(moody.namespace<ChannelRecord>('channels'), channelKind, () => {});
    const readings = new Readings({
      channels: records,
      library,
      answers: webhook,
      posts: { settle: () => Promise.reject(new Error('nothing is scheduled here')) },
      onSaved() {},
      onTurn() {},
      async onTold() {},
      onTrouble() {},
    });
    const claims = new Claims(new Records(moody.namespace('claims'), claimKind, () => {}));
    return { store, readings, records, claims };
  };
  const webhook = new Webhook({
    apiUrl: discord.url,
    applicationId: () => discord.application.id,
    editInChannel: () => Promise.reject(new Error('every token here is fresh')),
    onTrouble() {},
  });
  const [one, other] = [await openOne(), await openOne()];
  onTestFinished(async () => {
    await Promise.all([one.readings.idle(), other.readings.idle()]);
    for (const store of opened) await store.close();
    await keyspace.remove();
    await rm(folder, { recursive: true });
  });

  const channel = discord.channel('a');
  const story = library.get('tale');
  if (story === undefined) throw new Error('There is no story.');
  const reading = begin(story, 0, { host: 'ann' }, Date.now());
  await one.records.update(channel.id, () => ({ ...EMPTY, reading }));

  const asked = async (name: string) => {
    const { id, token } = await caught(discord, () => discord.user(name).slash(channel, 'next'));
    return ({ claims }: Process) => new Answer(webhook, { id, token, claim: claims.take(id) });
  };
  const decide = (at: Channel) => {
    const here = standingHere(at, words);
    const { position } = here.reading;
    return passageStep(here.story, here.reading, position + 1, {
      clock: systemClock,
      roomWords: words,
    });
  };
  const next = ({ readings }: Process, answer: Answer) => readings.turn(channel.id, answer, decide);
  return {
    discord,
    channel,
    one,
    other,
    asked,
    next,
    /** What is stored for the channel. */
    stored: async () => (await one.records.get(channel.id)) ?? expect.fail(),
    /** The pending turn, once one is stored. */
    async pending(): Promise<Turn> {
      return await expect
        .poll(async () => (await one.records.get(channel.id))?.turn, { interval: 5 })
        .toBeDefined()
        .then(async () => (await one.records.get(channel.id))?.turn ?? expect.fail());
    },
  };
}

describe('of two processes', { timeout: 60_000 }, () => {
  test('each turns pages for its own readers, and none twice', async () => {
    const { discord, channel, one, other, asked, next, stored } = await openPair();
    for (let round = 0; round < 4; round++) {
      const [ann, ben] = [await asked('Ann'), await asked('Ben')];
      await Promise.all([next(one, ann(one)), next(other, ben(other))]);
    }
    expect(seen(discord, channel)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect((await stored()).reading).toMatchObject({ position: 8, serial: 8 });
    expect(await stored()).not.toHaveProperty('turn');
  });

  test('one decides anew where the other has told something meanwhile', async () => {
    const { discord, channel, one, other, asked, next, stored } = await openPair();
    const [ann, ben] = [await asked('Ann'), await asked('Ben')];
    const late = one.store.cast({ on: 'record', how: 500 });
    const slow = next(one, ann(one));
    await next(other, ben(other));
    await late;
    expect(await slow).toMatchObject({ position: 2 });
    expect(seen(discord, channel)).toEqual([1, 2]);
    expect((await stored()).reading?.position).toBe(2);
  });

  test('one takes what the other has written, where it was slow to write down what it told', async () => {
    const { discord, channel, one, other, asked, next, stored } = await openPair();
    const [ann, ben] = [await asked('Ann'), await asked('Ben')];
    const late = one.store.cast({ on: 'move', how: 1500 });
    const slow = next(one, ann(one));
    await discord.waitFor(() => seen(discord, channel).length === 1);
    expect(await next(other, ben(other))).toMatchObject({ position: 2 });
    await late;
    expect(await slow).toMatchObject({ position: 2 });
    expect(seen(discord, channel)).toEqual([1, 2]);
    expect((await stored()).reading?.position).toBe(2);
  });

  test('one waits for a post of the other, and does not take it back', async () => {
    const { discord, channel, one, other, asked, next } = await openPair();
    const [ann, ben] = [await asked('Ann'), await asked('Ben')];
    const post = discord.fail({ on: 'callback', how: { delay: 800, before: true } });
    const slow = next(one, ann(one));
    await post.hit;
    await next(other, ben(other));
    await slow;
    expect(seen(discord, channel)).toEqual([1, 2]);
  });

  test('one settles what the other has left behind, once Discord would take it no more', async () => {
    const { discord, channel, one, other, asked, next, stored } = await openPair();
    const [ann, ben] = [(await asked('Ann'))(one), await asked('Ben')];
    const post = discord.fail({
      on: ({ path }) => path.includes(ann.token) && path.endsWith('/callback'),
      how: 'hang-before',
      times: 9,
    });
    const gone = next(one, ann).catch(() => 'refused');
    await post.hit;
    expect(await next(other, ben(other))).toMatchObject({ position: 1 });
    expect(await gone).toBe('refused');
    expect(seen(discord, channel)).toEqual([1]);
    expect((await stored()).reading?.position).toBe(1);
  });

  test('only one answers an interaction that reaches both', async () => {
    const { discord, channel, one, other, asked, next } = await openPair();
    for (const passage of [1, 2, 3]) {
      const ann = await asked('Ann');
      const both = await Promise.allSettled([next(one, ann(one)), next(other, ann(other))]);
      const told = both.filter(({ status }) => status === 'fulfilled');
      const silent = both.filter((answer) => answer.status === 'rejected');
      expect(told).toHaveLength(1);
      expect(silent[0]?.reason).toBeInstanceOf(AnsweredElsewhere);
      expect(seen(discord, channel)).toHaveLength(passage);
    }
    expect(seen(discord, channel)).toEqual([1, 2, 3]);
  });

  test('only one answers, though both ask for time', async () => {
    const { discord, channel, one, other, asked, next } = await openPair();
    const ann = await asked('Ann');
    const first = ann(one);
    await first.claim;
    const second = ann(other);
    const deferrals = await Promise.allSettled([second.defer('public'), first.defer('public')]);
    expect(deferrals.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    await expect(next(other, second)).rejects.toBeInstanceOf(AnsweredElsewhere);
    expect(seen(discord, channel)).toEqual(['thinking']);
    expect(await next(one, first)).toMatchObject({ position: 1 });
    expect(seen(discord, channel)).toEqual([1]);
  });

  test('one that cannot claim an interaction asks for time in private, and nothing is told there', async () => {
    const { discord, channel, one, other, asked, next } = await openPair();
    const [ann, ben] = [await asked('Ann'), await asked('Ben')];
    one.store.cast({ on: 'move', in: 'claims', how: 'fail' });
    const first = ann(one);
    await first.defer('public');
    expect(seen(discord, channel)).toEqual([]);
    await expect(next(one, first)).rejects.toMatchObject({ reason: 'store' });
    await expect(next(other, ann(other))).rejects.toBeInstanceOf(AnsweredElsewhere);
    expect(seen(discord, channel)).toEqual([]);
    expect(await next(one, ben(one))).toMatchObject({ position: 1 });
    expect(seen(discord, channel)).toEqual([1]);
  });

  test('one that has heard nothing of its "thinking" does not take for certain that there is none', async () => {
    const { discord, channel, one, other, asked, next, pending } = await openPair();
    const ann = (await asked('Ann'))(one);
    // It arrives, late; all that is heard is that connections break.
    discord.fail({ on: 'callback', how: { delay: 2700, before: true } });
    const broken = discord.fail({ on: 'callback', how: 'destroy-before', times: 9 });
    await expect(ann.defer('public')).rejects.toThrow();
    broken.lift();
    one.store.cast({ on: 'record', how: 600, times: 2 });
    discord.fail({ on: 'original', how: { status: 500 }, times: 4 });
    // The other one asks before it is taken back, and is answered when it has arrived.
    discord.fail({ on: 'original', how: { delay: 600, before: true } });
    const giving = next(one, ann).catch((error: unknown) => error);
    await pending();
    const second = next(other, (await asked('Ben'))(other));
    expect(await giving).toMatchObject({ reason: 'unsettled' });
    expect(await second).toMatchObject({ position: 1 });
    expect(seen(discord, channel)).toEqual([1]);
  }, 30_000);

  test('none finishes a "thinking" above what was told since', async () => {
    const { discord, channel, one, other, asked, next } = await openPair();
    const [ann, ben] = [await asked('Ann'), await asked('Ben')];
    const early = ann(one);
    await early.defer('public');
    expect(await next(other, ben(other))).toMatchObject({ position: 1 });
    await expect(next(one, early)).rejects.toMatchObject({ reason: 'again' });
    expect(seen(discord, channel)).toEqual([1]);
  });

  test('one takes back what the other could not, before it goes on', async () => {
    const { discord, channel, one, other, asked, next, stored } = await openPair();
    const [ann, ben] = [(await asked('Ann'))(one), await asked('Ben')];
    await ann.defer('public');
    discord.fail({ on: 'edit-original', how: { status: 400, code: 200_000 } });
    const removal = discord.fail({ on: /^DELETE /, how: { status: 500 }, times: 9 });
    await expect(next(one, ann)).rejects.toBeInstanceOf(Refused);
    expect((await stored()).turn).toMatchObject({ isTakenBack: true });
    expect(seen(discord, channel)).toEqual(['thinking']);
    removal.lift();
    // What could be finished with the passage is deleted instead: its asker was answered otherwise.
    expect(await next(other, ben(other))).toMatchObject({ position: 1 });
    expect(seen(discord, channel)).toEqual([1]);
  });
});

describe('a turn that stands', () => {
  test('is written down without whoever was forgotten meanwhile', async () => {
    const { discord, one, other, asked, next, pending, stored } = await openPair();
    discord.fail({ on: 'callback', how: { delay: 400, before: true } });
    const telling = next(one, (await asked('Ann'))(one));
    await pending();
    await other.readings.forget('ann');
    await telling;
    expect((await stored()).reading).toMatchObject({ position: 1, host: '' });
  });

  test('covers nothing that came after it', async () => {
    const { discord, channel, one, other, asked, next, pending, stored } = await openPair();
    discord.fail({ on: 'callback', how: { delay: 400, before: true } });
    const telling = next(one, (await asked('Ann'))(one));
    await pending();
    const elsewhere = { ...(await stored()).reading, id: 'another', title: 'Begun since' };
    await other.records.update(channel.id, (record) => {
      const { reading } = record ?? {};
      return reading && { ...EMPTY, reading: { ...reading, ...elsewhere } };
    });
    await telling;
    expect((await stored()).reading).toMatchObject({ id: 'another', position: 0 });
  });
});
