import { DiscordAPIError } from 'discord.js';
import { NoTurn, Refused } from '../reading/turn.ts';
import type { Words } from '../words/words.ts';

/** Discord's codes for what somebody there can mend; discord.com/developers/docs/topics/opcodes-and-status-codes#json */
const AUTOMOD = 200_000;
const NO_ACCESS = [50_001, 50_013];

/** The sentence for whoever met an error that is no refusal of ours. Bugs all read alike. */
export function troubleText(error: unknown, words: Words): string {
  if (error instanceof NoTurn) return words(`trouble.${error.reason}`);
  if (!(error instanceof Refused)) return words('trouble.bug');
  const code = error.cause instanceof DiscordAPIError ? Number(error.cause.code) : undefined;
  if (code === AUTOMOD) return words('trouble.automod');
  return words(NO_ACCESS.some((none) => none === code) ? 'trouble.permission' : 'trouble.refused');
}
