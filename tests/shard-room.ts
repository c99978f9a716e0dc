import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { commands } from '../commands/index.ts';
import { type Bot, createBot } from '../src/bot.ts';
import type { Clock } from '../src/clock.ts';
import { createLog } from '../src/log.ts';
import { openStore } from '../src/reading/store.ts';
import {
  type Discord,
  type DiscordOptions,
  startDiscord,
} from '../src/rehearsal/discord/discord.ts';
import type { Guild } from '../src/rehearsal/discord/world.ts';
import type { ShardRange } from '../src/shards.ts';
import { temporaryFolder } from './harness.ts';
import { call } from './rehearsal-discord-bot.ts';
import { libraryOf, tale } from './seen.ts';

const library = libraryOf({ tale: tale(9) });

type OnFinished = (end: () => Promise<void>) => void;

/** A Discord whose shards may all identify at once, and processes of one bot on one store. */
export async function openShards(
  onFinished: OnFinished,
  options: { readonly clock?: Clock; readonly discord?: DiscordOptions } = {},
) {
  const { clock } = options;
  const folder = await temporaryFolder();
  const discord = await startDiscord({
    sessionStarts: { maxConcurrency: 16 },
    ...(clock && { now: clock.now }),
    ...options.discord,
  });
  const path = `/applications/${discord.application.id}/commands`;
  await call(
    discord,
    'PUT',
    path,
    commands.map(({ data }) => data),
  );
  const store = await openStore(`sqlite:${join(folder, 'lamplight.sqlite')}`);
  const running = new Set<Bot>();
  onFinished(async () => {
    for (const bot of running) await bot.stop(5000);
    await store.close();
    await discord.stop();
    await rm(folder, { recursive: true });
  });

  /** A process that runs these shards, not started yet. */
  function process(shards?: ShardRange) {
    const log: string[] = [];
    const bot = createBot({
      library,
      store,
      log: createLog('debug', [discord.token], { write: (line) => log.push(line) }),
      apiUrl: discord.url,
      isStoreShared: true,
      shards,
      ...(clock && { clock }),
    });
    running.add(bot);
    return {
      bot,
      log,
      async start() {
        await bot.start(discord.token);
      },
      async stop() {
        running.delete(bot);
        await bot.stop(5000);
      },
    };
  }

  return { discord, store, process };
}

/** A server, where the bot is a member, of which this shard hears. */
export function guildOf(discord: Discord, shard: number, count: number, name = 'Server'): Guild {
  for (let number = 0; ; number++) {
    const named = `${name} ${number} of shard ${shard}`;
    const { id } = discord.guild(named, { botInstalled: false });
    const isOfShard = (BigInt(id) >> 22n) % BigInt(count) === BigInt(shard);
    if (isOfShard) return discord.guild(named, { botInstalled: true });
  }
}
