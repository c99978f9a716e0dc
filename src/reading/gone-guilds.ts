import { setImmediate as othersFirst } from 'node:timers/promises';
import { shardOf } from '../shards.ts';
import type { Records } from './stored-records.ts';

/** A record that belongs to a server, unless it is of a DM or of a user install. */
interface OfGuild {
  readonly guild?: string;
}

/** So many records are looked at before whoever asks something meanwhile has a turn. */
const AT_ONCE = 200;

/**
 * Goes through all records and deletes what is stored for servers that the bot is no member of any
 * more; each of the others is handed to `onKept`. Returns how many are deleted.
 */
export async function deleteGone<Value extends OfGuild>(
  records: Records<Value>,
  isGone: (guildId: string) => boolean,
  onKept: (key: string, value: Value) => void = () => {},
): Promise<number> {
  const found: { key: string; guild: string }[] = [];
  let count = 0;
  for await (const [key, value] of records.entries()) {
    const { guild } = value;
    if (guild !== undefined && isGone(guild)) found.push({ key, guild });
    else onKept(key, value);
    count += 1;
    // A store in this process is read without ever waiting for anything.
    if (count % AT_ONCE === 0) await othersFirst();
  }
  // One of them may have been heard from since.
  const gone = found.filter(({ guild }) => isGone(guild));
  for (const { key } of gone) await records.delete(key);
  return gone.length;
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
    present.size > 0 && shardOf(guildId, shards) === shard && !present.has(guildId);
}
