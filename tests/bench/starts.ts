import { audienceOf } from './audience.ts';
import { run, timeStart } from './contestant.ts';
import type { DatabaseServers } from './database-servers.ts';
import { type ContestantId, openStage } from './stage.ts';

/** Ms from the start of the process, a figure a start. */
export interface StartFigures {
  readonly identify: number[];
  /** To the answer to a command given the moment it has identified. */
  readonly answer: number[];
}

/** Starts the contestants in turn, so many times each, and once before to find everything set up. */
export async function measureStarts(
  ids: readonly ContestantId[],
  servers: DatabaseServers,
  starts: number,
  onProgress: (what: string) => void,
): Promise<Map<ContestantId, StartFigures>> {
  const stage = await openStage(ids, servers);
  const audiences = new Map(stage.entrants.map((entrant) => [entrant, audienceOf(entrant)]));
  const all = new Map<ContestantId, StartFigures>();
  for (const [entrant, audience] of audiences) {
    const running = await run(entrant);
    await audience.gather(1);
    await audience.next(0);
    await audience.tidied();
    await running.stop();
    all.set(entrant.id, { identify: [], answer: [] });
  }
  for (let start = 0; start < starts; start += 1) {
    onProgress(`start ${start + 1} of ${starts}`);
    for (const [entrant, audience] of audiences) {
      const { identify, answer } = await timeStart(entrant, () => audience.next(0));
      all.get(entrant.id)?.identify.push(identify);
      all.get(entrant.id)?.answer.push(answer);
    }
  }
  await stage.close();
  return all;
}
