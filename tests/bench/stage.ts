import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DiscordOptions, startDiscord } from '../../src/rehearsal/discord/discord.ts';
import { keyspaceOn } from '../servers.ts';
import type { Contestant } from './contestant.ts';
import type { DatabaseServers } from './database-servers.ts';
import { paragraph, writeTale } from './tale.ts';

export const PASSAGES = 3000;
const PASSAGE_LENGTH = 600;
/** The flags that `npm start` gives. */
const FLAGS = ['--max-semi-space-size=8'];
const FIXED_TEXT = `${paragraph(200, PASSAGE_LENGTH)}\n-# A long tale · 200 of ${PASSAGES}`;

export const CONTESTANTS = ['bare', 'bareTidy', 'sqlite', 'redis', 'postgres'] as const;
export type ContestantId = (typeof CONTESTANTS)[number];

export const NAMES: Readonly<Record<ContestantId, string>> = {
  bare: 'bare bot',
  bareTidy: 'bare bot, same requests',
  sqlite: 'Lamplight, SQLite',
  redis: 'Lamplight, Redis',
  postgres: 'Lamplight, PostgreSQL',
};

/** A contestant with a stand-in for Discord, a folder and a store that nothing is in yet. */
export interface Entrant extends Contestant {
  readonly id: ContestantId;
  /** The story that it tells; absent where it answers a fixed text. */
  readonly slug?: string;
  /** Whether it takes the button off the message before. */
  readonly isTidy: boolean;
}

export interface Stage {
  readonly entrants: readonly Entrant[];
  close(): Promise<void>;
}

/** Those of `ids` that this machine has the servers for, in the order of CONTESTANTS. */
export function taking(
  ids: readonly ContestantId[],
  servers: DatabaseServers,
): readonly ContestantId[] {
  const isThere = (id: ContestantId) =>
    (id !== 'redis' && id !== 'postgres') || servers[id] !== undefined;
  return CONTESTANTS.filter((id) => ids.includes(id) && isThere(id));
}

/** Sets everything up anew for each of them, so that no measurement inherits from another. */
export async function openStage(
  ids: readonly ContestantId[],
  servers: DatabaseServers,
  discordOptions: DiscordOptions = {},
): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'lamplight-bench-'));
  const stories = join(folder, 'stories');
  await mkdir(stories);
  const slug = await writeTale(stories, PASSAGES, PASSAGE_LENGTH);
  const removals: (() => Promise<void>)[] = [];
  const entrants: Entrant[] = [];
  for (const id of ids) {
    const own = join(folder, id);
    await mkdir(own);
    const common = {
      id,
      name: NAMES[id],
      discord: await startDiscord(discordOptions),
      folder: own,
    };
    if (id === 'bare' || id === 'bareTidy') {
      const isTidy = id === 'bareTidy';
      const env = { FIXED_TEXT, ...(isTidy && { TIDY: '1' }) };
      entrants.push({ ...common, script: script('bare.ts'), flags: [], env, isTidy });
      continue;
    }
    const env = { STORE_URL: storeUrl(id), STORY_DIR: stories };
    const main = script('../../src/main.ts');
    entrants.push({ ...common, script: main, flags: FLAGS, env, slug, isTidy: true });
  }
  return {
    entrants,
    async close() {
      for (const { discord } of entrants) await discord.stop();
      for (const remove of removals) await remove();
      await rm(folder, { recursive: true });
    },
  };

  function storeUrl(id: 'sqlite' | 'redis' | 'postgres'): string {
    if (id === 'sqlite') return `sqlite:${join(folder, id, 'lamplight.sqlite')}`;
    const server = servers[id];
    if (server === undefined) throw new Error(`there is no ${id} server`);
    const { url, remove } = keyspaceOn(server);
    removals.push(remove);
    return url;
  }
}

function script(path: string): string {
  return new URL(path, import.meta.url).pathname;
}
