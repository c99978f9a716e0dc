/** Which session hears of what: docs.discord.com, "Sharding". */

/** A shard's number, and how many there are. */
export type Shard = readonly [id: number, count: number];

/** Whether a shard is told of an event: by the server it happened in, or of none by shard 0. */
export function hears(shard: Shard, event: string, data: object): boolean {
  const guild = guildOf(event, data);
  return guild === undefined ? shard[0] === 0 : isOfShard(shard, guild);
}

export function isOfShard([id, count]: Shard, guildId: string): boolean {
  return (BigInt(guildId) >> 22n) % BigInt(count) === BigInt(id);
}

function guildOf(event: string, data: object): string | undefined {
  const isGuild = event.startsWith('GUILD_') && 'id' in data;
  const id = 'guild_id' in data ? data.guild_id : isGuild ? data.id : undefined;
  return typeof id === 'string' && /^\d+$/.test(id) ? id : undefined;
}
