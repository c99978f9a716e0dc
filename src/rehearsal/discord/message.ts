/** A request's body -> the message that comes of it. */

import type { AttachmentBody, MessageBody } from './body.ts';
import { flatten } from './components.ts';
import { checkMessage, checkNotEmpty, isV2 } from './message-rules.ts';
import { invalidForm } from './refusal.ts';
import { field } from './schema.ts';
import { type Attachment, type Component, Flag, type Message, type WireUser } from './wire.ts';
import type { Channel, World } from './world.ts';

export interface Upload {
  readonly key: string;
  readonly name: string;
  readonly size: number;
  readonly type: string;
  readonly content: Buffer;
}

export interface Sent {
  readonly body: MessageBody;
  readonly uploads: readonly Upload[];
  /** Where in the request the message stands, for the errors' paths. */
  readonly at?: readonly string[];
}

const CREATE_FLAGS = Flag.suppressEmbeds | Flag.suppressNotifications | Flag.componentsV2;
const EDIT_FLAGS = Flag.suppressEmbeds | Flag.componentsV2;

/** A new message with nothing in it yet. */
export function blank(world: World, channel: Channel, author: WireUser): Message {
  return {
    id: world.nextId(),
    type: 0,
    channel_id: channel.id,
    author,
    content: '',
    timestamp: new Date(world.now()).toISOString(),
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds: [],
    components: [],
    pinned: false,
    flags: 0,
  };
}

/** Fills a new message from a body that was checked against its schema, or throws Discord's refusal. */
export function fill(world: World, message: Message, sent: Sent): void {
  const { body } = sent;
  checkMessage(body, isV2(body.flags), sent.at);
  message.flags |= (body.flags ?? 0) & CREATE_FLAGS;
  message.tts = body.tts ?? false;
  write(world, message, sent);
  checkNotEmpty(message, body);
}

/** Changes a message as an edit does: what the body leaves out stays. Throws Discord's refusal. */
export function revise(world: World, message: Message, sent: Sent): void {
  const { body } = sent;
  const flags = body.flags ?? message.flags;
  const wasV2 = isV2(message.flags);
  checkMessage(body, wasV2 || isV2(flags), sent.at);
  const next: Message = structuredClone(message);
  const kept = message.flags & ~EDIT_FLAGS & ~Flag.loading;
  // A message that has become Components V2 stays so: docs.discord.com, "Message Flags".
  next.flags = kept | (flags & EDIT_FLAGS) | (wasV2 ? Flag.componentsV2 : 0);
  write(world, next, sent);
  checkNotEmpty(next, body);
  if (!(message.flags & Flag.loading)) {
    next.edited_timestamp = new Date(world.now()).toISOString();
  }
  Object.assign(message, next);
}

function write(world: World, message: Message, { body, uploads }: Sent): void {
  const { content, embeds, components } = body;
  // Discord trims what stands around a message's text.
  if (content !== undefined) message.content = content?.trim() ?? '';
  if (embeds !== undefined)
    message.embeds = (embeds ?? []).map((one) => ({ type: 'rich', ...one }));
  if (components !== undefined) message.components = numbered(components ?? []);
  message.attachments = attachments(world, message, body.attachments, uploads);
  if (content !== undefined || body.allowed_mentions !== undefined) mention(world, message, body);
}

/** Discord numbers the components that come without an id, from 1 on in the order they show. */
function numbered(components: Component[]): Component[] {
  const copy = structuredClone(components);
  let last = 0;
  for (const component of flatten(copy)) {
    last += 1;
    component.id ||= last;
    for (const [key, value] of Object.entries(component)) {
      if (value === null) Reflect.deleteProperty(component, key);
    }
  }
  return copy;
}

function attachments(
  world: World,
  message: Message,
  listed: AttachmentBody[] | null | undefined,
  uploads: readonly Upload[],
): Attachment[] {
  const described = new Map((listed ?? []).map((one) => [one.id, one]));
  const kept = listed
    ? message.attachments.filter(({ id }) => described.has(id))
    : message.attachments;
  const added = uploads.map((upload) => {
    const number = /^files\[(\d+)\]$/.exec(upload.key)?.[1] ?? '0';
    const about = described.get(number);
    if (listed && !about) {
      throw invalidForm([
        field(['attachments'], 'ATTACHMENT_NOT_FOUND', `Attachment data not found: ${number}`),
      ]);
    }
    const id = world.nextId();
    world.files.set(id, upload);
    const filename = about?.filename ?? upload.name;
    const url = `https://cdn.discordapp.com/attachments/${message.channel_id}/${id}/${filename}`;
    return {
      id,
      filename,
      size: upload.size,
      url,
      proxy_url: url.replace('cdn.discordapp.com', 'media.discordapp.net'),
      content_type: upload.type,
      ...(about?.description ? { description: about.description } : {}),
    };
  });
  return [...kept, ...added];
}

/** Who is pinged. Discord reads mentions out of the text whatever stands before them, a backslash too. */
function mention(world: World, message: Message, { allowed_mentions: allowed }: MessageBody): void {
  const may = (kind: string) => !allowed || Boolean(allowed.parse?.includes(kind));
  message.mention_everyone = may('everyone') && /@(everyone|here)\b/.test(message.content);
  const ids = new Set([...message.content.matchAll(/<@!?(\d+)>/g)].map(([, id]) => id ?? ''));
  message.mentions = [...ids].flatMap((id) => {
    const person = world.people.get(id);
    const pinged = may('users') || allowed?.users?.includes(id);
    return person && pinged ? [person.user] : [];
  });
}
