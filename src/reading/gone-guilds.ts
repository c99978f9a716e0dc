import type { Records } from './stored-records.ts';

/** A record that belongs to a server, unless it is of a DM or of a user install. */
interface OfGuild {
  readonly guild?: string;
}

/** Deletes what is stored for servers that the bot is no member of any more. Returns how much. */
export async function deleteGone<Value extends OfGuild>(
  records: Records<Value>,
  isGone: (guildId: string) => boolean,
): Promise<number> {
  const keys: string[] = [];
  for await (const [key, { guild }] of records.entries()) {
    if (guild !== undefined && isGone(guild)) keys.push(key);
  }
  for (const key of keys) await records.delete(key);
  return keys.length;
}

/**
 * Tells, of the servers that belong to a shard, those that its READY does not list. Servers that
 * Discord has trouble with are listed as unavailable, so they count as present. From an empty list
 * nothing is concluded: it is what a wrong token's bot would see, and one cannot undo a deletion.
 */
export function missingFrom(
  listed: readonly string[],
  [shard, shards]: readonly [number, number],
): (guildId: string) => boolean {
  const present = new Set(listed);
  return (guildId) =>
    present.size > 0 &&
    // discord.com/developers/docs/events/gateway#sharding-sharding-formula
    Number((BigInt(guildId) >> 22n) % BigInt(shards)) === shard &&
    !present.has(guildId);
}
