import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { type Discord, startDiscord } from '../src/rehearsal/discord/discord.ts';
import type { Channel } from '../src/rehearsal/discord/world.ts';
import { type Lamplight, startLamplight } from './process.ts';
import { startProxy } from './proxy.ts';
import { brief, buttoned, seen, tale, told } from './seen.ts';
import { chosenKeyspace } from './servers.ts';

type OnFinished = (end: () => void | Promise<void>) => void;

interface Scene {
  readonly discord: Discord;
  readonly channel: Channel;
  /** Makes the next access to the store wait, as long as the bot has patience. */
  holdStore(): () => void;
  /** Lets this much time pass, in ms, for Discord. */
  later(ms: number): void;
  start(): Promise<Lamplight>;
}

/** A Discord, a store, a story begun and its first passage told by a bot that still runs. */
async function openScene(onFinished: OnFinished): Promise<Scene & { bot: Lamplight }> {
  const folder = mkdtempSync(join(tmpdir(), 'lamplight-'));
  writeFileSync(join(folder, 'tale.md'), tale(9));
  let offset = 0;
  const discord = await startDiscord({ now: () => Date.now() + offset });
  const { url, holdStore, close } = await chosenStore(folder);
  onFinished(async () => {
    await discord.stop();
    await close();
    rmSync(folder, { recursive: true });
  });
  const start = async () => {
    const bot = startLamplight(
      {
        DISCORD_TOKEN: discord.token,
        DISCORD_API_URL: discord.url,
        STORY_DIR: folder,
        STORE_URL: url,
      },
      onFinished,
    );
    await discord.waitFor(() => discord.gateway.online && discord.commands().length > 0, 20_000);
    return bot;
  };
  const bot = await start();
  const channel = discord.channel('a');
  await discord.user('Ann').slash(channel, 'read', { story: 'tale' });
  await discord.user('Ann').slash(channel, 'next');
  await discord.waitFor(() => buttoned(discord, channel).length === 1);
  return {
    discord,
    channel,
    holdStore,
    later(ms) {
      offset += ms;
    },
    start,
    bot,
  };
}

async function kill({ discord }: Scene, bot: Lamplight): Promise<void> {
  await bot.ended('SIGKILL');
  await discord.waitFor(() => !discord.gateway.online);
}

/** A store that can be held: SQLite by another program's writing, a server by the network. */
async function chosenStore(folder: string) {
  const { url, remove } = chosenKeyspace(folder);
  if (url.startsWith('sqlite:')) {
    const holdStore = () => {
      const other = new DatabaseSync(url.slice('sqlite:'.length));
      other.exec('BEGIN IMMEDIATE');
      return () => other.close();
    };
    return { url, holdStore, close: remove };
  }
  const proxy = await startProxy(url);
  const holdStore = () => {
    proxy.hang();
    return proxy.heal;
  };
  const close = async () => {
    await proxy.close();
    await remove();
  };
  return { url: proxy.url, holdStore, close };
}

describe('SIGKILL', { timeout: 30_000 }, () => {
  test.concurrent.for([
    ['before the post', 'hang-before', 2],
    ['while its reply is outstanding', 'hang-after', 3],
  ] as const)('%s skips nothing and repeats nothing', async ([, how, next], { onTestFinished }) => {
    const scene = await openScene(onTestFinished);
    const { discord, channel } = scene;
    const post = discord.fail({ on: 'callback', how });
    void discord.user('Ann').slash(channel, 'next');
    await post.hit;
    await kill(scene, scene.bot);
    await scene.start();
    expect(brief(await discord.user('Ben').slash(channel, 'next'))).toBe(next);
    expect(told(discord, channel)).toEqual(next === 2 ? [1, 2] : [1, 2, 3]);
    await discord.waitFor(() => buttoned(discord, channel).length === 1);
    expect(buttoned(discord, channel)).toEqual([0]);
  });

  test.concurrent('after the post, before the record could be written', async ({
    onTestFinished,
  }) => {
    const scene = await openScene(onTestFinished);
    const { discord, channel, holdStore } = scene;
    const post = discord.fail({ on: 'callback', how: { delay: 200 } });
    void discord.user('Ann').slash(channel, 'next');
    const { path } = await post.hit;
    const letGo = holdStore();
    await discord.waitFor(() => discord.requests.find((one) => one.path === path)?.status);
    await kill(scene, scene.bot);
    letGo();
    await scene.start();
    expect(brief(await discord.user('Ben').slash(channel, 'next'))).toBe(3);
    expect(told(discord, channel)).toEqual([1, 2, 3]);
  });

  test.concurrent('after the post and its record', async ({ onTestFinished }) => {
    const scene = await openScene(onTestFinished);
    const { discord, channel } = scene;
    expect(brief(await discord.user('Ann').slash(channel, 'next'))).toBe(2);
    await kill(scene, scene.bot);
    await scene.start();
    expect(brief(await discord.user('Ben').slash(channel, 'next'))).toBe(3);
  });

  test.concurrent('with a token that expires meanwhile: one passage repeats, none is lost', async ({
    onTestFinished,
  }) => {
    const scene = await openScene(onTestFinished);
    const { discord, channel } = scene;
    const post = discord.fail({ on: 'callback', how: 'hang-after' });
    void discord.user('Ann').slash(channel, 'next');
    await post.hit;
    await kill(scene, scene.bot);
    scene.later(16 * 60_000);
    await scene.start();
    expect(brief(await discord.user('Ben').slash(channel, 'next'))).toBe(2);
    expect(brief(await discord.user('Ben').slash(channel, 'next'))).toBe(3);
    expect(told(discord, channel)).toEqual([1, 2, 2, 3]);
  });

  test.concurrent.for([
    ['before the edit', 'hang-before'],
    ['while its reply is outstanding', 'hang-after'],
  ] as const)(
    'of a deferred answer, %s: the restart alone finishes it',
    async ([, how], { onTestFinished }) => {
      const scene = await openScene(onTestFinished);
      const { discord, channel } = scene;
      // Ben's answer takes two seconds, so that Ann's is deferred.
      discord.fail({ on: 'callback', how: 'hang-before', times: 2 });
      const ben = discord.user('Ben').slash(channel, 'next');
      void discord.user('Ann').slash(channel, 'next');
      const edit = discord.fail({ on: 'edit-original', how });
      expect(brief(await ben)).toBe(2);
      await edit.hit;
      await kill(scene, scene.bot);
      expect(seen(discord, channel).at(-1)).toBe(how === 'hang-before' ? 'thinking' : 3);
      await scene.start();
      await discord.waitFor(() => told(discord, channel).length === 3);
      await discord.waitFor(() => buttoned(discord, channel).length === 1);
      expect(brief(await discord.user('Ben').slash(channel, 'next'))).toBe(4);
      expect(seen(discord, channel)).toEqual(['## A Tale', 1, 2, 3, 4]);
    },
  );
});
