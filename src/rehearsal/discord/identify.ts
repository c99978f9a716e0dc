/** What a client says when it identifies: docs.discord.com, "Identify". */

import type { Shard } from './shards.ts';

const Close = {
  authenticationFailed: 4004,
  invalidShard: 4010,
  invalidIntents: 4013,
  disallowedIntents: 4014,
} as const;

/** Members, presences and message content must be asked for in Discord's portal. */
const PRIVILEGED = (1 << 1) | (1 << 8) | (1 << 15);
const KNOWN_INTENTS = 0x1_ffff | (0b11 << 20) | (0b11 << 24);

export interface Identity {
  readonly intents: number;
  readonly shard: Shard;
}

/** What an Identify asks for, or the code and reason with which Discord closes the connection. */
export function readIdentify(
  d: Record<string, unknown>,
  token: string,
): Identity | { readonly code: number; readonly reason: string } {
  const intents = typeof d['intents'] === 'number' ? d['intents'] : 0;
  const shard = readShard(d['shard'] ?? [0, 1]);
  if (d['token'] !== token) {
    return { code: Close.authenticationFailed, reason: 'Authentication failed.' };
  }
  if (shard === undefined) return { code: Close.invalidShard, reason: 'Invalid shard.' };
  if ((intents & ~KNOWN_INTENTS) !== 0) {
    return { code: Close.invalidIntents, reason: 'Invalid intent(s).' };
  }
  if ((intents & PRIVILEGED) !== 0) {
    return { code: Close.disallowedIntents, reason: 'Disallowed intent(s).' };
  }
  return { intents, shard };
}

function readShard(value: unknown): Shard | undefined {
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [id, count] = value;
  const isShard = Number.isInteger(id) && Number.isInteger(count) && id >= 0 && id < count;
  return isShard ? [id, count] : undefined;
}
