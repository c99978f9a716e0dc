import { DiscordAPIError, HTTPError, RateLimitError, RESTJSONErrorCodes } from 'discord.js';
import { NoTurn, Refused } from './turn.ts';

/** Discord's codes for what somebody there can mend; discord.com/developers/docs/topics/opcodes-and-status-codes#json */
const AUTOMOD = RESTJSONErrorCodes.MessageWasBlockedByAutomaticModeration;
/** The interaction was three seconds old before it was answered, or its token 15 minutes. */
const LATE = [RESTJSONErrorCodes.UnknownInteraction, RESTJSONErrorCodes.InvalidWebhookToken];
const NO_ACCESS = [RESTJSONErrorCodes.MissingAccess, RESTJSONErrorCodes.MissingPermissions];

/** What an error that is no refusal of ours comes down to, for whoever met it. */
export type Trouble = NoTurn['reason'] | 'automod' | 'permission' | 'refused' | 'late' | 'bug';

export function troubleOf(error: unknown): Trouble {
  if (error instanceof NoTurn) return error.reason;
  const isRefused = error instanceof Refused;
  const answer = isRefused ? error.cause : error;
  const code = answer instanceof DiscordAPIError ? Number(answer.code) : undefined;
  if (LATE.some((late) => late === code)) return 'late';
  if (!isRefused) return isAbsence(error) ? 'unsettled' : 'bug';
  if (code === AUTOMOD) return 'automod';
  return NO_ACCESS.some((none) => none === code) ? 'permission' : 'refused';
}

/** Whether an error says that Discord did not answer, or not just now. */
function isAbsence(error: unknown): boolean {
  if (error instanceof HTTPError || error instanceof RateLimitError) return true;
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? error.code : undefined;
  return (
    error.name === 'AbortError' ||
    error.message.startsWith('ECONNRESET') ||
    (typeof code === 'string' && /^(E[A-Z]+|UND_ERR_\w+)$/.test(code))
  );
}
