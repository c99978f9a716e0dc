import { run } from './contestant.ts';
import type { DatabaseServers } from './database-servers.ts';
import type { Usage } from './probe.ts';
import { type ContestantId, openStage } from './stage.ts';

/** Discord recommends a shard for about so many servers. */
const PER_SHARD = 1000;

export interface KnownGuilds {
  readonly guilds: number;
  readonly shards: number;
  /** Once every shard is ready. */
  readonly used: ReadonlyMap<ContestantId, Usage>;
}

/**
 * The memory of a process that is in so many servers, with as many shards as Discord recommends;
 * each shard's READY lists its servers.
 */
export async function measureKnownGuilds(
  ids: readonly ContestantId[],
  servers: DatabaseServers,
  guilds: number,
): Promise<KnownGuilds> {
  const shards = Math.ceil(guilds / PER_SHARD);
  const used = new Map<ContestantId, Usage>();
  for (const id of ids) {
    // Discord itself would take five seconds a shard.
    const options = { shards, sessionStarts: { maxConcurrency: shards } };
    const stage = await openStage([id], servers, options);
    for (const entrant of stage.entrants) {
      // The stand-in's own server is one of them.
      for (let number = 1; number < guilds; number += 1) entrant.discord.guild(`server ${number}`);
      // It registers its commands when every shard is ready.
      const running = await run(entrant, 120_000);
      used.set(id, await running.usage());
      await running.stop();
    }
    await stage.close();
  }
  return { guilds, shards, used };
}
