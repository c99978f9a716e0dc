/** INTERACTION_CREATE as Discord sends it, and who may ask for one where. */

import { ClientRefusal } from './command-input.ts';
import type { Command } from './commands.ts';
import type { Interaction } from './interactions.ts';
import { has, type PermissionName } from './permissions.ts';
import { channelObject, personAsMember } from './wire-objects.ts';
import {
  botIsIn,
  botPermissions,
  type Channel,
  memberPermissions,
  type Person,
  type World,
} from './world.ts';

const Context = { guild: 0, botDm: 1, privateChannel: 2 } as const;
const Install = { guild: '0', user: '1' } as const;
const ATTACHMENT_LIMIT = 10 * 1024 * 1024;

export function contextOf(channel: Channel): number {
  if (channel.guild) return Context.guild;
  return channel.withBot ? Context.botDm : Context.privateChannel;
}

/** By whose leave the app acts here: docs.discord.com, "Authorizing Integration Owners Object". */
export function ownersOf(channel: Channel, person: Person): Record<string, string> {
  const owners: Record<string, string> = {};
  if (botIsIn(channel)) owners[Install.guild] = channel.guild?.id ?? '0';
  if (person.appInstalled) owners[Install.user] = person.id;
  return owners;
}

/** Without the bot in the server and without Use External Apps, Discord shows answers to the asker only. */
export function isAlwaysPrivate(channel: Channel, person: Person): boolean {
  const asGuest = channel.guild !== undefined && !channel.guild.botInstalled;
  return asGuest && !has(memberPermissions(person), 'UseExternalApps');
}

/** Throws ClientRefusal where Discord's client doesn't offer the command. */
export function checkOffered(command: Command, channel: Channel, person: Person): void {
  const refuse = (why: string) =>
    new ClientRefusal(`/${command.name} is not offered here: ${why}.`);
  const owners = ownersOf(channel, person);
  const installs = command.integration_types ?? [0, 1];
  if (!installs.some((type) => String(type) in owners)) throw refuse('the app is not installed');
  // Contexts left out come back as null and mean servers and the bot's own DMs: discord-api-docs #6744.
  const contexts = command.contexts ?? [Context.guild, Context.botDm];
  if (!contexts.includes(contextOf(channel))) {
    throw refuse('not in this context');
  }
  if (command.nsfw && channel.guild && !(channel.nsfw || channel.parent?.nsfw)) {
    throw refuse('it is age-restricted');
  }
  if (!channel.guild) return;
  const permissions = memberPermissions(person);
  if (!has(permissions, 'UseApplicationCommands'))
    throw refuse('Use Application Commands is missing');
  const needed = command.default_member_permissions;
  if (needed !== null && !has(permissions, 'Administrator')) {
    const bits = BigInt(needed);
    if (bits === 0n || (permissions & bits) !== bits) throw refuse('it needs more permissions');
  }
}

/** Throws ClientRefusal where a person can't see the channel or be in it. */
export function checkPresent(channel: Channel, person: Person): void {
  const name: PermissionName = 'ViewChannel';
  const there = channel.guild
    ? has(memberPermissions(person), name)
    : channel.people.includes(person);
  if (!there) throw new ClientRefusal(`${person.name} is not in ${channel.name}.`);
}

/** As an interaction has it, without the permission overwrites: discord-api-docs #7836. */
function partialChannel(channel: Channel, person: Person): Record<string, unknown> {
  if (!channel.guild) return channelObject(channel);
  const { permission_overwrites: _, ...partial } = channelObject(channel);
  return { ...partial, permissions: String(memberPermissions(person)) };
}

export function interactionPayload(
  world: World,
  interaction: Interaction,
  data: object,
): Record<string, unknown> {
  const { id, token, kind, channel, person, owners, pressed } = interaction;
  const { guild } = channel;
  return {
    id,
    application_id: world.applicationId,
    type: kind,
    data,
    ...(guild
      ? {
          guild: { id: guild.id, locale: guild.locale, features: [] },
          guild_id: guild.id,
          guild_locale: guild.locale,
          member: personAsMember(person),
        }
      : { user: person.user }),
    channel: partialChannel(channel, person),
    channel_id: channel.id,
    token,
    version: 1,
    ...(pressed ? { message: pressed.message } : {}),
    app_permissions: String(botPermissions(channel)),
    locale: person.locale,
    entitlements: [],
    authorizing_integration_owners: owners,
    context: contextOf(channel),
    attachment_size_limit: ATTACHMENT_LIMIT,
  };
}
