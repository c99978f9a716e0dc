import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { commands } from '../commands/index.ts';
import { type Bot, createBot } from '../src/bot.ts';
import type { Clock } from '../src/clock.ts';
import type { LimitSizes } from '../src/limits.ts';
import { createLog } from '../src/log.ts';
import { openStore, type Store } from '../src/reading/store.ts';
import { register } from '../src/register.ts';
import {
  type Discord,
  type DiscordOptions,
  startDiscord,
} from '../src/rehearsal/discord/discord.ts';
import type { Library } from '../src/story/library.ts';
import { chosenKeyspace } from './servers.ts';
import { openStories, shippedLibrary } from './stories.ts';

const PLENTY = { holds: 1_000_000, perSecond: 1_000_000 };
const NO_LIMITS: LimitSizes = {
  asking: PLENTY,
  typing: PLENTY,
  quoting: PLENTY,
  quotes: PLENTY,
  atOnce: 1000,
};

export interface House {
  readonly discord: Discord;
  readonly library: Library;
  /** What the bot logged, a line each. */
  readonly log: string[];
  /** Resolves when all that was asked is done with: also what is written down after an answer. */
  quiet(): Promise<void>;
  /** Stops the bot and starts it again on the same store, with another library where one is given. */
  restart(library?: Library): Promise<void>;
}

export interface HouseOptions {
  readonly clock?: Clock;
  /** What one person may ask for; as much as a test's readers want, if not said. */
  readonly limits?: LimitSizes;
  /** A folder of stories; the shipped one otherwise. */
  readonly storyDir?: string;
  readonly library?: Library;
  readonly discord?: DiscordOptions;
  /** So many serve at the same time, as while one process takes over from another; one if not said. */
  readonly bots?: number;
  /** The store, where the test has one of its own to look after. */
  readonly storeUrl?: string;
  /** Stands between the bot and its store, to make it slow or fail. */
  readonly aroundStore?: (store: Store) => Store;
}

/**
 * The whole bot, in this process, on the store that TEST_STORE names and the rehearsal's Discord.
 * It closes when the test is over; a concurrent test hands in its own `onTestFinished`, whole files
 * an `afterAll`.
 */
export async function openHouse(
  options: HouseOptions = {},
  onFinished: (close: () => Promise<void>) => void = onTestFinished,
): Promise<House> {
  const { storyDir, aroundStore = (store) => store, clock, bots: count = 1 } = options;
  const folder = await temporaryFolder();
  const keyspace = chosenKeyspace(folder);
  const { storeUrl = keyspace.url } = options;
  const discord = await startDiscord(options.discord);
  const log: string[] = [];
  const closeLibrary: (() => Promise<void>)[] = [];
  const openStoryDir = () =>
    storyDir === undefined
      ? shippedLibrary()
      : openStories(storyDir, (close) => closeLibrary.push(close));
  let asked = 0;
  discord.events.on('interaction', () => {
    asked += 1;
  });
  let library = options.library ?? (await openStoryDir());
  const stores: Store[] = [];
  const bots: Bot[] = [];

  const startOne = async () => {
    // A SQLite store is for one process.
    const [first] = storeUrl.startsWith('sqlite:') ? stores : [];
    const store = first ?? (await openStore(storeUrl));
    stores.push(store);
    const logger = createLog('debug', [discord.token], { write: (line) => log.push(line) });
    const bot = createBot({
      library,
      store: aroundStore(store),
      log: logger,
      apiUrl: discord.url,
      ...(clock && { clock }),
      limits: options.limits ?? NO_LIMITS,
    });
    bots.push(bot);
    const client = await bot.start(discord.token);
    await register(client, commands);
  };
  const start = async () => {
    for (let n = 0; n < count; n++) await startOne();
  };
  const stop = async () => {
    for (const bot of bots.splice(0)) await bot.stop(5000);
    for (const store of stores.splice(0)) await store.close();
  };

  await start();
  onFinished(async () => {
    await stop();
    await discord.stop();
    for (const close of closeLibrary) await close();
    await keyspace.remove();
    await rm(folder, { recursive: true });
  });
  return {
    discord,
    library,
    log,
    async quiet() {
      const done = () => log.filter((line) => line.includes('an interaction is done with')).length;
      await expect.poll(done, { timeout: 10_000, interval: 5 }).toBe(asked * count);
    },
    async restart(other = library) {
      await stop();
      library = other;
      await start();
    },
  };
}

export async function temporaryFolder(): Promise<string> {
  return await mkdtemp(join(tmpdir(), 'lamplight-'));
}
