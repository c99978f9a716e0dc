import { describe, expect, test, vi } from 'vitest';
import type { ChannelRecord } from '../src/reading/record.ts';
import type { Discord } from '../src/rehearsal/discord/discord.ts';
import { brief, told } from './seen.ts';
import { guildOf, openShards } from './shard-room.ts';

const ZERO = { first: 0, last: 0, count: 2 };
const ONE = { first: 1, last: 1, count: 2 };

/** A channel of a server of this shard of two. */
const channelOf = (discord: Discord, shard: number) =>
  discord.channel('a', { guild: guildOf(discord, shard, 2) });

describe.concurrent('shards', { timeout: 30_000 }, () => {
  test.concurrent('as many as Discord recommends, in one process', async ({ onTestFinished }) => {
    const discordOptions = { shards: 4, sessionStarts: { maxConcurrency: 4 } };
    const { discord, process } = await openShards(onTestFinished, { discord: discordOptions });
    const guilds = [0, 1, 2, 3].map((shard) => guildOf(discord, shard, 4));
    await process().start();
    expect(discord.gateway.shards.toSorted().join(' ')).toBe('0,4 1,4 2,4 3,4');
    const ann = discord.user('Ann');
    for (const channel of [
      ...guilds.map((guild) => discord.channel('a', { guild })),
      discord.dm(ann),
    ]) {
      await ann.slash(channel, 'read', { story: 'tale' });
      expect(brief(await ann.slash(channel, 'next'))).toBe(1);
    }
  });

  test.concurrent('identify one after another, and the first answers meanwhile', async ({
    onTestFinished,
  }) => {
    const discordOptions = { shards: 2, sessionStarts: { window: 4000 } };
    const { discord, process } = await openShards(onTestFinished, { discord: discordOptions });
    const [channel, ann] = [channelOf(discord, 0), discord.user('Ann')];
    const { bot } = process();
    let isStarted = false;
    const starting = bot.start(discord.token).then(() => {
      isStarted = true;
    });
    await discord.connected();
    expect(brief(await ann.slash(channel, 'next'))).toContain('/read');
    expect(isStarted).toBe(false);
    await starting;
    expect(discord.gateway.counts).toMatchObject({ identified: 2, hasty: 0 });
  });

  test.concurrent('of two processes that start at once, one has to wait', async ({
    onTestFinished,
  }) => {
    const discordOptions = { sessionStarts: { window: 3000 } };
    const { discord, process } = await openShards(onTestFinished, { discord: discordOptions });
    const processes = [process(ZERO), process(ONE)];
    await Promise.all(processes.map(({ start }) => start()));
    expect(discord.gateway.counts).toMatchObject({ identified: 2, hasty: 1 });
    const ann = discord.user('Ann');
    for (const shard of [0, 1]) {
      const channel = channelOf(discord, shard);
      await ann.slash(channel, 'read', { story: 'tale' });
      expect(brief(await ann.slash(channel, 'next'))).toBe(1);
      expect(told(discord, channel)).toEqual([1]);
    }
    // Each answered its own server.
    for (const { log } of processes) {
      const ownTold = () => log.filter((line) => line.includes('"passage":1'));
      await vi.waitFor(() => expect(ownTold()).toHaveLength(1));
    }
  });

  test.concurrent('each tidies up after its own servers only', async ({ onTestFinished }) => {
    const { discord, process, store } = await openShards(onTestFinished);
    const first = process(ZERO);
    const second = process(ONE);
    await Promise.all([first.start(), second.start()]);
    const channels = [channelOf(discord, 0), channelOf(discord, 1)];
    for (const channel of channels) {
      await discord.user('Ann').slash(channel, 'read', { story: 'tale' });
      discord.guild(channel.guild?.name ?? '', { botInstalled: false });
    }
    // One server of each shard stays: from an empty READY nothing is concluded.
    for (const shard of [0, 1]) guildOf(discord, shard, 2, 'Another');
    const records = store.namespace<ChannelRecord>('channels');
    const kept = async () => await Promise.all(channels.map(({ id }) => records.has(id)));
    await first.stop();
    const again = process(ZERO);
    await again.start();
    await vi.waitFor(() => expect(again.log.join('')).toContain('"deleted":1'));
    expect(await kept()).toEqual([false, true]);
    await second.stop();
    await process(ONE).start();
    await vi.waitFor(async () => expect(await kept()).toEqual([false, false]));
  });

  test.concurrent('one that is closed for good ends the process, and says what to do', async ({
    onTestFinished,
  }) => {
    const discordOptions = { shards: 2, sessionStarts: { maxConcurrency: 2 } };
    const { discord, process } = await openShards(onTestFinished, { discord: discordOptions });
    const one = process();
    await one.start();
    discord.gateway.close(4011, 'Sharding required.', 1);
    await expect(one.bot.disconnected).rejects.toThrow(/\(4011\): .*SHARDS/);
  });

  test.concurrent('are not started where Discord would take the token away', async ({
    onTestFinished,
  }) => {
    const discordOptions = { shards: 4, sessionStarts: { remaining: 3 } };
    const { discord, process } = await openShards(onTestFinished, { discord: discordOptions });
    await expect(process().start()).rejects.toThrow(
      /^Discord takes 4 new sessions, one a shard, .* only after \S+Z \(3 are left/,
    );
    expect(discord.gateway.counts.identified).toBe(0);
  });
});
