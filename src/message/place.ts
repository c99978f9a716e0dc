import type { Reading } from '../reading/record.ts';

/** "7 of 25", or "7–9 of 25" from 7 on: part of the contract, the same in every language. */
export function placeOf(position: number, total: number, from = position): string {
  return `${from < position ? `${from}–` : ''}${position} of ${total}`;
}

/** The address of a reading's newest message, where its id is known. */
export function newestLink(
  { guildId, channelId }: { guildId: string | null; channelId: string },
  { message }: Pick<Reading, 'message'>,
): string | undefined {
  return message?.id && messageLink(guildId, channelId, message.id);
}

/** The address of a message; `guildId` is null in a DM. */
export function messageLink(guildId: string | null, channelId: string, messageId: string): string {
  return `https://discord.com/channels/${guildId ?? '@me'}/${channelId}/${messageId}`;
}
