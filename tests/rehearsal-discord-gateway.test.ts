import { once } from 'node:events';
import { Client, GatewayIntentBits } from 'discord.js';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Discord } from '../src/rehearsal/discord/discord.ts';
import { call, caught, open, openWithBot } from './rehearsal-discord-bot.ts';

const reply = async (interaction: { reply?: unknown; isChatInputCommand(): boolean }) => {
  if (!interaction.isChatInputCommand() || typeof interaction.reply !== 'function') return;
  await interaction.reply('here');
};

/** A hand-made client: what it is sent, and a way to send. */
async function socket(discord: Discord) {
  const { body } = await call(discord, 'GET', '/gateway/bot');
  const client = new WebSocket(`${body.url}/?v=10&encoding=json`);
  const got: { op: number; t: string | null; s: number | null; d: Record<string, unknown> }[] = [];
  let wake = () => {};
  client.on('message', (data) => {
    got.push(JSON.parse(String(data)));
    wake();
  });
  onTestFinished(() => client.terminate());
  await once(client, 'open');
  const next = async (count: number) => {
    while (got.length < count) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return got;
  };
  return { client, next, send: (op: number, d: unknown) => client.send(JSON.stringify({ op, d })) };
}

async function closing(client: WebSocket): Promise<number> {
  const [code] = await once(client, 'close');
  return code;
}

describe('the handshake', () => {
  test('HELLO, READY, heartbeats, and a session that resumes where it was', async () => {
    const discord = await open();
    const one = await socket(discord);
    const [hello] = await one.next(1);
    expect(hello).toMatchObject({ op: 10, d: { heartbeat_interval: expect.any(Number) } });
    one.send(1, null);
    expect((await one.next(2))[1]?.op).toBe(11);
    one.send(2, { token: discord.token, intents: 0, properties: {} });
    const ready = (await one.next(3))[2];
    expect(ready).toMatchObject({
      op: 0,
      t: 'READY',
      s: 1,
      d: { v: 10, guilds: [{ unavailable: true }] },
    });
    one.client.terminate();
    await discord.waitFor(() => !discord.gateway.online);
    void discord.user('Ann').slash(discord.channel('story'), 'next');
    const two = await socket(discord);
    two.send(6, { token: discord.token, session_id: ready?.d['session_id'], seq: 1 });
    const got = await two.next(3);
    expect(got.slice(1).map(({ t, s }) => [t, s])).toEqual([
      ['INTERACTION_CREATE', 2],
      ['RESUMED', 3],
    ]);
  });

  test('bad tokens, privileged and unknown intents, and haste are shown the door', async () => {
    const discord = await open();
    for (const [d, code] of [
      [{ token: 'wrong', intents: 0 }, 4004],
      [{ token: discord.token, intents: 1 << 15 }, 4014],
      [{ token: discord.token, intents: 1 << 30 }, 4013],
    ] as const) {
      const { client, send } = await socket(discord);
      send(2, d);
      expect(await closing(client)).toBe(code);
    }
    const early = await socket(discord);
    early.send(3, {});
    expect(await closing(early.client)).toBe(4003);
    const unknown = await socket(discord);
    unknown.send(6, { token: discord.token, session_id: 'no', seq: 1 });
    expect((await unknown.next(2))[1]).toMatchObject({ op: 9, d: false });
    expect(discord.gateway.online).toBe(false);
  });

  test('a refused token ends login with one error', async () => {
    const discord = await open();
    const client = new Client({ intents: [], rest: { api: discord.url, version: '10' } });
    onTestFinished(() => client.destroy());
    await expect(client.login('wrong')).rejects.toThrow('invalid token');
  });
});

describe('shards', () => {
  const identify = async (discord: Discord, shard: unknown) => {
    const { client, next, send } = await socket(discord);
    send(2, { token: discord.token, intents: 0, shard });
    return { client, next, send };
  };

  test('hear of their own servers, and shard 0 of direct messages, in every session', async () => {
    const discord = await open();
    const { id } = discord.home;
    const [mine, other] = (BigInt(id) >> 22n) % 2n === 0n ? [0, 1] : [1, 0];
    const sessions = await Promise.all(
      [mine, mine, other].map((shard) => identify(discord, [shard, 2])),
    );
    for (const { next } of sessions) await next(2);
    const [channel, ann] = [discord.channel('story'), discord.user('Ann')];
    void ann.slash(channel, 'next');
    void ann.slash(discord.dm(ann), 'next');
    const heard = mine === 0 ? [2, 2, 0] : [1, 1, 1];
    for (const [index, { next, send }] of sessions.entries()) {
      const count = heard[index] ?? 0;
      await next(2 + count);
      // Whatever else was sent comes before the answer to this.
      send(1, null);
      const got = await next(3 + count);
      const guilds = index < 2 ? [{ id, unavailable: true }] : [];
      expect(got[1]?.d).toMatchObject({ shard: [index < 2 ? mine : other, 2], guilds });
      expect(got[2 + count]?.op).toBe(11);
    }
  });

  test.each([[[2, 2]], [[-1, 2]], [[0, 0]], [[0]], [[0, 1, 2]], ['0'], [[0.5, 2]]])(
    '%j is none',
    async (shard) => {
      const discord = await open();
      const { client } = await identify(discord, shard);
      expect(await closing(client)).toBe(4010);
    },
  );

  test('identify one after another in a bucket, and say how many may do so at once', async () => {
    const sessionStarts = { maxConcurrency: 2, window: 60_000, remaining: 100 };
    const discord = await open({ shards: 4, sessionStarts });
    for (const [shard, isInTime] of [
      [0, true],
      [1, true],
      [2, false],
      [3, false],
    ] as const) {
      const { next } = await identify(discord, [shard, 4]);
      expect((await next(2))[1]).toMatchObject(isInTime ? { t: 'READY' } : { op: 9, d: false });
    }
    const { body } = await call(discord, 'GET', '/gateway/bot');
    expect(body).toMatchObject({
      shards: 4,
      session_start_limit: { max_concurrency: 2, remaining: 96 },
    });
  });
});

describe('events', () => {
  test("servers and messages only by intent, others' text only by privilege", async () => {
    const seen: string[] = [];
    const { Guilds, GuildMessages } = GatewayIntentBits;
    const { discord, client } = await openWithBot(reply, {
      client: { intents: [Guilds, GuildMessages] },
    });
    client.on('messageCreate', ({ content }) => seen.push(content));
    await discord.waitFor(() => client.guilds.cache.get(discord.home.id)?.available);
    const story = discord.channel('story');
    discord.user('Ben').say(story, 'secret');
    await discord.user('Ann').slash(story, 'next');
    discord.user('Ben').say(discord.dm(discord.user('Ben')), 'private');
    await expect.poll(() => seen).toEqual(['', 'here']);
    expect(client.guilds.cache.size).toBe(1);
  });

  test('nothing but interactions without intents', async () => {
    const { discord, client } = await openWithBot(reply);
    const raw: (string | null)[] = [];
    client.on('raw' as never, (({ t }: { t: string | null }) => raw.push(t)) as never);
    discord.user('Ben').say(discord.channel('story'), 'x');
    await discord.user('Ann').slash(discord.channel('story'), 'next');
    expect(raw.filter((t) => t !== null)).toEqual(['INTERACTION_CREATE']);
  });
});

describe('a discord.js client', () => {
  test('resumes after a dropped connection and gets what it missed', async () => {
    const { discord } = await openWithBot(reply);
    discord.gateway.refuse(true);
    discord.gateway.drop();
    await discord.waitFor(() => !discord.gateway.online);
    const asked = discord.user('Ann').slash(discord.channel('story'), 'next');
    discord.gateway.refuse(false);
    expect(await asked).toMatchObject({ kind: 'message', message: { content: 'here' } });
    expect(discord.gateway.counts).toEqual({ identified: 1, resumed: 1, hasty: 0 });
  });

  test('reconnects when asked to, and after any close that allows it', async () => {
    const { discord } = await openWithBot(reply);
    discord.gateway.reconnect();
    await discord.waitFor(() => discord.gateway.counts.resumed === 1);
    discord.gateway.close(4000);
    await discord.waitFor(() => discord.gateway.counts.resumed === 2 && discord.gateway.online);
    expect(await discord.user('Ann').slash(discord.channel('story'), 'next')).toMatchObject({
      kind: 'message',
    });
  });

  test('identifies anew when its session is invalid', async () => {
    // discord.js leaves five seconds between two identifies of its own accord.
    const unhurried = { waitForIdentify: () => Promise.resolve() };
    const { discord } = await openWithBot(reply, {
      client: { ws: { buildIdentifyThrottler: () => Promise.resolve(unhurried) } },
    });
    discord.gateway.invalidate(false);
    await discord.waitFor(() => discord.gateway.counts.identified === 2);
    expect(await discord.user('Ann').slash(discord.channel('story'), 'next')).toMatchObject({
      kind: 'message',
    });
    discord.gateway.invalidate(true);
    await discord.waitFor(() => discord.gateway.counts.resumed === 1);
  });

  test('without a bot, nobody answers', async () => {
    const discord = await open({ respondWithin: 30 });
    const interaction = await caught(discord, () =>
      discord.user('Ann').slash(discord.channel('story'), 'next'),
    );
    expect(await interaction.settled.promise).toEqual({ kind: 'failed' });
    await expect(
      discord.user('Ann').type(discord.channel('story'), 'read', {}, 'story'),
    ).rejects.toThrow('nobody answered');
  });
});
