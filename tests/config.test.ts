import { expect, test } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';

const shared = { STORE_URL: 'redis://127.0.0.1' };

test('all shards, unless a range of them is named', () => {
  expect(readConfig({}).shards).toBeUndefined();
  expect(readConfig({ SHARDS: ' Auto ' }).shards).toBeUndefined();
  const all = { SHARDS: '0-7', SHARD_COUNT: '8' };
  expect(readConfig(all).shards).toEqual({ first: 0, last: 7, count: 8 });
  const some = { ...shared, SHARDS: '8 - 15', SHARD_COUNT: '32' };
  expect(readConfig(some).shards).toEqual({ first: 8, last: 15, count: 32 });
  const one = { ...shared, SHARDS: '3', SHARD_COUNT: '4' };
  expect(readConfig(one).shards).toEqual({ first: 3, last: 3, count: 4 });
});

test.each([
  [{ SHARDS: '0-7' }, /^SHARDS needs SHARD_COUNT/],
  [{ SHARD_COUNT: '8' }, /^SHARD_COUNT goes with a range in SHARDS/],
  [{ SHARDS: 'auto', SHARD_COUNT: '8' }, /^SHARD_COUNT goes with/],
  [{ SHARDS: '0-7', SHARD_COUNT: '' }, /^SHARD_COUNT is empty/],
  [{ SHARDS: '', SHARD_COUNT: '8' }, /^SHARDS is empty/],
  [{ SHARDS: '[0,1]', SHARD_COUNT: '8' }, /^SHARDS names no shards/],
  [{ SHARDS: '-1', SHARD_COUNT: '8' }, /^SHARDS names no shards/],
  [{ SHARDS: '0-7', SHARD_COUNT: '0' }, /^SHARD_COUNT is no number/],
  [{ SHARDS: '0-7', SHARD_COUNT: 'eight' }, /^SHARD_COUNT is no number/],
  [{ SHARDS: '7-0', SHARD_COUNT: '8' }, /^SHARDS ends before it begins/],
  [{ SHARDS: '0-8', SHARD_COUNT: '8' }, /^SHARDS goes too far: .* the last 7/],
])('says in one sentence what is wrong with %j', (settings, sentence) => {
  expect(() => readConfig({ ...shared, ...settings })).toThrow(ConfigError);
  expect(() => readConfig({ ...shared, ...settings })).toThrow(sentence);
});

test('leaves no shards to processes that cannot share the store', () => {
  const some = { SHARDS: '0', SHARD_COUNT: '2' };
  for (const store of [{}, { STORE_URL: 'SQLite:x' }, { STORE_URL: 'memory:' }]) {
    expect(() => readConfig({ ...some, ...store })).toThrow(/^SHARDS leaves shards to others/);
  }
  expect(readConfig({ ...some, ...shared }).isStoreShared).toBe(true);
});
