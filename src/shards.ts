/** The shards that one process runs: `first` to `last` of all the `count` there are, from 0 on. */
export interface ShardRange {
  readonly first: number;
  readonly last: number;
  readonly count: number;
}

/**
 * The shard, of `count`, that hears of a server; without one, the shard of direct messages.
 * discord.com/developers/docs/events/gateway#sharding-sharding-formula
 */
export function shardOf(guildId: string | undefined, count: number): number {
  return guildId === undefined ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(count));
}

export function isIn({ first, last }: ShardRange, shard: number): boolean {
  return first <= shard && shard <= last;
}

/** The numbers of a range's shards. */
export function shardsOf({ first, last }: ShardRange): number[] {
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}
