import { expect, test } from 'vitest';
import { openStore } from '../src/reading/store.ts';
import { Processes, type ProcessRecord } from '../src/schedule/processes.ts';
import { handClock } from './clock.ts';

const BEAT = 15_000;

/** A store that several processes share, whose clocks go alike. */
async function openCompany() {
  const clock = handClock(0);
  const store = await openStore('memory:');
  const stored = store.namespace<ProcessRecord>('processes');
  let isDown = false;
  const records: Pick<typeof stored, 'getMany' | 'set'> = {
    getMany: async (keys: string[]) => {
      if (isDown) throw new Error('the disk is on fire');
      return await stored.getMany(keys);
    },
    set: async (key, value, ttl) => await stored.set(key, value, ttl),
  };
  const troubles: unknown[] = [];
  const beating = new Map<string, Processes>();
  const gone: string[] = [];

  return {
    gone,
    troubles,
    store,
    breakDown(is: boolean) {
      isDown = is;
    },
    begin(name: string, first: number, last: number, count = 4) {
      const process = new Processes({
        records,
        clock,
        onGone: () => gone.push(name),
        onTrouble: (error) => troubles.push(error),
      });
      process.start({ first, last, count });
      beating.set(name, process);
      return process;
    },
    end(name: string) {
      beating.get(name)?.stop();
      beating.delete(name);
    },
    /** Lets time pass, a beat of everybody's at a time. */
    async pass(ms: number) {
      for (let left = ms; left > 0; left -= BEAT) {
        await new Promise((resolve) => void setImmediate(resolve));
        clock.turn(BEAT);
      }
      await new Promise((resolve) => void setImmediate(resolve));
    },
  };
}

const orphans = (process: Processes, count = 4) =>
  Array.from({ length: count }, (_, shard) => shard).filter((shard) => process.isOrphan(shard));

test('shards that nobody runs are looked after from a minute on, until somebody does', async () => {
  const { begin, end, gone, pass } = await openCompany();
  const one = begin('one', 0, 1);
  await pass(45_000);
  expect(orphans(one)).toEqual([]);
  await pass(30_000);
  expect(orphans(one)).toEqual([2, 3]);
  const two = begin('two', 2, 3);
  await pass(30_000);
  expect(orphans(one)).toEqual([]);
  await pass(600_000);
  end('two');
  await pass(45_000);
  expect([...orphans(one), ...orphans(two)]).toEqual([]);
  await pass(45_000);
  expect(orphans(one)).toEqual([2, 3]);
  expect(gone).toEqual(['one', 'one']);
});

test('a store that fails says nothing about anybody', async () => {
  const { begin, breakDown, pass, troubles } = await openCompany();
  const one = begin('one', 0, 1);
  begin('two', 2, 3);
  await pass(120_000);
  breakDown(true);
  await pass(180_000);
  breakDown(false);
  await pass(120_000);
  expect(orphans(one)).toEqual([]);
  expect(troubles.length).toBeGreaterThan(10);
});

test('whoever takes the place of another knows when that is gone', async () => {
  const { begin, end, gone, pass } = await openCompany();
  begin('old', 0, 3);
  await pass(120_000);
  const young = begin('young', 0, 3);
  await pass(120_000);
  end('old');
  await pass(45_000);
  expect(gone).toEqual([]);
  await pass(45_000);
  expect(gone).toEqual(['young']);
  expect(orphans(young)).toEqual([]);
});

test('what is no record of a process is no process', async () => {
  const { begin, pass, store } = await openCompany();
  const one = begin('one', 0, 0, 2);
  const records = store.namespace<unknown>('processes');
  for (let beat = 0; beat < 6; beat++) {
    const sound = { version: 1, id: 'x', shards: [1, 1], count: 2, seen: beat };
    const broken = [{ ...sound, version: 2 }, { ...sound, shards: 1 }, { ...sound, id: 3 }, 'gone'];
    await records.set('2.1.0', broken[beat % 4]);
    await pass(BEAT);
  }
  expect(orphans(one, 2)).toEqual([1]);
});
