import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { ChannelRecord } from '../src/reading/record.ts';
import { openStore } from '../src/reading/store.ts';
import type { Discord } from '../src/rehearsal/discord/discord.ts';
import { en } from '../src/words/en.ts';
import { openReading, openScene, type Scene } from './scene.ts';
import { brief, told } from './seen.ts';

describe.concurrent('stopping', { timeout: 30_000 }, () => {
  test.concurrent.for(['SIGTERM', 'SIGINT'] as const)(
    '%s finishes the turn under way',
    async (signal, { onTestFinished }) => {
      const scene = await openScene(onTestFinished);
      const { discord, storeUrl } = scene;
      const { bot, channel } = await openReading(scene);
      const post = discord.fail({ on: 'callback', how: { delay: 800 } });
      const asked = discord.user('Ann').slash(channel, 'next');
      await post.hit;
      const since = Date.now();
      bot.process.kill(signal);
      expect(await bot.ended()).toBe(0);
      expect(Date.now() - since).toBeLessThan(5000);
      expect(brief(await asked)).toBe(1);
      const store = await openStore(storeUrl);
      const record = await store.namespace<ChannelRecord>('channels').get(channel.id);
      await store.close();
      expect(record).toMatchObject({ reading: { position: 1 } });
      expect(record?.turn).toBeUndefined();
    },
  );

  test.concurrent('whoever asks meanwhile is told so, and the place is safe', async ({
    onTestFinished,
  }) => {
    const scene = await openScene(onTestFinished);
    const { discord } = scene;
    const { bot, channel } = await openReading(scene);
    const post = discord.fail({ on: 'callback', how: { delay: 900 } });
    void discord.user('Ann').slash(channel, 'next');
    await post.hit;
    bot.process.kill('SIGTERM');
    // The signal and the gateway's event take ways of their own: ask until it has arrived.
    let says: number | string;
    do says = brief(await discord.user('Ben').slash(discord.channel('b'), 'next'));
    while (says === en.refusal.nothing);
    expect(says).toBe(en.trouble.stopping);
    expect(await bot.ended()).toBe(0);
    expect(told(discord, channel)).toEqual([1]);
  });

  test.concurrent('a Discord that hangs does not keep it', async ({ onTestFinished }) => {
    const scene = await openScene(onTestFinished);
    const { discord } = scene;
    const { bot, channel } = await openReading(scene);
    const post = discord.fail({ on: () => true, how: 'hang-before', times: 1000 });
    void discord.user('Ann').slash(channel, 'next');
    await post.hit;
    const since = Date.now();
    expect(await bot.ended('SIGTERM')).toBe(0);
    expect(Date.now() - since).toBeLessThan(5000);
  });
});

describe.concurrent('stopping before it is connected', { timeout: 30_000 }, () => {
  test.concurrent.for([
    [
      'asks where to connect',
      (discord: Discord) => discord.fail({ on: /gateway/, how: { delay: 500 } }),
    ],
    [
      'connects',
      (discord: Discord) => {
        discord.gateway.refuse(true);
        return discord.fail({ on: /gateway/, how: { delay: 1 } });
      },
    ],
  ] as const)('while it %s is no failure', async ([, fail], { onTestFinished }) => {
    const { discord, start } = await openScene(onTestFinished);
    const asking = fail(discord);
    const bot = start();
    await asking.hit;
    expect(await bot.ended('SIGTERM')).toBe(0);
    expect(bot.errors()).toBe('');
  });
});

describe.concurrent('a start that cannot be', { timeout: 30_000 }, () => {
  const TOKEN = 'MTA.not-the-token.aaaaaaaaaaaaaaaaaaaaaaaaaaa';

  async function refusal(scene: Scene, settings: Readonly<Record<string, string>>) {
    const bot = scene.start(settings);
    expect(await bot.ended()).toBe(1);
    const output = bot.output();
    expect(output).not.toContain(scene.discord.token);
    expect(output).not.toContain(TOKEN);
    expect(output).not.toMatch(/^\s+at /m);
    expect(bot.errors()).toMatch(/^[^\n]+\n$/);
    return bot.errors();
  }

  test.concurrent.for<[string, Record<string, string>, RegExp]>([
    ['a missing story folder', { STORY_DIR: '/nowhere/at/all' }, /\/nowhere\/at\/all/],
    ['no story folder', { STORY_DIR: '' }, /^STORY_DIR is empty/],
    ['an unknown level', { LOG_LEVEL: 'loud' }, /^LOG_LEVEL /],
    ['a token that Discord refuses', { DISCORD_TOKEN: TOKEN }, /^Discord refused DISCORD_TOKEN/],
    ['no Discord there', { DISCORD_API_URL: 'http://127.0.0.1:9' }, /^Discord cannot be reached/],
    ['no address', { DISCORD_API_URL: 'discord' }, /^DISCORD_API_URL /],
    ['an unknown store', { STORE_URL: 'mysql://root:secret@db' }, /^STORE_URL (?!.*secret)/],
  ])('says so in one sentence: %s', async ([, settings, sentence], { onTestFinished }) => {
    const scene = await openScene(onTestFinished);
    expect(await refusal(scene, settings)).toMatch(sentence);
  });

  test.concurrent('an empty story folder', async ({ onTestFinished }) => {
    const scene = await openScene(onTestFinished);
    const said = await refusal(scene, { STORY_DIR: join(scene.folder, 'empty') });
    expect(said).toMatch(/has no story/);
  });

  test.concurrent('a store that another one uses', async ({ onTestFinished }) => {
    const scene = await openScene(onTestFinished);
    const store = await openStore(scene.storeUrl);
    onTestFinished(() => store.close());
    expect(await refusal(scene, {})).toMatch(/^Another Lamplight is already using/);
  });

  test.concurrent('a Discord that is out of order', async ({ onTestFinished }) => {
    const scene = await openScene(onTestFinished);
    scene.discord.fail({ on: /^GET \/gateway/, how: { status: 503 }, times: 100 });
    expect(await refusal(scene, {})).toMatch(/^Discord/);
  });
});

describe.concurrent('while it runs', { timeout: 30_000 }, () => {
  test.concurrent('it is all the shards that its settings name', async ({ onTestFinished }) => {
    // discord.js reads settings of these names too, as JSON.
    const settings = { SHARDS: '0-1', SHARD_COUNT: '2' };
    const discordOptions = { sessionStarts: { maxConcurrency: 2 } };
    const { discord, start } = await openScene(onTestFinished, discordOptions);
    const bot = start(settings);
    await discord.waitFor(() => discord.commands().length > 0, 20_000);
    expect(discord.gateway.shards.toSorted().join(' ')).toBe('0,2 1,2');
    expect(await bot.ended('SIGTERM')).toBe(0);
  });

  test.concurrent('a connection ended for good ends it', async ({ onTestFinished }) => {
    const scene = await openScene(onTestFinished);
    const { bot } = await openReading(scene);
    scene.discord.gateway.close(4014, 'Disallowed intent(s).');
    expect(await bot.ended()).toBe(1);
    expect(bot.errors()).toMatch(/^Discord closed the connection for good \(4014\).*\n$/);
  });

  test.concurrent('a rejection nobody handles is logged and survived', async ({
    onTestFinished,
  }) => {
    const scene = await openScene(onTestFinished);
    const { discord } = scene;
    const stray = `process.on('SIGUSR2', () => void Promise.reject(new Error('a stray one')))`;
    const { bot, channel } = await openReading(scene, {
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(stray)}`,
    });
    bot.process.kill('SIGUSR2');
    await vi.waitFor(() => expect(bot.output()).toContain('a stray one'), 5000);
    expect(brief(await discord.user('Ann').slash(channel, 'next'))).toBe(1);
    expect(bot.output()).toContain('"level":50');
    expect(bot.output()).not.toContain(discord.token);
    expect(await bot.ended('SIGTERM')).toBe(0);
  });
});
