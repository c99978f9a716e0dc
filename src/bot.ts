import {
  type AutocompleteInteraction,
  Client,
  DiscordAPIError,
  Events,
  GatewayDispatchEvents,
  type GatewayDispatchPayload,
  HTTPError,
  type Interaction,
  Options,
  type RepliableInteraction,
  Routes,
} from 'discord.js';
import { commands } from '../commands/index.ts';
import { Answer } from './answer.ts';
import { createCardPainter } from './card/painter.ts';
import { type AnswerContext, type Context, UserError } from './command.ts';
import type { Log } from './log.ts';
import { troubleText } from './message/trouble.ts';
import { Finished, type FinishedRecord } from './reading/finished.ts';
import { deleteGone, missingFrom } from './reading/gone-guilds.ts';
import { KeptLines, type KeptRecord } from './reading/kept.ts';
import { Readings } from './reading/readings.ts';
import type { ChannelRecord } from './reading/record.ts';
import type { Store } from './reading/store.ts';
import { ToldMessages, type ToldRecord } from './reading/told-messages.ts';
import type { Library } from './story/library.ts';
import { silent, Webhook } from './webhook.ts';
import { wordsFor } from './words/words.ts';

/** Discord ended the connection and would not take it up again, or could not open one. */
export class DisconnectedError extends Error {}

export interface BotOptions {
  readonly library: Library;
  readonly store: Store;
  readonly log: Log;
  /** Base of Discord's REST API, without the version. */
  readonly apiUrl: string;
}

export interface Bot {
  /**
   * Connects, and resolves when Discord says READY. Turns that a crash left behind are settled
   * from then on. Throws what discord.js throws when the token or the connection is refused.
   */
  start(token: string): Promise<Client<true>>;
  /** Rejects with a `DisconnectedError` when Discord ends the connection for good. */
  readonly disconnected: Promise<never>;
  /** Finishes the turns under way, as far as `patience` ms allow, and disconnects. */
  stop(patience: number): Promise<void>;
}

const commandsByName = new Map(commands.map((command) => [command.data.name, command]));

/** The bot: the one client, the router, and the one place where errors end. */
export function createBot({ library, store, log, apiUrl }: BotOptions): Bot {
  const client = new Client({
    // Interactions come without any intent, and all that the commands need is in them. `Guilds`
    // would send every channel and role of every server to be kept in memory (tests/bench/intents).
    intents: [],
    allowedMentions: { parse: [] },
    // Nothing is ever looked up among these; kept, they would grow with every reader.
    makeCache: Options.cacheWithLimits({ MessageManager: 0, UserManager: 0 }),
    rest: { api: apiUrl, version: '10' },
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
  const channels = store.namespace<ChannelRecord>('channels');
  const told = store.namespace<ToldRecord>('told');
  const finishedStories = store.namespace<FinishedRecord>('finished');
  const keptLines = store.namespace<KeptRecord>('kept');
  const toldMessages = new ToldMessages(told);
  const finished = new Finished(finishedStories);
  const kept = new KeptLines(keptLines);
  const readings = new Readings({
    channels,
    library,
    answers: webhook,
    onTold(channel, reading) {
      log.debug({ channel, story: reading?.story, passage: reading?.position }, 'told');
      if (reading === undefined) return;
      const noted =
        reading.ended === undefined
          ? toldMessages.note(channel, reading)
          : finished.add(channel, reading);
      noted.catch((err: unknown) => log.warn({ err, channel }, 'not noted'));
    },
    onTrouble: (err, channel, what) => log.warn({ err, channel }, what),
  });
  const painter = createCardPainter();
  const cards: AnswerContext['cards'] = {
    paint: (card) =>
      painter.paint(card).catch((err: unknown) => {
        log.warn({ err }, 'a card was not painted; the line is quoted as text');
        return undefined;
      }),
  };
  let isStopping = false;

  client.on(Events.InteractionCreate, (interaction) => {
    handle(interaction).catch((err: unknown) => log.error({ err }, 'an interaction failed'));
  });
  client.on(Events.Error, (err) => log.error({ err }, 'the client reports an error'));
  client.on(Events.Warn, (warning) => log.warn(warning));
  client.on(Events.ShardReconnecting, (shard) => log.info({ shard }, 'reconnecting'));
  // The client's own list of servers would go on holding those that left while it was away.
  client.on(Events.Raw, (packet: GatewayDispatchPayload) => {
    if (packet.t !== GatewayDispatchEvents.Ready) return;
    const { guilds, shard = [0, 1] } = packet.d;
    deleteGoneGuilds(
      guilds.map(({ id }) => id),
      shard,
    ).catch((err: unknown) => log.error({ err }, 'servers that are gone are not tidied up'));
  });
  client.on(Events.ShardResume, (shard) => log.info({ shard }, 'resumed'));

  async function handle(interaction: Interaction): Promise<void> {
    const words = wordsFor(interaction.locale);
    const context: Context = { library, readings, toldMessages, finished, kept, cards, words };
    if (interaction.isAutocomplete()) return await complete(interaction, context);
    if (!interaction.isRepliable()) return;

    const roomWords = wordsFor(interaction.guildLocale ?? interaction.locale);
    const answer = new Answer(webhook, {
      id: interaction.id,
      token: interaction.token,
      ...(interaction.isMessageComponent() && {
        pressed: interaction.message.id,
        key: interaction.customId,
      }),
    });
    try {
      if (isStopping) throw new UserError(words('trouble.stopping'));
      await route(interaction, { ...context, answer, roomWords });
    } catch (error) {
      if (!(error instanceof UserError)) log.error({ err: error }, 'an answer failed');
      const content = error instanceof UserError ? error.message : troubleText(error, words);
      await answer.whisper({ content, components: [] });
    }
  }

  /** What is stored for servers that have removed the bot goes. */
  async function deleteGoneGuilds(listed: readonly string[], shard: readonly [number, number]) {
    const isGone = missingFrom(listed, shard);
    const deleted = [
      await deleteGone(channels, isGone),
      await deleteGone(told, isGone),
      await deleteGone(finishedStories, isGone),
      await deleteGone(keptLines, isGone),
    ];
    const count = deleted.reduce((sum, some) => sum + some);
    if (count > 0)
      log.info({ records: count }, 'deleted what was stored for servers that are gone');
  }

  async function complete(interaction: AutocompleteInteraction, context: Context): Promise<void> {
    const command = commandsByName.get(interaction.commandName);
    const isTyped = command !== undefined && 'autocomplete' in command;
    const choices = await (isTyped
      ? command.autocomplete?.(interaction, context)
      : undefined
    )?.catch((err: unknown) => {
      log.error({ err }, 'an autocomplete failed');
      return [];
    });
    await interaction.respond(choices ?? []).catch((err: unknown) => {
      // Whoever types on does not wait for older choices, and neither does Discord.
      log.debug({ err }, 'choices came too late');
    });
  }

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
      return readyClient;
    },
    async stop(patience) {
      isStopping = true;
      const limit = Promise.withResolvers<void>();
      const timer = setTimeout(limit.resolve, patience);
      await Promise.race([readings.idle(), limit.promise]);
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

/** Finds whose interaction it is: a command by its name, a button by its custom id's first part. */
async function route(interaction: RepliableInteraction, context: AnswerContext): Promise<void> {
  const { words } = context;
  if (interaction.isChatInputCommand()) {
    const command = commandsByName.get(interaction.commandName);
    if (!command || !('execute' in command)) throw new UserError(words('refusal.unknownCommand'));
    await command.execute(interaction, context);
  } else if (interaction.isMessageContextMenuCommand()) {
    const command = commandsByName.get(interaction.commandName);
    if (!command || !('onMessage' in command)) throw new UserError(words('refusal.unknownCommand'));
    await command.onMessage(interaction, context);
  } else if (interaction.isMessageComponent()) {
    const [, name = '', state = ''] = /^([^:]*):(.*)$/s.exec(interaction.customId) ?? [];
    const command = commandsByName.get(name);
    if (!command || !('press' in command)) throw new UserError(words('refusal.unknownButton'));
    await command.press?.(interaction, context, state);
  } else {
    throw new UserError(words('refusal.unknownCommand'));
  }
}
