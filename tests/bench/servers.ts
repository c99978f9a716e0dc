/**
 * The memory of Lamplight in many servers: one process with as many shards as Discord recommends,
 * which is one for a thousand servers, each server listed by its shard's READY.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDiscord } from '../../src/rehearsal/discord/discord.ts';
import { end, launch, usage } from './child.ts';
import type { Usage } from './probe.ts';
import { machine, mb, table } from './table.ts';

const PER_SHARD = 1000;

const rows: string[][] = [];
for (const servers of [1, 10_000, 100_000]) {
  const shards = Math.ceil(servers / PER_SHARD);
  const { rss, heap } = await measure(servers, shards);
  rows.push([servers.toLocaleString('en'), String(shards), mb(rss), mb(heap)]);
}
process.stdout.write(`${machine()}\n\n${table(['servers', 'shards', 'RSS', 'heap'], rows)}\n`);

async function measure(servers: number, shards: number): Promise<Usage> {
  const folder = mkdtempSync(join(tmpdir(), 'lamplight-'));
  // Discord would take five seconds a shard.
  const discord = await startDiscord({ shards, sessionStarts: { maxConcurrency: shards } });
  // The stand-in's own server is one of them.
  for (let number = 1; number < servers; number += 1) discord.guild(`server ${number}`);
  const env = {
    DISCORD_API_URL: discord.url,
    DISCORD_TOKEN: discord.token,
    STORE_URL: `sqlite:${join(folder, 'lamplight.sqlite')}`,
  };
  const main = new URL('../../src/main.ts', import.meta.url).pathname;
  const bot = launch(main, env, { probe: true, flags: ['--max-semi-space-size=8'] });
  // It registers its commands when every shard is ready.
  await discord.waitFor(() => discord.commands().length > 0, 120_000);
  const used = await usage(bot);
  await end(bot);
  await discord.stop();
  rmSync(folder, { recursive: true });
  return used;
}
