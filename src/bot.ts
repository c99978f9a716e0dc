import { Client, DefaultRestOptions, Events, Options, Routes, Status } from 'discord.js';
import { AgeRestrictions } from './age-restrictions.ts';
import { withArrival } from './arrival.ts';
import { createCardPainter } from './card/painter.ts';
import { type Clock, systemClock } from './clock.ts';
import { UserError } from './command.ts';
import { createConnection } from './connection.ts';
import { surviveDispatches } from './dispatches.ts';
import { type LimitSizes, Limits, USUAL_LIMITS } from './limits.ts';
import type { Log } from './log.ts';
import { type Meter, unmetered } from './meter.ts';
import { impatience, withRetryAfter } from './rate-limits.ts';
import { Problems } from './reading/problems.ts';
import { Readings } from './reading/readings.ts';
import type { Reading } from './reading/record.ts';
import { openRecords } from './reading/records.ts';
import type { Store } from './reading/store.ts';
import { troubleOf } from './reading/trouble.ts';
import { refusalOf } from './refusal.ts';
import { createRouter } from './router.ts';
import { ChannelPosts } from './schedule/posting.ts';
import { Processes, type ProcessRecord } from './schedule/processes.ts';
import { type ScheduledTurnContext, takeScheduledTurn } from './schedule/scheduled-turn.ts';
import { Scheduler } from './schedule/scheduler.ts';
import { SentChannels } from './sent-channels.ts';
import { type ShardRange, shardsOf } from './shards.ts';
import type { Library } from './story/library.ts';
import { Upkeep } from './upkeep.ts';
import { silent, Webhook } from './webhook.ts';

/** For how long rate limits may hold up a request to a channel, in ms. */
const CHANNEL_WAIT = 15_000;

export interface BotOptions {
  readonly library: Library;
  readonly store: Store;
  readonly log: Log;
  /** Base of Discord's REST API, without the version. */
  readonly apiUrl: string;
  readonly clock?: Clock;
  readonly meter?: Meter;
  readonly limits?: LimitSizes;
  /** The shards that this process runs; without it, all that Discord recommends. */
  readonly shards?: ShardRange | undefined;
  /**
   * Whether other processes can use the store too: they then tell each other that they live. Where
   * none can, no interaction is claimed.
   */
  readonly isStoreShared?: boolean;
}

export interface Bot {
  /**
   * Connects, and resolves when Discord has said READY to every shard; from the first on, readers
   * are answered, schedules told, and turns that a crash left behind settled. Throws what discord.js
   * throws when the token or the connection is refused.
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
  const { library, store, log, apiUrl, shards, isStoreShared } = options;
  const { clock = systemClock, meter = unmetered } = options;
  const client = new Client({
    // Said in so many words, since discord.js would read SHARDS from the environment as JSON.
    shards: shards === undefined ? 'auto' : shardsOf(shards),
    ...(shards && { shardCount: shards.count }),
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
      makeRequest: withRetryAfter(withArrival(DefaultRestOptions.makeRequest)),
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
  const { channels, claims, goThrough, ...records } = openRecords(
    store,
    (err, namespace, key) =>
      log.error({ err, namespace, key }, 'a record cannot be read and is left as it is'),
    meter.accessed,
  );
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
    clock,
    isMine: (guildId) => upkeep.isMine(guildId),
    tell: (channelId) => takeScheduledTurn(channelId, scheduledContext),
  });
  const readings = new Readings({
    channels,
    library,
    answers: webhook,
    posts,
    onSaved: (channel, reading) => scheduler.note(channel, reading),
    onTurn: (outcome) =>
      meter.turn(typeof outcome === 'string' ? outcome : refusalOf(outcome.error)),
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
      // Nobody else can have them.
      claims: isStoreShared === false ? { async take() {} } : claims,
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
  const processes = isStoreShared
    ? new Processes({
        records: store.namespace<ProcessRecord>('processes'),
        clock,
        onGone: () => upkeep.run(),
        onTrouble: (err) => log.warn({ err }, 'the other processes are not heard'),
      })
    : undefined;
  const upkeep = new Upkeep({ clock, log, goThrough, readings, scheduler, processes });

  surviveDispatches(client, log);
  client.on(Events.Raw, (packet: unknown) => sentChannels.note(packet));
  client.on(Events.InteractionCreate, (interaction) => {
    if (interaction.guildId !== null) upkeep.hear(interaction.guildId);
    void router.handle(interaction);
  });
  client.on(Events.Error, (err) => log.error({ err }, 'the client reports an error'));
  client.on(Events.Warn, (warning) => log.warn(warning));
  client.on(Events.ShardReconnecting, () => meter.reconnecting());
  const connection = createConnection({
    client,
    log,
    onListed: (guildIds, shard) => upkeep.list(guildIds, shard),
    onFirstReady(range) {
      scheduler.start();
      processes?.start(range);
      upkeep.start(range);
    },
    onAllReady: () => upkeep.tidy(),
  });

  return {
    disconnected: connection.disconnected,
    start: (token) => connection.open(token),
    gateway() {
      const { shards: all } = client.ws;
      const connected = all.filter(({ status }) => status === Status.Ready);
      return { shards: all.size, connected: connected.size };
    },
    async stop(patience) {
      scheduler.stop();
      processes?.stop();
      upkeep.stop();
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
