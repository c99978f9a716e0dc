import { DiscordjsErrorCodes } from 'discord.js';
import { config as readDotenv } from 'dotenv';
import { destination } from 'pino';
import { commands } from '../commands/index.ts';
import { type Bot, createBot } from './bot.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { DisconnectedError } from './connection.ts';
import type { HealthAddress } from './health/health.ts';
import type { Watched } from './health/readiness.ts';
import { IndexError } from './library/index-error.ts';
import { openLibrary } from './library/open.ts';
import { indexPlace } from './library/place.ts';
import { StoryDirError } from './library/problem.ts';
import { createLog } from './log.ts';
import { passwordsIn } from './reading/server-url.ts';
import { openStore } from './reading/store.ts';
import { StoreError } from './reading/store-error.ts';
import { inviteLink, register } from './register.ts';
import { striker } from './secrets.ts';

/** A supervisor's patience is five seconds; of those, turns under way may take this much, in ms. */
const TURN_PATIENCE = 3500;
const EXIT_PATIENCE = 4500;

/** Runs Lamplight with the settings of `.env` and of `env`, which win. Ends the process itself. */
export async function run(env: NodeJS.ProcessEnv): Promise<void> {
  const fileSettings: Record<string, string> = {};
  readDotenv({ quiet: true, processEnv: fileSettings });
  const settings = { ...fileSettings, ...env };
  const token = settings['DISCORD_TOKEN']?.trim() ?? '';
  const secrets = [token, ...passwordsIn(settings['STORE_URL'] ?? '')];
  const strike = striker(secrets);
  /** Ends the process with one sentence for whoever runs it; of a bug, with the whole of it. */
  const fail = (error: unknown): never => {
    process.stderr.write(`${strike(explain(error))}\n`);
    process.exit(1);
  };
  try {
    await start(readConfig(settings), secrets, fail);
  } catch (error) {
    fail(error);
  }
}

async function start(
  config: Config,
  secrets: readonly string[],
  fail: (error: unknown) => never,
): Promise<void> {
  const { token, apiUrl } = config;
  // In the rehearsal standard output is the channel.
  const log = createLog(config.logLevel, secrets, destination(token ? 1 : 2));
  process.on('unhandledRejection', (err) => log.error({ err }, 'a rejection nobody handled'));
  process.on('uncaughtException', (err) => {
    log.fatal({ err }, 'an error nobody caught');
    process.exit(1);
  });

  const store = await openStore(config.storeUrl, {
    onConnection(err) {
      if (err === undefined) log.info('the store is back');
      else log.warn({ err }, 'the store is gone; I try to reach it again');
    },
  });
  const opened = await openLibrary({
    dir: config.storyDir,
    index: indexPlace(config.storeUrl),
    log,
  });
  const { library, problems } = opened;
  for (const { file, line, reason } of problems) log.warn({ file, line }, reason);
  log.info({ stories: library.stories.length }, 'the library is open');

  // In the rehearsal the bot can be stopped and started again.
  let bot: Bot | undefined;
  let isStopping = false;
  const watched = { store, gateway: () => bot?.gateway(), isStopping: () => isStopping };
  const watch = config.health && (await watchOver(config.health, watched));
  const startBot = async (at: { apiUrl: string; token: string }): Promise<Bot> => {
    // The rehearsal's Discord has one shard.
    const shards = token === undefined ? undefined : config.shards;
    const { isStoreShared } = config;
    bot = createBot({
      library,
      store,
      log,
      apiUrl: at.apiUrl,
      shards,
      isStoreShared,
      ...(watch && { meter: watch.meter }),
    });
    bot.disconnected.catch(fail);
    const client = await bot.start(at.token);
    log.info({ bot: client.user.tag, ...shards }, 'ready');
    // Of several processes one does it, or they would undo each other's while a new version comes.
    if (shards !== undefined && shards.first > 0) return bot;
    try {
      if (await register(client, commands)) log.info('the list of commands was brought up to date');
    } catch (err) {
      log.error({ err }, 'the list of commands could not be brought up to date');
    }
    if (token !== undefined) log.info(`invite me with ${inviteLink(client)}`);
    return bot;
  };

  const stop = async (): Promise<void> => {
    isStopping = true;
    setTimeout(() => process.exit(0), EXIT_PATIENCE).unref();
    await bot?.stop(TURN_PATIENCE);
    await store.close();
    await opened.close();
    process.exit(0);
  };
  process.once('SIGTERM', () => void stop().catch(fail));
  process.once('SIGINT', () => void stop().catch(fail));

  // A bot that is stopped before it was ready never gets there, and that is all right.
  const unlessStopping = (error: unknown) => {
    if (!isStopping) throw error;
  };
  if (token !== undefined) {
    await startBot({ apiUrl, token }).catch(unlessStopping);
  } else {
    const { openRehearsal } = await importRehearsal();
    const port = config.rehearsalPort;
    const onEnd = () => void stop().catch(fail);
    await openRehearsal({ startBot, port, onEnd }).catch(unlessStopping);
  }
}

/** Whoever wants no metrics does not load what makes them. */
async function watchOver(address: HealthAddress, watched: Watched) {
  const health = await import('./health/health.ts');
  return await health.watchOver(address, watched);
}

/** The rehearsal is for trying Lamplight: its packages are no part of an installation for good. */
async function importRehearsal() {
  try {
    return await import('./rehearsal/rehearsal.ts');
  } catch (error) {
    if (!isMissingPackage(error)) throw error;
    throw new ConfigError(
      'DISCORD_TOKEN is not set, and the packages of the rehearsal are not installed: set the token, or install all packages with npm ci.',
    );
  }
}

function isMissingPackage(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
}

function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof StoreError) return error.message;
  if (error instanceof StoryDirError || error instanceof IndexError) return error.message;
  if (error instanceof DisconnectedError) return error.message;
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? error.code : undefined;
  if (code === DiscordjsErrorCodes.TokenInvalid) {
    return 'Discord refused DISCORD_TOKEN: copy the token again from the Bot page of your application in the Discord Developer Portal.';
  }
  if (typeof code === 'string' && /^(E[A-Z]+|UND_ERR_.*)$/.test(code)) {
    return `Discord cannot be reached (${code}): check the network and DISCORD_API_URL.`;
  }
  return error.stack ?? error.message;
}
