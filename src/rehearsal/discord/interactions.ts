/** The life of an interaction: asked, answered within three seconds, then fifteen minutes of edits. */

import { randomBytes } from 'node:crypto';
import type { CallbackBody, Choice } from './body.ts';
import { blank, fill, revise, type Sent, type Upload } from './message.ts';
import {
  alreadyAcknowledged,
  tooManyFollowUps,
  unknownInteraction,
  unknownMessage,
} from './refusal.ts';
import { Flag, type InteractionMetadata, type Message } from './wire.ts';
import {
  addPost,
  type Channel,
  deletePost,
  editPost,
  isPrivate,
  type Person,
  type Post,
  type World,
} from './world.ts';

export const Kind = { command: 2, component: 3, autocomplete: 4 } as const;
export const Callback = {
  message: 4,
  deferMessage: 5,
  deferUpdate: 6,
  update: 7,
  choices: 8,
} as const;

/** For how long an interaction's token can be used, in ms: docs.discord.com, "Followup Messages". */
export const TOKEN_LIFE = 15 * 60_000;
/** Follow-ups where the app is only user-installed: docs.discord.com, "Create Followup Message". */
const OUTSIDER_FOLLOW_UPS = 5;
const MessageType = { plain: 0, reply: 19, command: 20, contextMenu: 23 } as const;

/** What whoever acted gets to see. */
export type Answer =
  | { readonly kind: 'message'; readonly message: Message; readonly private: boolean }
  | { readonly kind: 'update'; readonly message: Message; readonly private: boolean }
  /** "The application did not respond" */
  | { readonly kind: 'failed' }
  /** Acknowledged, and not finished within the time given. */
  | { readonly kind: 'thinking'; readonly message?: Message; readonly private: boolean };

export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly kind: number;
  /** The command's name, or the component's custom id. */
  readonly name: string;
  readonly contextMenu: boolean;
  readonly channel: Channel;
  readonly person: Person;
  readonly createdAt: number;
  readonly owners: Record<string, string>;
  /** Discord makes every answer ephemeral: no bot here, and no Use External Apps. */
  readonly alwaysPrivate: boolean;
  readonly pressed?: Post;
  readonly targetId?: string;
  /** The type of the option being typed into. */
  readonly focusedType?: number;
  state: 'waiting' | 'answered' | 'failed';
  callbackType?: number;
  /** What @original means, once there is a callback. */
  original?: Post;
  /** A deferral that was neither edited, followed up nor deleted. */
  unfinished: boolean;
  followUps: number;
  readonly settled: PromiseWithResolvers<Answer>;
  readonly choices: PromiseWithResolvers<readonly Choice[]>;
}

type Asked = Pick<
  Interaction,
  'kind' | 'name' | 'channel' | 'person' | 'owners' | 'alwaysPrivate' | 'contextMenu'
> &
  Partial<Pick<Interaction, 'pressed' | 'targetId' | 'focusedType'>>;

export function createInteraction(world: World, asked: Asked): Interaction {
  const id = world.nextId();
  const secret = randomBytes(60).toString('base64url');
  const choices = Promise.withResolvers<readonly Choice[]>();
  choices.promise.catch(() => {});
  return {
    ...asked,
    id,
    token: Buffer.from(`interaction:${id}:${secret}`).toString('base64url'),
    createdAt: world.now(),
    state: 'waiting',
    unfinished: false,
    followUps: 0,
    settled: Promise.withResolvers<Answer>(),
    choices,
  };
}

/** Nobody answered in time. */
export function expire(interaction: Interaction): boolean {
  if (interaction.state !== 'waiting') return false;
  interaction.state = 'failed';
  interaction.settled.resolve({ kind: 'failed' });
  interaction.choices.reject(new Error('Loading options failed: nobody answered in time.'));
  return true;
}

/** Throws 10062 when the interaction can't be answered any more, 40060 when it was answered. */
export function checkOpen(interaction: Interaction | undefined): asserts interaction {
  if (!interaction || interaction.state === 'failed') throw unknownInteraction();
  if (interaction.state === 'answered') throw alreadyAcknowledged();
}

/** Does what a callback asks; its body was checked against the schema of its type. Throws Refusals. */
export function answer(
  world: World,
  interaction: Interaction,
  { type, data }: CallbackBody,
  uploads: readonly Upload[],
): void {
  const sent: Sent = { body: data ?? {}, uploads, at: ['data'] };
  switch (type) {
    case Callback.message: {
      const post = respond(world, interaction, sent);
      interaction.original = post;
      done(interaction, 'message', post);
      break;
    }
    case Callback.deferMessage: {
      interaction.original = defer(world, interaction, sent);
      interaction.unfinished = true;
      break;
    }
    case Callback.deferUpdate:
    case Callback.update: {
      const { pressed } = interaction;
      if (!pressed || pressed.deleted) throw unknownMessage();
      interaction.original = pressed;
      if (type === Callback.update) {
        revise(world, pressed.message, sent);
        done(interaction, 'update', pressed);
        editPost(world, pressed);
      }
      break;
    }
    case Callback.choices:
      interaction.choices.resolve((data?.choices ?? []).filter((choice) => choice !== null));
      break;
  }
  interaction.callbackType = type;
  interaction.state = 'answered';
}

/** Edits a message by the interaction's token; an unfinished deferral becomes the answer by it. */
export function edit(world: World, interaction: Interaction, post: Post, sent: Sent): Message {
  revise(world, post.message, sent);
  if (post === interaction.original) {
    interaction.unfinished = false;
    done(interaction, post === interaction.pressed ? 'update' : 'message', post);
  }
  editPost(world, post);
  return post.message;
}

/**
 * A follow-up. The first one to an unfinished deferral takes its place, and its visibility whatever
 * its own flags say: docs.discord.com, "Create Followup Message".
 */
export function followUp(world: World, interaction: Interaction, sent: Sent): Message {
  const { original } = interaction;
  if (interaction.unfinished && original) return edit(world, interaction, original, sent);
  if (!('0' in interaction.owners) && interaction.followUps >= OUTSIDER_FOLLOW_UPS) {
    throw tooManyFollowUps();
  }
  const post = respond(world, interaction, sent, original);
  interaction.followUps += 1;
  done(interaction, 'message', post);
  return post.message;
}

export function remove(world: World, interaction: Interaction, post: Post): void {
  if (post === interaction.original) interaction.unfinished = false;
  deletePost(world, post);
}

function respond(world: World, interaction: Interaction, sent: Sent, replied?: Post): Post {
  const message = shell(world, interaction, sent, replied);
  fill(world, message, sent);
  return addPost(world, posted(interaction, message));
}

function defer(world: World, interaction: Interaction, sent: Sent): Post {
  const message = shell(world, interaction, sent);
  message.flags |= Flag.loading;
  return addPost(world, posted(interaction, message));
}

function posted(interaction: Interaction, message: Message): Post {
  return {
    message,
    channel: interaction.channel,
    interactionToken: interaction.token,
    deleted: false,
    ...(isPrivate(message) ? { onlyFor: interaction.person.id } : {}),
  };
}

function shell(world: World, interaction: Interaction, { body }: Sent, replied?: Post): Message {
  const { channel, pressed, contextMenu } = interaction;
  const message = blank(world, channel, world.bot);
  const quoted = replied ?? pressed;
  message.webhook_id = world.applicationId;
  message.application_id = world.applicationId;
  message.interaction_metadata = metadata(interaction, replied);
  if (quoted) {
    message.type = MessageType.reply;
    message.message_reference = {
      type: 0,
      channel_id: channel.id,
      message_id: quoted.message.id,
      ...(channel.guild ? { guild_id: channel.guild.id } : {}),
    };
  } else {
    message.type = contextMenu ? MessageType.contextMenu : MessageType.command;
  }
  const asked = ((body.flags ?? 0) & Flag.ephemeral) !== 0;
  if (asked || interaction.alwaysPrivate) message.flags |= Flag.ephemeral;
  return message;
}

function metadata(interaction: Interaction, replied?: Post): InteractionMetadata {
  const { id, kind, person, owners, pressed, targetId } = interaction;
  return {
    id,
    type: kind,
    user: person.user,
    authorizing_integration_owners: owners,
    ...(replied ? { original_response_message_id: replied.message.id } : {}),
    ...(pressed ? { interacted_message_id: pressed.message.id } : {}),
    ...(targetId ? { target_message_id: targetId } : {}),
  };
}

function done(interaction: Interaction, kind: 'message' | 'update', { message }: Post): void {
  interaction.settled.resolve({ kind, message, private: isPrivate(message) });
}
