import { describe, expect, test } from 'vitest';
import { call, callback, caught, open, openWithBot } from './rehearsal-discord-bot.ts';

const hello = { type: 4, data: { content: 'hello' } };

async function asked(discord: Awaited<ReturnType<typeof open>>) {
  return caught(discord, () => discord.user('Ann').slash(discord.channel('story'), 'next'));
}

describe('a fault', () => {
  test('strikes as often as it is told, what it is told, and can be lifted', async () => {
    const discord = await open();
    const path = '/users/@me';
    const twice = discord.fail({ on: /^GET \/users/, times: 2, how: { status: 503 } });
    expect((await call(discord, 'GET', '/gateway')).status).toBe(200);
    expect((await call(discord, 'GET', path)).status).toBe(503);
    expect((await twice.hit).path).toBe(path);
    expect((await call(discord, 'GET', path)).status).toBe(503);
    expect((await call(discord, 'GET', path)).status).toBe(200);
    expect(twice.struck).toHaveLength(2);
    const lifted = discord.fail({ on: ({ method }) => method === 'GET', how: { status: 500 } });
    lifted.lift();
    expect((await call(discord, 'GET', path)).status).toBe(200);
    expect(lifted.struck).toEqual([]);
  });

  test("refuses in Discord's words", async () => {
    const discord = await open();
    discord.fail({ on: 'send', how: { status: 403, code: 50013, message: 'Missing Permissions' } });
    const path = `/channels/${discord.channel('story').id}/messages`;
    expect(await call(discord, 'POST', path, { content: 'x' })).toEqual({
      status: 403,
      body: { message: 'Missing Permissions', code: 50013 },
    });
    expect(discord.messages(discord.channel('story'))).toEqual([]);
  });

  test('429 is waited out by discord.js', async () => {
    const { discord } = await openWithBot(async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.reply('after all');
    });
    const fault = discord.fail({ on: 'callback', how: { status: 429, retryAfter: 0.05 } });
    const answer = await discord.user('Ann').slash(discord.channel('story'), 'next');
    expect(answer).toMatchObject({ kind: 'message', message: { content: 'after all' } });
    expect(fault.struck[0]).toMatchObject({
      status: 429,
      reply: { retry_after: 0.05, global: false },
    });
  });

  test.each(['hang-before', 'destroy-before'] as const)('%s processes nothing', async (how) => {
    const discord = await open();
    const interaction = await asked(discord);
    const fault = discord.fail({ on: 'callback', how });
    const reply = callback(discord, interaction, hello).catch(() => 'destroyed');
    await fault.hit;
    expect(discord.messages(discord.channel('story'))).toEqual([]);
    expect(interaction.state).toBe('waiting');
    if (how === 'destroy-before') expect(await reply).toBe('destroyed');
  });

  test.each(['hang-after', 'destroy-after'] as const)('%s has processed it', async (how) => {
    const discord = await open();
    const interaction = await asked(discord);
    const fault = discord.fail({ on: 'callback', how });
    const reply = callback(discord, interaction, hello).catch(() => 'destroyed');
    const { status } = await fault.hit;
    expect(status).toBe(200);
    expect(await interaction.settled.promise).toMatchObject({ message: { content: 'hello' } });
    if (how === 'destroy-after') expect(await reply).toBe('destroyed');
  });

  test('a late answer is late, before or after it is processed', async () => {
    const discord = await open();
    for (const before of [false, true]) {
      const interaction = await asked(discord);
      const fault = discord.fail({ on: 'callback', how: { delay: 50, before } });
      const log: string[] = [];
      const reply = callback(discord, interaction, hello).then(() => log.push('answered'));
      await fault.hit;
      log.push(interaction.state === 'answered' ? 'processed' : 'on its way');
      await reply;
      expect(log).toEqual([before ? 'on its way' : 'processed', 'answered']);
      expect(interaction.state).toBe('answered');
    }
  });

  test('a request whose sender died on the way still counts', async () => {
    const discord = await open();
    const interaction = await asked(discord);
    const fault = discord.fail({ on: 'callback', how: { delay: 150, before: true } });
    const sender = new AbortController();
    const { id, token } = interaction;
    const sent = fetch(`${discord.url}/v10/interactions/${id}/${token}/callback`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(hello),
      signal: sender.signal,
    }).catch(() => 'died');
    await fault.hit;
    sender.abort();
    expect(await sent).toBe('died');
    expect(interaction.state).toBe('waiting');
    const message = await discord.waitFor(() => discord.messages(discord.channel('story'))[0]);
    expect(message.content).toBe('hello');
  });

  test('an empty answer is 204 although it was asked for, and the message is there', async () => {
    const discord = await open();
    const interaction = await asked(discord);
    discord.fail({ on: 'callback', how: { empty: true } });
    expect(await callback(discord, interaction, hello)).toEqual({ status: 204, body: undefined });
    expect(discord.messages(discord.channel('story'))).toHaveLength(1);
  });

  test('a repeat after a 5xx that did arrive comes back as 40060', async () => {
    const { discord, errors } = await openWithBot(async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.reply('once');
    });
    discord.fail({ on: 'callback', how: { status: 502, after: true } });
    await discord.user('Ann').slash(discord.channel('story'), 'next');
    await expect.poll(() => errors).toMatchObject([{ code: 40060 }]);
    expect(discord.messages(discord.channel('story'))).toHaveLength(1);
  });
});

describe('watching', () => {
  test('waitFor looks on every change, and gives up in words', async () => {
    const discord = await open();
    const story = discord.channel('story');
    const seen = discord.waitFor(() => discord.messages(story)[0]?.content);
    discord.user('Ann').say(story, 'hi');
    expect(await seen).toBe('hi');
    await expect(discord.waitFor(() => false, 20)).rejects.toThrow('within 20 ms');
    await expect(
      discord.waitFor(() => {
        throw new Error('own mistake');
      }),
    ).rejects.toThrow('own mistake');
  });

  test('every request is logged with its answer', async () => {
    const discord = await open();
    const interaction = await asked(discord);
    await callback(discord, interaction, hello);
    expect(discord.requests.at(-1)).toMatchObject({
      method: 'POST',
      body: hello,
      status: 200,
      reply: { resource: { message: { content: 'hello' } } },
    });
  });
});
