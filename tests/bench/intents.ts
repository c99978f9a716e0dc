/**
 * What the `Guilds` intent costs: the memory of a client that is in many servers, each with
 * CHANNELS channels and ROLES roles. Without the intent it learns of them as READY's list of
 * unavailable guilds; with it, each comes whole, as GUILD_CREATE.
 */

import { once } from 'node:events';
import { type Discord, startDiscord } from '../../src/rehearsal/discord/discord.ts';
import { end, launch, usage } from './child.ts';
import type { Usage } from './probe.ts';
import { machine, mb, table } from './table.ts';

const CHANNELS = 30;
const ROLES = 20;
const GUILDS_INTENT = 1;
/** GUILD_CREATEs sent at once: Discord's own pace for 10,000 is minutes. */
const AT_ONCE = 100;

const rows: string[][] = [];
for (const guilds of [1, 1000, 10_000]) {
  const without = await measure(guilds, 0);
  const withGuilds = await measure(guilds, GUILDS_INTENT);
  const each = (withGuilds.rss - without.rss) / guilds;
  rows.push([
    guilds.toLocaleString('en'),
    ...[without, withGuilds].flatMap(({ rss, heap }) => [mb(rss), mb(heap)]),
    guilds === 1 ? '' : `${(each / 1000).toFixed(1)} kB`,
  ]);
}
const head = ['servers', '[]: RSS', 'heap', '[Guilds]: RSS', 'heap', 'more each'];
process.stdout.write(
  `${machine()}\n\n${CHANNELS} channels and ${ROLES} roles a server.\n\n${table(head, rows)}\n`,
);

async function measure(guilds: number, intents: number): Promise<Usage> {
  const discord = await startDiscord();
  // The stand-in's own server is one of them.
  const others = Array.from({ length: guilds - 1 }, (_, index) => `server ${index}`);
  if (intents === 0) for (const name of others) discord.guild(name);
  const script = new URL('crowd-client.ts', import.meta.url).pathname;
  const env = {
    DISCORD_API_URL: discord.url,
    DISCORD_TOKEN: discord.token,
    INTENTS: String(intents),
    GUILDS: String(guilds),
  };
  const child = launch(script, env, { probe: true });
  const complete = once(child, 'message');
  await discord.connected(20_000);
  if (intents !== 0) await send(discord, others.length);
  await complete;
  const used = await usage(child);
  await end(child);
  await discord.stop();
  return used;
}

async function send({ gateway }: Discord, count: number): Promise<void> {
  for (let number = 0; number < count; number += 1) {
    gateway.dispatch('GUILD_CREATE', guild(number), GUILDS_INTENT);
    if (number % AT_ONCE === 0) await new Promise((resolve) => void setImmediate(resolve));
  }
}

/** A server as GUILD_CREATE describes it, without its members, whom the intent does not bring. */
function guild(number: number): object {
  const id = String(2_000_000_000_000_000_000n + BigInt(number) * 1000n);
  const inside = (nth: number) => String(BigInt(id) + BigInt(nth));
  return {
    id,
    name: `A server with a name of usual length ${number}`,
    icon: 'a_0123456789abcdef0123456789abcdef',
    description: null,
    owner_id: inside(999),
    afk_channel_id: null,
    afk_timeout: 300,
    verification_level: 1,
    default_message_notifications: 1,
    explicit_content_filter: 2,
    mfa_level: 0,
    nsfw_level: 0,
    premium_tier: 1,
    premium_progress_bar_enabled: false,
    system_channel_id: inside(1),
    system_channel_flags: 0,
    rules_channel_id: inside(2),
    public_updates_channel_id: inside(3),
    preferred_locale: 'en-US',
    features: ['COMMUNITY', 'NEWS'],
    joined_at: '2024-01-01T00:00:00.000000+00:00',
    large: true,
    unavailable: false,
    member_count: 300,
    roles: Array.from({ length: ROLES }, (_, index) => role(index, inside(index && 500 + index))),
    channels: Array.from({ length: CHANNELS }, (_, index) => channel(index, inside(index + 1), id)),
    threads: [],
    members: [],
    emojis: [],
    stickers: [],
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

function role(position: number, id: string): object {
  return {
    id,
    name: position === 0 ? '@everyone' : `A role ${position}`,
    permissions: '1071698660929',
    position,
    color: 3_447_003,
    colors: { primary_color: 3_447_003, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: false,
    mentionable: false,
    icon: null,
    unicode_emoji: null,
    flags: 0,
  };
}

function channel(position: number, id: string, guildId: string): object {
  return {
    id,
    guild_id: guildId,
    type: 0,
    name: `a-channel-${position}`,
    position,
    parent_id: null,
    topic: 'What is spoken of here, in a sentence.',
    nsfw: false,
    rate_limit_per_user: 0,
    last_message_id: id,
    flags: 0,
    permission_overwrites: [{ id: guildId, type: 0, allow: '0', deny: '1024' }],
  };
}
