import {
  type Client,
  DiscordAPIError,
  Events,
  GatewayCloseCodes,
  GatewayDispatchEvents,
  type GatewayDispatchPayload,
  HTTPError,
  Status,
} from 'discord.js';
import type { Log } from './log.ts';
import type { ShardRange } from './shards.ts';

/** Discord ended the connection and would not take it up again, or could not open one. */
export class DisconnectedError extends Error {}

export interface ConnectionOptions {
  readonly client: Client;
  readonly log: Log;
  /** A shard's READY: the servers it lists, and which shard of how many it is. */
  readonly onListed: (guildIds: readonly string[], shard: readonly [number, number]) => void;
  /** One of this process's shards is ready, for the first time. */
  readonly onFirstReady: (range: ShardRange) => void;
  /** All of its shards are, again. */
  readonly onAllReady: () => void;
}

export interface Connection {
  /** Resolves when all shards of this process are ready. Throws what discord.js throws. */
  open(token: string): Promise<Client<true>>;
  /** Rejects with a `DisconnectedError` when Discord ends a shard's connection for good. */
  readonly disconnected: Promise<never>;
}

/** The client's connections to Discord's gateway, one a shard. */
export function createConnection(options: ConnectionOptions): Connection {
  const { client, log, onListed, onFirstReady, onAllReady } = options;
  const allReady = Promise.withResolvers<void>();
  let range: ShardRange | undefined;
  let isFirst = true;

  const noteReady = () => {
    if (!client.ws.shards.every(({ status }) => status === Status.Ready)) return;
    allReady.resolve();
    onAllReady();
  };

  client.on(Events.Raw, (packet: GatewayDispatchPayload) => {
    if (packet.t !== GatewayDispatchEvents.Ready) return;
    const { guilds, shard = [0, 1] } = packet.d;
    const ids = [...client.ws.shards.keys()];
    range = { first: Math.min(...ids), last: Math.max(...ids), count: shard[1] };
    // discord.js would keep every interaction back until the last shard is ready, at five seconds a
    // shard, and for good where one has to resume meanwhile (discordjs/discord.js#10485). Discord
    // gives an answer three.
    client.ws.status = Status.Ready;
    onListed(
      guilds.map(({ id }) => id),
      shard,
    );
  });
  client.on(Events.ShardReady, (shard, unavailable) => {
    // READY lists every server, and discord.js would keep an object of each, and the list.
    client.guilds.cache.clear();
    unavailable?.clear();
    if (client.ws.shards.size > 1) log.info({ shard }, 'a shard is ready');
    if (isFirst && range !== undefined) onFirstReady(range);
    isFirst = false;
    noteReady();
  });
  client.on(Events.ShardReconnecting, (shard) => log.debug({ shard }, 'reconnecting'));
  client.on(Events.ShardResume, (shard) => {
    log.info({ shard }, 'resumed');
    noteReady();
  });

  const disconnected = new Promise<never>((_, reject) => {
    client.on(Events.ShardDisconnect, ({ code }) => {
      reject(new DisconnectedError(closedForGood(code)));
    });
  });
  disconnected.catch(() => {});

  return {
    disconnected,
    async open(token) {
      await Promise.race([client.login(token), disconnected]).catch((cause: unknown) => {
        const reason = isOutOfOrder(cause) ? OUT_OF_ORDER : tooManyStarts(cause);
        throw reason === undefined ? cause : new DisconnectedError(reason, { cause });
      });
      await Promise.race([allReady.promise, disconnected]);
      if (!client.isReady()) throw new Error('the client was stopped before it was ready');
      return client;
    },
  };
}

function closedForGood(code: number): string {
  const isOfShards =
    code === GatewayCloseCodes.InvalidShard || code === GatewayCloseCodes.ShardingRequired;
  const advice = isOfShards
    ? 'leave SHARDS and SHARD_COUNT out, or take as many shards as Discord asks for or a multiple of that.'
    : 'check DISCORD_TOKEN and the application in the Discord Developer Portal.';
  return `Discord closed the connection for good (${code}): ${advice}`;
}

const OUT_OF_ORDER =
  'Discord is out of order just now or did not answer in time: see discordstatus.com, and start me again in a while.';

function isOutOfOrder(error: unknown): boolean {
  const isTimeout = error instanceof Error && error.name === 'AbortError';
  return isTimeout || error instanceof HTTPError || error instanceof DiscordAPIError;
}

/**
 * Where Discord's daily limit of sessions leaves too few. Whoever goes beyond it loses the token, so
 * discord.js does not try; it says so by an error that has no code.
 */
function tooManyStarts(error: unknown): string | undefined {
  const pattern = /^Not enough sessions remaining to spawn (\d+) .* only (\d+) .* resets at (.+)$/;
  const [, wanted, left, time] = (error instanceof Error && pattern.exec(error.message)) || [];
  if (time === undefined) return undefined;
  return `Discord takes ${wanted} new sessions, one a shard, from this bot only after ${time} (${left} are left until then): find out what restarts it so often, and start me again at that time.`;
}
