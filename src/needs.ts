import {
  ChannelType,
  type ChatInputCommandInteraction,
  PermissionFlagsBits,
  type PermissionsBitField,
  Routes,
} from 'discord.js';

/** What the bot does by its own right. Answers to commands and presses need no permission. */
export type Feature = 'buttons' | 'schedule' | 'history' | 'mention';

/** A permission as Discord's English settings call it, in markdown; whether the bot has it. */
export interface Need {
  readonly name: string;
  readonly feature: Feature;
  readonly isMet: boolean;
}

/** Where the bot is, as far as its needs depend on it. */
export interface Room {
  readonly isThread: boolean;
  /** Whether a schedule calls a role here. */
  readonly mentions: boolean;
}

/** Every permission that some feature needs in a channel or thread. */
export function needsIn(
  { isThread, mentions }: Room,
  permissions: Readonly<PermissionsBitField>,
): Need[] {
  const need = (
    name: string,
    feature: Feature,
    permission: keyof typeof PermissionFlagsBits,
  ): Need => ({ name, feature, isMet: permissions.has(PermissionFlagsBits[permission]) });
  return [
    need('View Channel', 'buttons', 'ViewChannel'),
    isThread
      ? need('Send Messages in Threads', 'schedule', 'SendMessagesInThreads')
      : need('Send Messages', 'schedule', 'SendMessages'),
    need('Read Message History', 'history', 'ReadMessageHistory'),
    ...(mentions
      ? [need('Mention \\@everyone, \\@here and All Roles', 'mention', 'MentionEveryone')]
      : []),
  ];
}

/** Discord is asked: discord.js keeps no channel, and drops what the interaction says of its own. */
export async function isInThread({
  channelId,
  client,
}: ChatInputCommandInteraction): Promise<boolean> {
  const channel = await client.rest.get(Routes.channel(channelId)).catch(() => undefined);
  if (typeof channel !== 'object' || channel === null || !('type' in channel)) return false;
  const { type } = channel;
  return (
    type === ChannelType.PublicThread ||
    type === ChannelType.PrivateThread ||
    type === ChannelType.AnnouncementThread
  );
}
