/** The world's things as Discord's objects. */

import { EVERYONE } from './permissions.ts';
import type { WireUser } from './wire.ts';
import {
  botIsIn,
  type Channel,
  ChannelKind,
  type Guild,
  memberPermissions,
  type Person,
  type World,
} from './world.ts';

const JOINED = '2024-01-01T00:00:00.000000+00:00';

export function channelObject(channel: Channel): Record<string, unknown> {
  const { id, name, type, guild, parent, nsfw, people, posts } = channel;
  const last = posts.at(-1)?.message.id ?? null;
  if (!guild) {
    return {
      id,
      type,
      last_message_id: last,
      flags: 0,
      recipients: people.map(({ user }) => user),
      ...(type === ChannelKind.groupDm ? { name, icon: null, owner_id: people[0]?.id } : {}),
    };
  }
  const common = { id, type, name, guild_id: guild.id, last_message_id: last, flags: 0 };
  if (type === ChannelKind.thread) {
    return {
      ...common,
      parent_id: parent?.id ?? null,
      owner_id: people[0]?.id ?? null,
      rate_limit_per_user: 0,
      message_count: posts.length,
      member_count: 1,
      total_message_sent: posts.length,
      thread_metadata: {
        archived: false,
        auto_archive_duration: 4320,
        archive_timestamp: JOINED,
        locked: false,
        create_timestamp: JOINED,
      },
    };
  }
  return {
    ...common,
    parent_id: null,
    position: 0,
    nsfw,
    topic: null,
    rate_limit_per_user: 0,
    permission_overwrites: [],
  };
}

export function member(user: WireUser, permissions?: bigint): Record<string, unknown> {
  return {
    user,
    nick: null,
    avatar: null,
    banner: null,
    roles: [],
    joined_at: JOINED,
    premium_since: null,
    deaf: false,
    mute: false,
    pending: false,
    flags: 0,
    communication_disabled_until: null,
    ...(permissions === undefined ? {} : { permissions: String(permissions) }),
  };
}

export function personAsMember(person: Person): Record<string, unknown> {
  return member(person.user, memberPermissions(person));
}

/** What GUILD_CREATE carries. */
export function guildObject(world: World, guild: Guild): Record<string, unknown> {
  const channels = [...world.channels.values()].filter((one) => one.guild === guild);
  const owner = [...world.people.values()][0]?.id ?? world.bot.id;
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    splash: null,
    discovery_splash: null,
    banner: null,
    description: null,
    owner_id: owner,
    afk_channel_id: null,
    afk_timeout: 300,
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw_level: 0,
    premium_tier: 0,
    premium_progress_bar_enabled: false,
    system_channel_id: null,
    system_channel_flags: 0,
    rules_channel_id: null,
    public_updates_channel_id: null,
    safety_alerts_channel_id: null,
    application_id: null,
    vanity_url_code: null,
    preferred_locale: guild.locale,
    features: [],
    emojis: [],
    stickers: [],
    roles: [
      {
        id: guild.id,
        name: '@everyone',
        permissions: String(EVERYONE),
        position: 0,
        color: 0,
        colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
        hoist: false,
        managed: false,
        mentionable: false,
        flags: 0,
      },
    ],
    joined_at: JOINED,
    large: false,
    unavailable: false,
    member_count: world.people.size + 1,
    members: [member(world.bot)],
    channels: channels.filter(({ type }) => type !== ChannelKind.thread).map(channelObject),
    threads: channels
      .filter((one) => one.type === ChannelKind.thread && botIsIn(one))
      .map(channelObject),
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}
