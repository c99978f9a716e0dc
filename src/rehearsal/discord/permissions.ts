import { PermissionFlagsBits } from 'discord-api-types/v10';

export type PermissionName = keyof typeof PermissionFlagsBits;

/** What somebody has beyond, or lacks of, the usual. */
export interface PermissionChange {
  readonly allow?: readonly PermissionName[];
  readonly deny?: readonly PermissionName[];
}

/** What Discord gives @everyone in a new server. */
export const EVERYONE = bits([
  'ViewChannel',
  'CreateInstantInvite',
  'ChangeNickname',
  'SendMessages',
  'EmbedLinks',
  'AttachFiles',
  'AddReactions',
  'UseExternalEmojis',
  'MentionEveryone',
  'ReadMessageHistory',
  'SendTTSMessages',
  'UseApplicationCommands',
  'CreatePublicThreads',
  'CreatePrivateThreads',
  'UseExternalStickers',
  'SendMessagesInThreads',
  'SendPolls',
  'UseExternalApps',
]);

/** What an app has where it is not a member: docs.discord.com, "Interaction Object", app_permissions. */
export const OUTSIDER = bits(['AttachFiles', 'EmbedLinks', 'MentionEveryone']);

export function bits(names: readonly PermissionName[]): bigint {
  return names.reduce((sum, name) => sum | PermissionFlagsBits[name], 0n);
}

export function changed(from: bigint, { allow = [], deny = [] }: PermissionChange): bigint {
  return (from | bits(allow)) & ~bits(deny);
}

export function has(permissions: bigint, name: PermissionName): boolean {
  const wanted = PermissionFlagsBits[name];
  return (permissions & (wanted | PermissionFlagsBits.Administrator)) !== 0n;
}
