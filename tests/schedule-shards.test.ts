import { expect, test } from 'vitest';
import type { ProcessRecord } from '../src/schedule/processes.ts';
import { handClock } from './clock.ts';
import { MINUTE } from './schedule-room.ts';
import { told } from './seen.ts';
import { guildOf, openShards } from './shard-room.ts';

const EVERY = 10 * MINUTE;
const BEAT = 15_000;
const ZERO = { first: 0, last: 0, count: 2 };
const ONE = { first: 1, last: 1, count: 2 };

test('a schedule is told by the process of its server, by another once that is gone, and by its own again', async ({
  onTestFinished,
}) => {
  const clock = handClock(Date.UTC(2027, 0, 4, 9));
  const { discord, process, store } = await openShards(onTestFinished, { clock });
  const [zero, one] = [process(ZERO), process(ONE)];
  await Promise.all([zero.start(), one.start()]);
  const ann = discord.user('Ann');
  const channels = [0, 1].map((shard) =>
    discord.channel('a', { guild: guildOf(discord, shard, 2) }),
  );
  for (const channel of [...channels, discord.dm(ann)]) {
    await ann.slash(channel, 'read', { story: 'tale' });
    await ann.slash(channel, 'pace every', { every: '10m' });
  }
  const passages = () => [...channels, discord.dm(ann)].map((channel) => told(discord, channel));
  const sends = () =>
    discord.requests.filter(({ method, path }) => method === 'POST' && /\/messages$/.test(path));
  const records = store.namespace<ProcessRecord>('processes');
  /** Lets time pass; whoever lives says so on the way. */
  const pass = async (ms: number, ...living: string[]) => {
    for (let left = ms; left > 0; left -= BEAT) {
      clock.turn(BEAT);
      for (const key of living) {
        await expect
          .poll(async () => (await records.get(key))?.seen, { interval: 1 })
          .toBe(clock.now());
      }
    }
  };
  const [ofZero, ofOne, ofOneAgain] = ['2.0.0', '2.1.0', '2.1.1'];

  await pass(EVERY, ofZero, ofOne);
  await discord.waitFor(() => passages().join('|') === '1|1|1');
  await pass(MINUTE, ofZero, ofOne);
  expect(sends()).toHaveLength(3);

  await one.stop();
  await pass(EVERY - MINUTE, ofZero);
  await discord.waitFor(() => passages().join('|') === '1,2|1,2|1,2');
  const toldBy = (log: string[], passage: number) =>
    log.filter((line) => line.includes(`"passage":${passage}`)).length;
  await expect.poll(() => toldBy(zero.log, 2)).toBe(3);

  const again = process(ONE);
  await again.start();
  await pass(EVERY, ofZero, ofOneAgain);
  await discord.waitFor(() => passages().join('|') === '1,2,3|1,2,3|1,2,3');
  // Nobody but its own process so much as tried.
  await pass(MINUTE, ofZero, ofOneAgain);
  expect(sends()).toHaveLength(9);
  await expect.poll(() => [toldBy(zero.log, 3), toldBy(again.log, 3)]).toEqual([2, 1]);
});
