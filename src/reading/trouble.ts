import { DiscordAPIError, RESTJSONErrorCodes } from 'discord.js';
import { NoTurn, Refused } from './turn.ts';

/** Discord's codes for what somebody there can mend; discord.com/developers/docs/topics/opcodes-and-status-codes#json */
const AUTOMOD = RESTJSONErrorCodes.MessageWasBlockedByAutomaticModeration;
const NO_ACCESS = [RESTJSONErrorCodes.MissingAccess, RESTJSONErrorCodes.MissingPermissions];

/** What an error that is no refusal of ours comes down to, for whoever met it. */
export type Trouble = NoTurn['reason'] | 'automod' | 'permission' | 'refused' | 'bug';

export function troubleOf(error: unknown): Trouble {
  if (error instanceof NoTurn) return error.reason;
  if (!(error instanceof Refused)) return 'bug';
  const code = error.cause instanceof DiscordAPIError ? Number(error.cause.code) : undefined;
  if (code === AUTOMOD) return 'automod';
  return NO_ACCESS.some((none) => none === code) ? 'permission' : 'refused';
}
