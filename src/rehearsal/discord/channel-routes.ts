/** REST: channels and their messages, by the bot's token and with the bot's permissions. */

import { MessageCreateRequestSchema, MessageEditRequestPartialSchema } from 'discord-api-spec/zod';
import { blank, fill, revise } from './message.ts';
import { has, type PermissionName } from './permissions.ts';
import {
  invalidForm,
  missingAccess,
  missingPermissions,
  notYourMessage,
  unknownChannel,
  unknownMessage,
} from './refusal.ts';
import type { RequestRecord, Route } from './requests.ts';
import { field, required } from './schema.ts';
import type { Message } from './wire.ts';
import { channelObject } from './wire-objects.ts';
import {
  addPost,
  botIsIn,
  botPermissions,
  type Channel,
  ChannelKind,
  deletePost,
  editPost,
  indexOf,
  type Post,
  type World,
} from './world.ts';

/** How long Discord remembers a nonce to enforce, in ms: "in the past few minutes", says its reference. */
const NONCE_LIFE = 3 * 60_000;
const DEFAULT_PAGE = 50;
const MAX_PAGE = 100;

export function channelRoutes(world: World): Route[] {
  const nonces = new Map<string, { readonly message: Message; readonly at: number }>();

  const open = (id: string, ...needed: PermissionName[]): Channel => {
    const channel = world.channels.get(id);
    if (!channel) throw unknownChannel();
    if (!botIsIn(channel)) throw missingAccess();
    if (!channel.guild) return channel;
    const permissions = botPermissions(channel);
    if (!has(permissions, 'ViewChannel')) throw missingAccess();
    if (needed.some((name) => !has(permissions, name))) throw missingPermissions();
    return channel;
  };
  // An ephemeral message exists for its interaction's token only.
  const find = (channel: Channel, id: string): Post => {
    const post = world.posts.get(id);
    if (!post || post.channel !== channel || post.onlyFor !== undefined) throw unknownMessage();
    return post;
  };
  const sending = (id: string): PermissionName =>
    world.channels.get(id)?.type === ChannelKind.thread ? 'SendMessagesInThreads' : 'SendMessages';

  function send(request: RequestRecord, id: string): Message {
    const channel = open(id, sending(id));
    const body = required(MessageCreateRequestSchema, request.body);
    const key = body.nonce === undefined || body.nonce === null ? undefined : `${id} ${body.nonce}`;
    const before = key === undefined ? undefined : nonces.get(key);
    if (body.enforce_nonce && before && world.now() - before.at < NONCE_LIFE) return before.message;
    const message = blank(world, channel, world.bot);
    const replied = body.message_reference;
    if (replied) {
      const found = world.posts.get(replied.message_id);
      if (found?.channel === channel) {
        message.type = 19;
        message.message_reference = {
          type: 0,
          channel_id: channel.id,
          message_id: replied.message_id,
          ...(channel.guild ? { guild_id: channel.guild.id } : {}),
        };
      } else if (replied.fail_if_not_exists !== false) {
        throw invalidForm([
          field(['message_reference'], 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE', 'Unknown message'),
        ]);
      }
    }
    if (body.nonce !== undefined && body.nonce !== null) message.nonce = body.nonce;
    fill(world, message, { body, uploads: request.uploads });
    addPost(world, { message, channel, deleted: false });
    if (key !== undefined) nonces.set(key, { message, at: world.now() });
    return message;
  }

  function edit(request: RequestRecord, id: string, messageId: string): Message {
    const channel = open(id);
    const post = find(channel, messageId);
    if (post.message.author.id !== world.bot.id) throw notYourMessage();
    const body = required(MessageEditRequestPartialSchema, request.body);
    revise(world, post.message, { body, uploads: request.uploads });
    editPost(world, post);
    return post.message;
  }

  return [
    {
      method: 'GET',
      path: /^\/channels\/(\d+)$/,
      handle: (_request, id = '') => ({ status: 200, body: channelObject(open(id)) }),
    },
    {
      method: 'GET',
      path: /^\/channels\/(\d+)\/messages$/,
      handle: ({ query }, id = '') => ({ status: 200, body: page(open(id), query) }),
    },
    {
      method: 'GET',
      path: /^\/channels\/(\d+)\/messages\/(\d+)$/,
      handle: (_request, id = '', messageId = '') => ({
        status: 200,
        body: find(open(id, 'ReadMessageHistory'), messageId).message,
      }),
    },
    {
      method: 'POST',
      path: /^\/channels\/(\d+)\/messages$/,
      handle: (request, id = '') => ({ status: 200, body: send(request, id) }),
    },
    {
      method: 'PATCH',
      path: /^\/channels\/(\d+)\/messages\/(\d+)$/,
      handle: (request, id = '', messageId = '') => ({
        status: 200,
        body: edit(request, id, messageId),
      }),
    },
    {
      method: 'DELETE',
      path: /^\/channels\/(\d+)\/messages\/(\d+)$/,
      handle(_request, id = '', messageId = '') {
        const channel = open(id);
        const post = find(channel, messageId);
        const own = post.message.author.id === world.bot.id;
        if (!own && !(channel.guild && has(botPermissions(channel), 'ManageMessages'))) {
          throw missingPermissions();
        }
        deletePost(world, post);
        return { status: 204 };
      },
    },
  ];
}

/** Newest first; without Read Message History nothing, as docs.discord.com says of "Get Channel Messages". */
function page(channel: Channel, query: URLSearchParams): Message[] {
  const limit = Number(query.get('limit') ?? DEFAULT_PAGE);
  if (!(limit >= 1 && limit <= MAX_PAGE)) {
    throw invalidForm([
      field(['limit'], 'NUMBER_TYPE_MAX', `int value should be between 1 and ${MAX_PAGE}.`),
    ]);
  }
  if (channel.guild && !has(botPermissions(channel), 'ReadMessageHistory')) return [];
  const posts = channel.posts.filter(({ onlyFor }) => onlyFor === undefined);
  const [before, after, around] = ['before', 'after', 'around'].map((name) => query.get(name));
  let from = Math.max(0, posts.length - limit);
  let to = posts.length;
  if (before) {
    to = indexOf(posts, before);
    from = Math.max(0, to - limit);
  } else if (after) {
    from = indexOf(posts, String(BigInt(after) + 1n));
    to = from + limit;
  } else if (around) {
    from = Math.max(0, indexOf(posts, around) - Math.floor(limit / 2));
    to = from + limit;
  }
  return posts
    .slice(from, to)
    .map(({ message }) => message)
    .reverse();
}
