import {
  Client,
  DefaultRestOptions,
  DiscordAPIError,
  Events,
  GatewayDispatchEvents,
  type GatewayDispatchPayload,
  HTTPError,
  Options,
  Routes,
  Status,
} from 'discord.js';
import { AgeRestrictions } from './age-restrictions.ts';
import { createCardPainter } from './card/painter.ts';
import { type Clock, systemClock } from './clock.ts';
import { UserError } from './command.ts';
import { surviveDispatches } from './dispatches.ts';
import { type LimitSizes, Limits, USUAL_LIMITS } from './limits.ts';
import type { Log } from './log.ts';
import { type Meter, unmetered } from './meter.ts';
import { impatience, withRetryAfter } from './rate-limits.ts';
import { missingFrom } from './reading/gone-guilds.ts';
import { Problems } from './reading/problems.ts';
import { Readings } from './reading/readings.ts';
import type { Reading } from './reading/record.ts';
import { openRecords } from './reading/records.ts';
import type { Store } from './reading/store.ts';
import { troubleOf } from './reading/trouble.ts';
import { refusalOf } from './refusal.ts';
import { createRouter } from './router.ts';
import { ChannelPosts } from './schedule/posting.ts';
import { type ScheduledTurnContext, takeScheduledTurn } from './schedule/scheduled-turn.ts';
import { Scheduler } from './schedule/scheduler.ts';
import { SentChannels } from './sent-channels.ts';
import type { Library } from './story/library.ts';
import { silent, Webhook } from './webhook.ts';

/** For how long rate limits may hold up a request to a channel, in ms. */
const CHANNEL_WAIT = 15_000;

/** Discord ended the connection and would not take it up again, or could not open one. */
export class DisconnectedError extends Error {}

export interface BotOptions {
  readonly library: Library;
  readonly store: Store;
  readonly log: Log;
  /** Base of Discord's REST API, without the version. */
  readonly apiUrl: string;
  readonly clock?: Clock;
  readonly meter?: Meter;
  readonly limits?: LimitSizes;
}

export interface Bot {
  /**
   * Connects, and resolves when Discord says READY. Turns that a crash left behind are settled
   * from then on. Throws what discord.js throws when the token or the connection is refused.
   */
  start(token: string): Promise<Client<true>>;
  /** Rejects with a `DisconnectedError` when Discord ends the connection for good. */
  readonly disconnected: Promise<never>;
  /** This process's shards, none before `start`, and how many of them are connected. */
  gateway(): { readonly shards: number; readonly connected: number };
  /** Finishes the turns under way, as far as `patience` ms allow, and disconnects. */
  stop(patience: number): Promise<void>;
}

/** The bot: the one client, and what it works with, put together. */
export function createBot(options: BotOptions): Bot {
  const { library, store, log, apiUrl, clock = systemClock, meter = unmetered } = options;
  const client = new Client({
    // Interactions come without any intent, and all that the commands need is in them. `Guilds`
    // would send every channel and role of every server to be kept in memory (tests/bench/intents).
    intents: [],
    allowedMentions: { parse: [] },
    // Nothing is ever looked up among these; kept, they would grow with every reader.
    makeCache: Options.cacheWithLimits({
      GuildMemberManager: 0,
      MessageManager: 0,
      UserManager: 0,
    }),
    rest: {
      api: apiUrl,
      version: '10',
      makeRequest: withRetryAfter(DefaultRestOptions.makeRequest),
      // A channel's turn waits for its post; all else, such as the list of commands, can wait.
      rejectOnRateLimit: impatience((route) =>
        route.startsWith('/channels/') ? CHANNEL_WAIT : Number.POSITIVE_INFINITY,
      ),
    },
    closeTimeout: 500,
  });
  const webhook = new Webhook({
    apiUrl,
    applicationId: () => {
      if (client.application === null) throw new Error('the client is not ready yet');
      return client.application.id;
    },
    editInChannel: (channelId, messageId, body) =>
      client.rest.patch(Routes.channelMessage(channelId, messageId), { body: silent(body) }),
    onTrouble: (err, channel, what) => log.debug({ err, channel }, what),
  });
  const { channels, deleteGone, ...records } = openRecords(store);
  const { finished, toldMessages } = records;
  const note = (channelId: string, reading: Reading) =>
    reading.ended === undefined
      ? toldMessages.note(channelId, reading)
      : finished.add(channelId, reading);
  const problems = new Problems(clock.now());
  const onTrouble = (err: unknown, channel: string, what: string) => {
    log.warn({ err, channel }, what);
    // A refusal of ours: nothing is wrong.
    if (err instanceof UserError) return;
    const trouble = troubleOf(err);
    // What is no error of ours here is Discord's: it did not answer, or not as it should.
    problems.note(channel, trouble === 'bug' ? 'unsettled' : trouble, clock.now());
  };
  const posts = new ChannelPosts({
    rest: client.rest,
    botId: () => {
      if (client.user === null) throw new Error('the client is not ready yet');
      return client.user.id;
    },
    clock,
  });
  const scheduler = new Scheduler({
    channels,
    clock,
    tell: (channelId) => takeScheduledTurn(channelId, scheduledContext),
    onTrouble: (err) => log.error({ err }, 'the schedules are not read yet'),
  });
  const readings = new Readings({
    channels,
    library,
    answers: webhook,
    posts,
    onSaved: (channel, reading) => scheduler.note(channel, reading),
    onTurn: (outcome) =>
      meter.turn(typeof outcome === 'string' ? outcome : refusalOf(outcome.error)),
    onAccess: meter.accessed,
    async onTold(channel, reading) {
      const { story, position: passage, message } = reading ?? {};
      log.debug({ channel, story, passage, message: message?.id }, 'told');
      problems.over(channel, clock.now());
      if (reading === undefined) return;
      await note(channel, reading).catch((err: unknown) => log.warn({ err, channel }, 'not noted'));
    },
    onTrouble,
  });
  const ageRestrictions = new AgeRestrictions(client.rest, clock);
  const sentChannels = new SentChannels();
  const scheduledContext: ScheduledTurnContext = {
    ...records,
    ageRestrictionOf: (channelId) => ageRestrictions.now(channelId),
    clock,
    library,
    log,
    posts,
    readings,
    onNotDue: (channel, reading) => scheduler.note(channel, reading),
    onTrouble,
  };
  const painter = createCardPainter();
  const cards: Pick<typeof painter, 'paint'> = {
    paint: (card) =>
      painter.paint(card).catch((err: unknown) => {
        log.warn({ err }, 'a card was not painted; the line is quoted as text');
        return undefined;
      }),
  };
  const limits = new Limits(clock, options.limits ?? USUAL_LIMITS);
  const router = createRouter(
    {
      library,
      readings,
      ...records,
      ageRestrictions,
      sentChannels,
      cards,
      clock,
      limits,
      problems,
    },
    webhook,
    log,
    meter,
  );
  let isStopping = false;

  surviveDispatches(client, log);
  client.on(Events.Raw, (packet: unknown) => sentChannels.note(packet));
  client.on(Events.InteractionCreate, (interaction) => void router.handle(interaction));
  client.on(Events.Error, (err) => log.error({ err }, 'the client reports an error'));
  client.on(Events.Warn, (warning) => log.warn(warning));
  client.on(Events.ShardReconnecting, (shard) => {
    meter.reconnecting();
    log.debug({ shard }, 'reconnecting');
  });
  // The client's own list of servers would go on holding those that left while it was away.
  client.on(Events.Raw, (packet: GatewayDispatchPayload) => {
    if (packet.t !== GatewayDispatchEvents.Ready) return;
    const { guilds, shard = [0, 1] } = packet.d;
    const listed = guilds.map(({ id }) => id);
    deleteGone(missingFrom(listed, shard)).then(
      (count) => log.info({ deleted: count }, 'servers that removed the bot are tidied up'),
      (err: unknown) => log.error({ err }, 'servers that are gone are not tidied up'),
    );
  });
  // READY lists every server, and discord.js would keep an object of each, and of each reader there.
  client.on(Events.ShardReady, () => client.guilds.cache.clear());
  client.on(Events.ShardResume, (shard) => log.info({ shard }, 'resumed'));

  const disconnected = new Promise<never>((_, reject) => {
    client.on(Events.ShardDisconnect, ({ code }) => {
      if (isStopping) return;
      const advice = 'check DISCORD_TOKEN and the application in the Discord Developer Portal.';
      reject(new DisconnectedError(`Discord closed the connection for good (${code}): ${advice}`));
    });
  });
  disconnected.catch(() => {});

  return {
    disconnected,
    gateway() {
      const { shards } = client.ws;
      const connected = shards.filter(({ status }) => status === Status.Ready);
      return { shards: shards.size, connected: connected.size };
    },
    async start(token) {
      const ready = new Promise<Client<true>>((resolve) =>
        client.once(Events.ClientReady, resolve),
      );
      await Promise.race([client.login(token), disconnected]).catch((cause: unknown) => {
        throw isOutOfOrder(cause) ? new DisconnectedError(OUT_OF_ORDER, { cause }) : cause;
      });
      const readyClient = await Promise.race([ready, disconnected]);
      readings
        .settleAll()
        .catch((err: unknown) => log.error({ err }, 'what a crash left behind is not settled'));
      void scheduler.start();
      return readyClient;
    },
    async stop(patience) {
      isStopping = true;
      scheduler.stop();
      const limit = Promise.withResolvers<void>();
      const timer = setTimeout(limit.resolve, patience);
      const idle = router.close().then(() => readings.idle());
      await Promise.race([idle, limit.promise]);
      clearTimeout(timer);
      await painter.close();
      await client.destroy();
    },
  };
}

const OUT_OF_ORDER =
  'Discord is out of order just now or did not answer in time: see discordstatus.com, and start me again in a while.';

function isOutOfOrder(error: unknown): boolean {
  const isTimeout = error instanceof Error && error.name === 'AbortError';
  return isTimeout || error instanceof HTTPError || error instanceof DiscordAPIError;
}
