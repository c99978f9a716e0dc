import { expect, test, vi } from 'vitest';
import { createLog } from '../src/log.ts';
import type { ChannelRecord, Reading } from '../src/reading/record.ts';
import { openRecords } from '../src/reading/records.ts';
import { openStore } from '../src/reading/store.ts';
import { Upkeep } from '../src/upkeep.ts';
import { handClock } from './clock.ts';

const READING: Reading = {
  id: 'a',
  story: 'tale',
  title: 'A Tale',
  position: 0,
  furthest: 0,
  serial: 0,
  host: '1',
  begun: 0,
  anchors: [],
  furthestAnchors: [],
};
const TURN = { at: 0, token: 'a', body: { content: 'a' } };

/** A channel for each of these servers, of the same id, with a turn that a crash left behind. */
async function openUpkeep(guilds: readonly string[]) {
  const clock = handClock(0);
  const log: string[] = [];
  const orphans = new Set<number>();
  const store = await openStore('memory:');
  const channels = store.namespace<ChannelRecord>('channels');
  const { goThrough } = openRecords(store, () => {});
  let isDown = false;
  for (const guild of guilds) {
    const record: ChannelRecord = { version: 1, guild, left: [], reading: READING, turn: TURN };
    await channels.set(guild, record);
  }
  const settled: (readonly string[])[] = [];
  const found: string[] = [];
  const upkeep = new Upkeep({
    clock,
    log: createLog('info', [], { write: (line) => log.push(line) }),
    goThrough: async (...wanted) => {
      if (isDown) throw new Error('the disk is on fire');
      return await goThrough(...wanted);
    },
    readings: { settle: async (channels) => void settled.push(channels) },
    scheduler: { find: (channel) => void found.push(channel) },
    processes: { isOrphan: (shard) => orphans.has(shard) },
  });
  const kept = async () => {
    const isKept = await Promise.all(guilds.map((guild) => channels.has(guild)));
    return guilds.filter((_, at) => isKept[at]);
  };
  const breakDown = (is: boolean) => {
    isDown = is;
  };
  return { breakDown, clock, upkeep, orphans, log, settled, found, kept };
}

/** The id of a server of this shard of two. */
const ofShard = (shard: bigint) => String((2n + shard) << 22n);

test('a server that was heard from since READY is not gone', async () => {
  const { upkeep, log, kept } = await openUpkeep(['1', '2', '3']);
  upkeep.list(['1'], [0, 1]);
  upkeep.hear('2');
  upkeep.start({ first: 0, last: 0, count: 1 });
  await expect.poll(() => log.join('')).toContain('"deleted":1');
  expect(await kept()).toEqual(['1', '2']);
});

test('each process looks after its own channels, and after those of nobody', async () => {
  const [own, other] = [ofShard(0n), ofShard(1n)];
  const { upkeep, orphans, settled, found } = await openUpkeep([own, other]);
  upkeep.start({ first: 0, last: 0, count: 2 });
  await expect.poll(() => settled).toEqual([[own]]);
  expect(found).toEqual([own]);
  orphans.add(1);
  upkeep.run();
  await expect.poll(() => settled[1]?.toSorted()).toEqual([own, other].toSorted());
  expect(found).toContain(other);
});

test('a store that is down is tried again in a minute, and nothing is forgotten', async () => {
  const { breakDown, clock, upkeep, log, settled, kept } = await openUpkeep(['1', '2']);
  breakDown(true);
  upkeep.list(['1'], [0, 1]);
  upkeep.start({ first: 0, last: 0, count: 1 });
  await vi.waitFor(() => expect(log.join('')).toContain('not gone through yet'));
  breakDown(false);
  expect(settled).toEqual([]);
  clock.turn(60_000);
  await expect.poll(kept).toEqual(['1']);
  expect(settled).toEqual([['1']]);
});
