/** The places and people of the world: named, made on first use, with ids that never change. */

import type { PermissionChange } from './permissions.ts';
import { stableId } from './snowflake.ts';
import {
  type Channel,
  ChannelKind,
  type Guild,
  type Person,
  type World,
  wireUser,
} from './world.ts';

export interface ChannelOptions {
  /** The server; 'The Reading Room' if not said. */
  readonly guild?: Guild;
  /** Makes it a thread of this channel. */
  readonly parent?: Channel;
  readonly nsfw?: boolean;
  /** What the bot may do here beyond, or lacks of, what everyone may. */
  readonly bot?: PermissionChange;
}

export interface UserOptions {
  readonly permissions?: PermissionChange;
  readonly locale?: string;
  /** Whether the app is added to this account. */
  readonly appInstalled?: boolean;
}

export interface GuildOptions {
  readonly botInstalled?: boolean;
  readonly locale?: string;
}

interface Named {
  readonly person: Person;
}

/** Options given again change what is there already. */
export interface Places<Reader extends Named> {
  /** Where the bot is a member: 'The Reading Room'. */
  readonly home: Guild;
  /** Where it isn't: there is only the user install. */
  readonly elsewhere: Guild;
  guild(name: string, options?: GuildOptions): Guild;
  channel(name: string, options?: ChannelOptions): Channel;
  user(name: string, options?: UserOptions): Reader;
  /** The bot's direct messages with somebody. */
  dm(reader: Reader): Channel;
  /** A group DM, or two people's DM: the bot isn't part of it. */
  groupDm(name: string, readers: readonly Reader[]): Channel;
}

export function createPlaces<Reader extends Named>(
  world: World,
  seed: string,
  reader: (person: Person) => Reader,
): Places<Reader> {
  const id = (kind: string, name: string) => stableId(`${seed}/${kind}/${name}`);

  function guild(name: string, { botInstalled, locale = 'en-US' }: GuildOptions = {}): Guild {
    const key = id('guild', name);
    const found = world.guilds.get(key) ?? { id: key, name, locale, botInstalled: true };
    world.guilds.set(key, found);
    if (botInstalled !== undefined) found.botInstalled = botInstalled;
    return found;
  }

  function add(key: string, channel: Omit<Channel, 'id' | 'posts' | 'nsfw' | 'bot'>): Channel {
    const found = world.channels.get(key);
    if (found) return found;
    const made = { ...channel, id: key, nsfw: false, bot: {}, posts: [] };
    world.channels.set(key, made);
    world.changes.emit('channel', made);
    return made;
  }

  const home = guild('The Reading Room');
  const elsewhere = guild('Elsewhere', { botInstalled: false });

  return {
    home,
    elsewhere,
    guild,
    channel(name, { guild: where, parent, nsfw, bot } = {}) {
      const inside = parent?.guild ?? where ?? home;
      const path = parent ? `${inside.name}/${parent.name}/${name}` : `${inside.name}/${name}`;
      const channel = add(id('channel', path), {
        name,
        type: parent ? ChannelKind.thread : ChannelKind.text,
        guild: inside,
        ...(parent ? { parent } : {}),
        people: [],
        withBot: inside.botInstalled,
      });
      if (nsfw !== undefined) channel.nsfw = nsfw;
      if (bot) channel.bot = bot;
      return channel;
    },
    user(name, { permissions, locale, appInstalled } = {}) {
      const key = id('user', name);
      const person = world.people.get(key) ?? {
        id: key,
        name,
        user: wireUser(key, name),
        locale: 'en-US',
        permissions: {},
        appInstalled: false,
      };
      world.people.set(key, person);
      if (permissions) person.permissions = permissions;
      if (locale) person.locale = locale;
      if (appInstalled !== undefined) person.appInstalled = appInstalled;
      return reader(person);
    },
    dm: ({ person }) =>
      add(id('dm', person.name), {
        name: `@${person.name}`,
        type: ChannelKind.dm,
        people: [person],
        withBot: true,
      }),
    groupDm: (name, readers) =>
      add(id('group', name), {
        name,
        type: ChannelKind.groupDm,
        people: readers.map(({ person }) => person),
        withBot: false,
      }),
  };
}
