/** The world: servers, channels, people and messages, and who may do what in it. */

import { EventEmitter } from 'node:events';
import { changed, EVERYONE, OUTSIDER, type PermissionChange } from './permissions.ts';
import { snowflakes, stableId } from './snowflake.ts';
import { Flag, type Message, type WireUser } from './wire.ts';

export const ChannelKind = { text: 0, dm: 1, groupDm: 3, thread: 11 } as const;

export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly locale: string;
  /** Whether the bot is a member here. */
  botInstalled: boolean;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly type: number;
  readonly guild?: Guild;
  readonly parent?: Channel;
  /** The people of a DM or group DM. */
  readonly people: readonly Person[];
  nsfw: boolean;
  /** How the bot's permissions here differ from @everyone's. */
  bot: PermissionChange;
  /** Whether the bot itself is part of this DM. */
  readonly withBot: boolean;
  readonly posts: Post[];
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly user: WireUser;
  locale: string;
  permissions: PermissionChange;
  /** Whether this person has added the app to their account (a user install). */
  appInstalled: boolean;
}

/** A message and what its REST form doesn't say. */
export interface Post {
  readonly message: Message;
  readonly channel: Channel;
  /** Set on an ephemeral message: the only one who sees it. */
  readonly onlyFor?: string;
  readonly interactionToken?: string;
  deleted: boolean;
}

export interface StoredFile {
  readonly type: string;
  readonly content: Buffer;
}

export interface WorldEvents {
  message: [Message];
  edit: [Message];
  delete: [Message];
  channel: [Channel];
}

export interface World {
  readonly now: () => number;
  readonly nextId: () => string;
  readonly bot: WireUser;
  readonly applicationId: string;
  readonly guilds: Map<string, Guild>;
  readonly channels: Map<string, Channel>;
  readonly people: Map<string, Person>;
  readonly posts: Map<string, Post>;
  /** What was uploaded, by the attachment's id. */
  readonly files: Map<string, StoredFile>;
  /** Told after every change: 'message', 'edit', 'delete', 'channel'. */
  readonly changes: EventEmitter<WorldEvents>;
}

/** An empty world with the bot in it. `seed` sets its ids: the same seed, the same ids. */
export function createWorld(now: () => number, seed: string): World {
  const applicationId = stableId(`${seed}/application`);
  return {
    now,
    nextId: snowflakes(now),
    applicationId,
    bot: { ...wireUser(applicationId, 'Lamplight'), bot: true },
    guilds: new Map(),
    channels: new Map(),
    people: new Map(),
    posts: new Map(),
    files: new Map(),
    changes: new EventEmitter(),
  };
}

export function wireUser(id: string, name: string): WireUser {
  return {
    id,
    username: name.toLowerCase().replace(/[^a-z0-9_.]+/g, '_'),
    global_name: name,
    discriminator: '0',
    avatar: null,
    public_flags: 0,
    flags: 0,
  };
}

/** The bot's permissions in a channel, as a bit set. */
export function botPermissions(channel: Channel): bigint {
  const usual = channel.guild && !channel.guild.botInstalled ? OUTSIDER : EVERYONE;
  return changed(changed(usual, channel.parent?.bot ?? {}), channel.bot);
}

export function memberPermissions(person: Person): bigint {
  return changed(EVERYONE, person.permissions);
}

/** Whether the bot is where this channel is: a member of its server, or part of the DM. */
export function botIsIn(channel: Channel): boolean {
  return channel.guild ? channel.guild.botInstalled : channel.withBot;
}

/** Adds a message to its channel and tells about it. */
export function addPost(world: World, post: Post): Post {
  post.channel.posts.push(post);
  world.posts.set(post.message.id, post);
  world.changes.emit('message', post.message);
  return post;
}

/** Tells about a change made to a message. */
export function editPost(world: World, post: Post): void {
  world.changes.emit('edit', post.message);
}

export function deletePost(world: World, post: Post): void {
  if (post.deleted) return;
  post.deleted = true;
  world.posts.delete(post.message.id);
  const at = indexOf(post.channel.posts, post.message.id);
  post.channel.posts.splice(at, 1);
  world.changes.emit('delete', post.message);
}

/** The messages of a channel that a reader sees, oldest first; without a reader, the public ones. */
export function visible(channel: Channel, readerId?: string): Message[] {
  return channel.posts
    .filter(({ onlyFor }) => onlyFor === undefined || onlyFor === readerId)
    .map(({ message }) => message);
}

export function isPrivate(message: Message): boolean {
  return (message.flags & Flag.ephemeral) !== 0;
}

/** Where in a channel (its ids ascend) the first message with this id or a later one stands. */
export function indexOf(posts: readonly Post[], id: string): number {
  const wanted = BigInt(id);
  let low = 0;
  let high = posts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const found = posts[middle];
    if (found && BigInt(found.message.id) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
