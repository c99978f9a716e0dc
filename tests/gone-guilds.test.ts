import fc from 'fast-check';
import { expect, test } from 'vitest';
import { missingFrom } from '../src/reading/gone-guilds.ts';

/** A server of this shard: discord.com/developers/docs/events/gateway#sharding-sharding-formula */
const guildOf = (shard: number, shards: number, n: number) =>
  String(BigInt(n * shards + shard) << 22n);

test('a shard’s READY says nothing about the servers of other shards', () => {
  const numbers = fc.record({ shards: fc.integer({ min: 1, max: 64 }), n: fc.integer({ min: 1 }) });
  fc.assert(
    fc.property(numbers, fc.nat(63), fc.nat(63), ({ shards, n }, mine, other) => {
      const shard = mine % shards;
      const guild = guildOf(other % shards, shards, n % 1000);
      const listed = guildOf(shard, shards, 1001);
      const isGone = missingFrom([listed], [shard, shards]);
      expect(isGone(guild)).toBe(other % shards === shard);
      expect(isGone(listed)).toBe(false);
    }),
  );
});

test('an empty list says nothing at all', () => {
  expect(missingFrom([], [0, 1])('1')).toBe(false);
});
