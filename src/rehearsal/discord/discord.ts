/** Discord in miniature, on loopback: its REST API, its gateway, and the people who use it. */

import { EventEmitter, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { applicationRoutes, type IntegrationTypes } from './application-routes.ts';
import { channelRoutes } from './channel-routes.ts';
import { createRegistry } from './commands.ts';
import { createFaults, type Fault, type FaultOptions } from './faults.ts';
import { createGateway, type Gateway } from './gateway.ts';
import { createHttp, isLocal } from './http.ts';
import { interactionRoutes } from './interaction-routes.ts';
import { expire, type Interaction } from './interactions.ts';
import { interactionPayload } from './payload.ts';
import { createPlaces, type Places } from './places.ts';
import { createReader, type Reader } from './reader.ts';
import type { RequestRecord } from './requests.ts';
import { createSessionStarts, type SessionStartOptions } from './session-starts.ts';
import { isOfShard, type Shard } from './shards.ts';
import { type Falsy, waitFor } from './waiting.ts';
import type { Message } from './wire.ts';
import { channelObject, guildObject } from './wire-objects.ts';
import {
  botIsIn,
  type Channel,
  ChannelKind,
  createWorld,
  isPrivate,
  type Person,
  type StoredFile,
  visible,
} from './world.ts';

/** How long Discord waits for a callback, in ms: docs.discord.com, "Responding to an Interaction". */
const RESPOND_WITHIN = 3000;
const Intent = { guilds: 1 << 0, guildMessages: 1 << 9, directMessages: 1 << 12 } as const;

export interface DiscordOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Sets the ids of the world's places and people: the same seed, the same ids. */
  readonly worldSeed?: string;
  /** The time, in ms since 1970. Interaction tokens expire by it. */
  readonly now?: () => number;
  /** Ms the bot has for a callback. */
  readonly respondWithin?: number;
  readonly integrationTypes?: IntegrationTypes;
  /** How many shards Discord recommends; 1 if not said. */
  readonly shards?: number;
  readonly sessionStarts?: SessionStartOptions;
}

export interface DiscordEvents {
  message: [Message];
  edit: [Message];
  delete: [Message];
  /** With its payload as the gateway carries it. */
  interaction: [Interaction, object];
  /** A REST request has been answered, or never will be. */
  request: [RequestRecord];
  /** Anything at all happened; also a request that arrived, and a bot that came or went. */
  change: [];
}

export interface Discord extends Places<Reader> {
  /** For DISCORD_API_URL: the client adds /v10. */
  readonly url: string;
  readonly token: string;
  readonly application: { readonly id: string };
  readonly events: EventEmitter<DiscordEvents>;
  /** Every request, in the order of arrival. */
  readonly requests: readonly RequestRecord[];
  readonly unknownRoutes: readonly string[];
  readonly gateway: Gateway;
  /** A channel's messages, oldest first; a reader's own ephemeral ones only with that reader. */
  messages(channel: Channel, asUser?: Reader): Message[];
  /** What was uploaded as the attachment with this id. */
  file(id: string): StoredFile | undefined;
  /** The commands the bot has registered globally, as GET gives them with localizations. */
  commands(): object[];
  fail(options: FaultOptions): Fault;
  /** Resolves with what the condition gives once that is truthy; looked at on every change. */
  waitFor<Value>(condition: () => Value, limit?: number): Promise<Exclude<Value, Falsy>>;
  /** Resolves when a bot is connected and has got READY. */
  connected(limit?: number): Promise<void>;
  /** What /applications/@me allows from now on. */
  allow(types: IntegrationTypes): void;
  stop(): Promise<void>;
}

/** Starts it on 127.0.0.1. Rejects when the port is taken. */
export async function startDiscord(options: DiscordOptions = {}): Promise<Discord> {
  const { port = 0, worldSeed = 'lamplight', now = Date.now } = options;
  const { respondWithin = RESPOND_WITHIN, shards = 1 } = options;
  const starts = createSessionStarts(options.sessionStarts);
  let integrationTypes: IntegrationTypes = options.integrationTypes ?? ['0', '1'];
  const world = createWorld(now, worldSeed);
  const token = `${Buffer.from(world.applicationId).toString('base64url')}.rehear.${'sal'.repeat(9)}`;
  const events = new EventEmitter<DiscordEvents>();
  events.setMaxListeners(0);
  const requests: RequestRecord[] = [];
  const unknownRoutes: string[] = [];
  const byToken = new Map<string, Interaction>();
  const faults = createFaults();
  let origin = '';
  const gatewayUrl = () => `${origin.replace('http', 'ws')}/gateway`;
  const registry = createRegistry({
    applicationId: world.applicationId,
    nextId: world.nextId,
    integrationTypes: () => integrationTypes.map(Number),
  });
  const change = () => void events.emit('change');

  const gateway = createGateway({
    token,
    url: gatewayUrl,
    starts,
    ready: (shard) => ({
      user: { ...world.bot, verified: true, mfa_enabled: false, email: null },
      user_settings: {},
      session_type: 'normal',
      private_channels: [],
      relationships: [],
      presences: [],
      guilds: installed(shard).map(({ id }) => ({ id, unavailable: true })),
      application: { id: world.applicationId, flags: 0 },
    }),
    guilds: (shard) => installed(shard).map((guild) => guildObject(world, guild)),
    onChange: change,
  });
  const installed = (shard: Shard) =>
    [...world.guilds.values()].filter(
      ({ id, botInstalled }) => botInstalled && isOfShard(shard, id),
    );

  const http = createHttp({
    token,
    now,
    faults,
    routes: [
      ...interactionRoutes(world, byToken),
      ...channelRoutes(world),
      ...applicationRoutes({
        world,
        registry,
        gateway: () => ({ url: gatewayUrl(), shards, session_start_limit: starts.limit() }),
        integrationTypes: () => integrationTypes,
      }),
    ],
    onRequest(request) {
      requests.push(request);
      change();
    },
    onReply(request) {
      events.emit('request', request);
      change();
    },
    onUnknown: (route) => void unknownRoutes.push(route),
  });
  http.on('upgrade', (request, socket, head) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (isLocal(request) && /^\/gateway\/?$/.test(pathname)) gateway.upgrade(request, socket, head);
    else socket.destroy();
  });

  function deliver(interaction: Interaction, data: object): void {
    byToken.set(interaction.token, interaction);
    const timer = setTimeout(() => {
      if (expire(interaction)) change();
    }, respondWithin);
    timer.unref();
    interaction.settled.promise.then(() => clearTimeout(timer));
    const payload = interactionPayload(world, interaction, data);
    events.emit('interaction', interaction, payload);
    gateway.dispatch('INTERACTION_CREATE', payload);
    change();
  }

  world.changes.on('message', (message) => told('message', 'MESSAGE_CREATE', message));
  world.changes.on('edit', (message) => told('edit', 'MESSAGE_UPDATE', message));
  world.changes.on('delete', (message) => told('delete', 'MESSAGE_DELETE', message));

  world.changes.on('channel', (channel) => {
    if (!channel.guild?.botInstalled) return;
    const event = channel.type === ChannelKind.thread ? 'THREAD_CREATE' : 'CHANNEL_CREATE';
    gateway.dispatch(event, channelObject(channel), Intent.guilds);
  });

  function told(event: 'message' | 'edit' | 'delete', dispatch: string, message: Message): void {
    const channel = world.channels.get(message.channel_id);
    if (channel && botIsIn(channel) && !isPrivate(message)) {
      const guild = channel.guild ? { guild_id: channel.guild.id } : {};
      const gone = { id: message.id, channel_id: message.channel_id, ...guild };
      // Without the Message Content intent, the text of others' messages stays away.
      const foreign = message.author.id !== world.bot.id;
      const hidden = foreign && channel.guild ? { content: '', components: [], embeds: [] } : {};
      const data = event === 'delete' ? gone : { ...message, ...hidden, ...guild };
      gateway.dispatch(
        dispatch,
        data,
        channel.guild ? Intent.guildMessages : Intent.directMessages,
      );
    }
    events.emit(event, message);
    change();
  }

  const readers = new Map<Person, Reader>();
  const places = createPlaces(world, worldSeed, (person) => {
    const reader = readers.get(person) ?? createReader(world, registry, person, deliver);
    readers.set(person, reader);
    return reader;
  });

  http.listen(port, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address() as AddressInfo; // A TCP server's address is never a string.
  origin = `http://127.0.0.1:${address.port}`;

  return {
    ...places,
    url: `${origin}/api`,
    token,
    application: { id: world.applicationId },
    events,
    requests,
    unknownRoutes,
    gateway,
    messages: (channel, asUser) => visible(channel, asUser?.id),
    file: (id) => world.files.get(id),
    commands: () => registry.list(undefined, true),
    fail: (fault) => faults.add(fault),
    waitFor: (condition, limit) => waitFor(events, condition, limit),
    async connected(limit) {
      await waitFor(events, () => gateway.online, limit);
    },
    allow(types) {
      integrationTypes = types;
    },
    async stop() {
      gateway.stop();
      http.close();
      http.closeAllConnections();
      for (const interaction of byToken.values()) expire(interaction);
      await once(http, 'close');
    },
  };
}
