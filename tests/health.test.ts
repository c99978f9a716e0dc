import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { readConfig } from '../src/config.ts';
import { watchOver } from '../src/health/health.ts';
import { openStore } from '../src/reading/store.ts';
import { moodyStore } from './moody-store.ts';
import { openReading, openScene } from './scene.ts';
import { brief, messageOf } from './seen.ts';

interface Reply {
  readonly status: number | undefined;
  readonly text: string;
}

/** A request with these headers; fetch doesn't let a Host be set. */
async function get(
  port: number,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Reply> {
  const sent = request({ host: '127.0.0.1', port, path, headers, method }).end();
  const [response] = await once(sent, 'response');
  let text = '';
  for await (const chunk of response) text += chunk;
  return { status: response.statusCode, text };
}

async function freePort(): Promise<number> {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // A TCP server's address is never a string.
  server.close();
  await once(server, 'close');
  return port;
}

describe.concurrent('the process', { timeout: 30_000 }, () => {
  test.concurrent('says how it is, from the gateway that is away to the drain', async ({
    onTestFinished,
  }) => {
    const scene = await openScene(onTestFinished);
    const { discord } = scene;
    const port = await freePort();
    const { bot, channel } = await openReading(scene, { HEALTH_PORT: String(port) });
    expect(await get(port, '/healthz')).toEqual({ status: 200, text: 'ok\n' });
    expect(await get(port, '/readyz')).toEqual({ status: 200, text: 'ready\n' });

    discord.gateway.refuse(true);
    discord.gateway.drop();
    await discord.waitFor(() => !discord.gateway.online);
    await vi.waitFor(async () =>
      expect(await get(port, '/readyz')).toEqual({
        status: 503,
        text: 'not ready: the gateway has 0 of 1 shards connected\n',
      }),
    );
    expect((await get(port, '/healthz')).status).toBe(200);
    discord.gateway.refuse(false);
    await discord.connected();
    await vi.waitFor(async () => expect((await get(port, '/readyz')).status).toBe(200));

    const post = discord.fail({ on: 'callback', how: { delay: 900 } });
    const asked = discord.user('Ann').slash(channel, 'next');
    await post.hit;
    bot.process.kill('SIGTERM');
    await vi.waitFor(async () =>
      expect(await get(port, '/readyz')).toEqual({
        status: 503,
        text: 'not ready: it is being stopped\n',
      }),
    );
    expect((await get(port, '/healthz')).status).toBe(200);
    expect(await bot.ended()).toBe(0);
    expect(brief(await asked)).toBe(1);
  });

  test.concurrent('counts what it does, by names of its own alone', async ({ onTestFinished }) => {
    const scene = await openScene(onTestFinished);
    const { discord } = scene;
    const port = await freePort();
    const { channel } = await openReading(scene, { HEALTH_PORT: String(port) });
    const ann = discord.user('Ann');
    const passage = messageOf(await ann.slash(channel, 'next'));
    await ann.press(passage, 'Next');
    await ann.press(passage, 'forged:custom-id', { stale: true });
    await ann.slash(discord.channel('b'), 'next');
    await ann.type(channel, 'quote', { line: 'tale' }, 'line');
    const { text } = await get(port, '/metrics');
    expect(text).not.toContain('forged');
    for (const line of [
      // The title card and two passages.
      'lamplight_turns_total{outcome="told"} 3',
      'lamplight_turns_total{outcome="rule"} 1',
      'lamplight_refusals_total{cause="rule"} 2',
      'lamplight_refusals_total{cause="bug"} 0',
      'lamplight_answer_seconds_count{kind="command"} 2',
      'lamplight_answer_seconds_count{kind="press"} 1',
      'lamplight_answer_seconds_count{kind="autocomplete"} 1',
      'lamplight_store_errors_total 0',
      'lamplight_gateway_shards{state="connected"} 1',
      'lamplight_gateway_shards{state="away"} 0',
      'lamplight_gateway_reconnects_total 0',
    ]) {
      expect(text).toContain(`${line}\n`);
    }
    expect(text).toMatch(/lamplight_store_seconds_count [1-9]/);
    expect(text).toMatch(/nodejs_eventloop_lag_p99_seconds \d/);
  });

  test.concurrent('ends with one sentence where its port is taken', async ({ onTestFinished }) => {
    const scene = await openScene(onTestFinished);
    const taken = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void taken.close());
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo; // As above.
    const bot = scene.start({ HEALTH_PORT: String(port) });
    expect(await bot.ended()).toBe(1);
    expect(bot.errors()).toMatch(
      new RegExp(`^HEALTH_PORT ${port} is taken on 127\\.0\\.0\\.1: .*\\n$`),
    );
  });
});

/** What is served on an address, over a store with moods. */
async function open(onFinished: (end: () => Promise<void>) => void, host = '127.0.0.1') {
  const store = moodyStore();
  const watched = {
    store: store.aroundStore(await openStore('memory:')),
    gateway: () => ({ shards: 2, connected: 2 }),
    isStopping: () => false,
  };
  const health = await watchOver({ host, port: 0 }, watched);
  onFinished(() => health.close());
  return { store, ...health };
}

test.for(['fail', 'hang'] as const)(
  'a store that does not answer: %s',
  async (how, { onTestFinished }) => {
    const { port, store } = await open(onTestFinished);
    store.cast({ on: 'load', in: 'health', how });
    expect(await get(port, '/readyz')).toEqual({
      status: 503,
      text: 'not ready: the store does not answer\n',
    });
    expect((await get(port, '/readyz')).status).toBe(200);
  },
);

test('answers to nobody but this machine, and to reading alone', async ({ onTestFinished }) => {
  const { port } = await open(onTestFinished);
  const status = async (...args: [string, Record<string, string>?, string?]) =>
    (await get(port, ...args)).status;
  for (const name of ['127.0.0.1', 'localhost', '[::1]']) {
    expect(await status('/healthz', { Host: `${name}:${port}` })).toBe(200);
  }
  for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1', '127.0.0.1:1']) {
    for (const path of ['/healthz', '/readyz', '/metrics']) {
      expect(await status(path, { Host: host }), host).toBe(403);
    }
  }
  for (const origin of ['https://evil.example', `http://127.0.0.1:${port}`, 'null']) {
    expect(await status('/metrics', { Origin: origin })).toBe(403);
  }
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
    expect(await status('/healthz', {}, method)).toBe(405);
  }
  for (const path of ['/', '/metrics/', '/healthz?x', '//healthz', '/../healthz']) {
    expect(await status(path), path).toBe(404);
  }
});

test('on another address it is called by address, never by name', async ({ onTestFinished }) => {
  const { port } = await open(onTestFinished, '0.0.0.0');
  const status = async (Host: string) => (await get(port, '/healthz', { Host })).status;
  expect(await status('192.0.2.7:9000')).toBe(200);
  expect(await status('[2001:db8::1]')).toBe(200);
  expect(await status(`localhost:${port}`)).toBe(200);
  for (const host of [
    'evil.example',
    `evil.example:${port}`,
    '192.0.2.7.evil.example',
    '@1.1.1.1x',
  ]) {
    expect(await status(host), host).toBe(403);
  }
});

test.each([
  [{ HEALTH_PORT: '' }, /^HEALTH_PORT is empty/],
  [{ HEALTH_PORT: '0' }, /^HEALTH_PORT is no port/],
  [{ HEALTH_PORT: '9000', HEALTH_HOST: 'nowhere' }, /^HEALTH_HOST is no address/],
  [{ HEALTH_PORT: '9000', HEALTH_HOST: '' }, /^HEALTH_HOST is empty/],
])('a setting that cannot be used is named: %j', (env, sentence) => {
  expect(() => readConfig(env)).toThrow(sentence);
});

test('nothing is served unless asked for', () => {
  expect(readConfig({}).health).toBeUndefined();
  expect(readConfig({ HEALTH_HOST: '0.0.0.0' }).health).toBeUndefined();
  expect(readConfig({ HEALTH_PORT: '9000' }).health).toEqual({ host: '127.0.0.1', port: 9000 });
});
