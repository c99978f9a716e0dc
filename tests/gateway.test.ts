import { expect, test } from 'vitest';
import type { Gateway } from '../src/rehearsal/discord/gateway.ts';
import { openHouse } from './harness.ts';
import { brief, libraryOf, tale, told } from './seen.ts';

const library = libraryOf({ tale: tale(9) });

test.concurrent.for<[string, (gateway: Gateway) => void, 'resumed' | 'identified']>([
  ['drops', (gateway) => gateway.drop(), 'resumed'],
  ['asks to reconnect', (gateway) => gateway.reconnect(), 'resumed'],
  ['asks to resume', (gateway) => gateway.invalidate(true), 'resumed'],
  ['ends the session', (gateway) => gateway.invalidate(false), 'identified'],
  ['closes with an unknown error', (gateway) => gateway.close(4000), 'resumed'],
])('the gateway %s, and the story goes on', { timeout: 20_000 }, async ([, act, how], context) => {
  const { discord } = await openHouse({ library }, context.onTestFinished);
  const [channel, ann] = [discord.channel('a'), discord.user('Ann')];
  await ann.slash(channel, 'read', { story: 'tale' });
  await ann.slash(channel, 'next');
  const before = discord.gateway.counts[how];
  act(discord.gateway);
  // Asked while nobody listens: what Discord keeps for the session is answered late or not at all.
  const lost = ann.slash(channel, 'next');
  await discord.waitFor(() => discord.gateway.counts[how] > before, 15_000);
  const answer = brief(await lost);
  const { length } = told(discord, channel);
  expect(answer === 'failed' ? 1 : answer).toBe(length);
  expect(brief(await ann.slash(channel, 'next'))).toBe(length + 1);
  expect(told(discord, channel)).toEqual(length === 1 ? [1, 2] : [1, 2, 3]);
});

test.concurrent('a connection that is refused for a while comes back', async ({
  onTestFinished,
}) => {
  const { discord } = await openHouse({ library }, onTestFinished);
  const [channel, ann] = [discord.channel('a'), discord.user('Ann')];
  await ann.slash(channel, 'read', { story: 'tale' });
  discord.gateway.refuse(true);
  discord.gateway.drop();
  await discord.waitFor(() => !discord.gateway.online);
  discord.gateway.refuse(false);
  await discord.connected();
  expect(brief(await ann.slash(channel, 'next'))).toBe(1);
});
