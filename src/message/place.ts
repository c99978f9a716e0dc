/** "7 of 25": part of the contract, the same in every language. */
export function placeOf(position: number, total: number): string {
  return `${position} of ${total}`;
}

/** The address of a message; `guildId` is null in a DM. */
export function messageLink(guildId: string | null, channelId: string, messageId: string): string {
  return `https://discord.com/channels/${guildId ?? '@me'}/${channelId}/${messageId}`;
}
