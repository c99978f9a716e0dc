import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Discord, startDiscord } from '../../src/rehearsal/discord/discord.ts';
import type { Answer } from '../../src/rehearsal/discord/interactions.ts';
import type { Channel } from '../../src/rehearsal/discord/world.ts';
import { type Proxy as StoreProxy, startProxy } from '../proxy.ts';
import type { Random } from '../random.ts';
import { brief, tale } from '../seen.ts';
import { keyspaceOn } from '../servers.ts';
import { startMischief } from './mischief.ts';
import { askedFor, startReaders } from './readers.ts';
import { createSupervisor, type Supervisor } from './supervisor.ts';
import { judge, type Verdict } from './verdict.ts';

export interface RoundOptions {
  readonly kills: number;
  readonly channels: number;
  readonly readers: number;
  /** `sqlite`, or the URL of a server. */
  readonly store: string;
}

export interface Round {
  readonly verdict: Verdict;
  readonly counts: ReadonlyMap<string, number>;
  readonly answers: ReadonlyMap<string, number>;
  readonly failures: readonly string[];
}

const PASSAGES = 4000;
/** Between two kills at most so many messages, and so many ms. */
const MOST_TOLD = 300;
const TELLING_LIMIT = 4000;
/** So many channels belong to wanderers, of ten. */
const WANDERED = 1;

/** One world, from its first passage to the last kill and the calm after it. */
export async function playRound(options: RoundOptions, random: Random): Promise<Round> {
  const closers: (() => unknown)[] = [];
  try {
    return await play(options, random, (close) => void closers.push(close));
  } finally {
    for (const close of closers.toReversed()) await close();
  }
}

async function play(
  { kills, channels, readers, store }: RoundOptions,
  random: Random,
  onFinished: (close: () => unknown) => void,
): Promise<Round> {
  const folder = mkdtempSync(join(tmpdir(), 'lamplight-'));
  onFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'tale.md'), tale(PASSAGES));
  const discord = await startDiscord();
  onFinished(() => discord.stop());
  const { url, proxy } = await storeFor(store, folder, onFinished);
  const bot = createSupervisor(
    discord,
    {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.url,
      STORY_DIR: folder,
      STORE_URL: url,
      LOG_LEVEL: 'error',
    },
    onFinished,
  );
  await bot.start();
  const all = Array.from({ length: channels }, (_, at) => discord.channel(`channel ${at}`));
  const crowded = all.filter((_, at) => at % 10 >= WANDERED);
  const wandered = all.filter((_, at) => at % 10 < WANDERED);
  await Promise.all(
    all.map((channel) => {
      const at = wandered.indexOf(channel);
      const host = at === -1 ? `Host of ${channel.name}` : `Wanderer ${at}`;
      return discord.user(host).slash(channel, 'read', { story: 'tale' });
    }),
  );

  const mischief = startMischief(discord, proxy, random.child('mischief'));
  const crowd = startReaders(discord, { crowded, wandered, count: readers }, random);
  await killAgainAndAgain(
    discord,
    bot,
    { kills, isShared: proxy !== undefined },
    random.child('kills'),
  );
  await mischief.stop();
  await crowd.stop();
  await calmDown(discord, crowded);
  const wanderers = crowd.wanderings.map(async ({ channel, asked }, at) => {
    asked.push(askedFor('next', await passageFor(discord, `Wanderer ${at}`, channel)));
  });
  await Promise.all(wanderers);
  const footer = (number: number) => `-# A Tale · ${number} of ${PASSAGES}`;
  const passages = Array.from(
    { length: PASSAGES },
    (_, at) => `Passage ${at + 1} of the tale.\n${footer(at + 1)}`,
  );
  return {
    verdict: judge(discord, passages, crowded, crowd.wanderings),
    counts: mischief.counts,
    answers: crowd.answers,
    failures: bot.failures,
  };
}

/** Each time once something was told, however slow the machine. */
async function killAgainAndAgain(
  discord: Discord,
  bot: Supervisor,
  { kills, isShared }: { kills: number; isShared: boolean },
  random: Random,
): Promise<void> {
  let told = 0;
  discord.events.on('message', () => void told++);
  for (let killed = 0; killed < kills; killed++) {
    const enough = told + 1 + random.below(MOST_TOLD);
    await discord.waitFor(() => told >= enough, TELLING_LIMIT).catch(() => {});
    await sleep(random.between(0, 50));
    if (isShared && random.chance(0.4)) {
      await bot.replace(random.between(0, 2000), random.pick(['SIGKILL', 'SIGTERM']));
    } else {
      await bot.kill();
      await sleep(random.between(0, 300));
      await bot.start();
    }
  }
}

/** Somebody asks once more in each channel, so that nothing is left to be settled. */
async function calmDown(discord: Discord, channels: readonly Channel[]): Promise<void> {
  await Promise.all(
    channels.map((channel) => passageFor(discord, `Host of ${channel.name}`, channel)),
  );
  // Old buttons go after the answers.
  await sleep(500);
}

async function passageFor(
  discord: Discord,
  name: string,
  channel: Channel,
): Promise<Answer | undefined> {
  for (let tries = 0; tries < 10; tries++) {
    const answer = await discord.user(name).slash(channel, 'next', {}, { timeout: 20_000 });
    if (typeof brief(answer) === 'number') return answer;
    await sleep(500);
  }
  return undefined;
}

async function storeFor(
  store: string,
  folder: string,
  onFinished: (close: () => unknown) => void,
): Promise<{ url: string; proxy?: StoreProxy }> {
  if (store === 'sqlite') return { url: `sqlite:${join(folder, 'lamplight.sqlite')}` };
  const keyspace = keyspaceOn(store);
  onFinished(() => keyspace.remove());
  const proxy = await startProxy(keyspace.url);
  onFinished(() => proxy.close());
  return { url: proxy.url, proxy };
}
