import { setTimeout as sleep } from 'node:timers/promises';
import { type Audience, audienceOf } from './audience.ts';
import { type Running, run } from './contestant.ts';
import type { DatabaseServers } from './database-servers.ts';
import { type Point, type Trend, trend } from './figures.ts';
import { type ContestantId, type Entrant, openStage } from './stage.ts';

const CHANNELS = 64;
/** Passages a second, of each contestant. */
export const PACE = 20;
/** This part of the time is for warming up: what is kept for a while has its full size after it. */
export const WARM_UP = 0.3;
const SAMPLES = 200;

export interface SoakFigures {
  /** Minutes since the beginning, and resident memory in bytes, nothing collected for the occasion. */
  readonly memory: Point[];
  /** Ms from the command to the answer that stands in the channel. */
  readonly latency: number[];
  /** Of the memory after the warm-up, in bytes a minute. */
  growth: Trend;
}

/** Has all contestants at once tell passages at a steady pace for so many minutes. */
export async function measureSoak(
  ids: readonly ContestantId[],
  servers: DatabaseServers,
  minutes: number,
  onProgress: (what: string) => void,
): Promise<Map<ContestantId, SoakFigures>> {
  const stage = await openStage(ids, servers);
  const all = new Map<ContestantId, SoakFigures>();
  const running: { entrant: Entrant; audience: Audience; process: Running }[] = [];
  for (const entrant of stage.entrants) {
    const process = await run(entrant);
    const audience = audienceOf(entrant);
    await audience.gather(CHANNELS);
    running.push({ entrant, audience, process });
  }
  const began = performance.now();
  const minute = () => (performance.now() - began) / 60_000;
  await Promise.all(
    running.map(async ({ entrant: { id }, audience, process }) => {
      const figures: SoakFigures = { memory: [], latency: [], growth: NO_TREND };
      all.set(id, figures);
      const asking = askSteadily(audience, minutes * 60_000, figures.latency);
      while (minute() < minutes) {
        const { rss } = await process.usage('as it is');
        figures.memory.push([minute(), rss]);
        if (id === ids[0]) onProgress(`soak: ${minute().toFixed(1)} of ${minutes} minutes`);
        await Promise.race([sleep((minutes * 60_000) / SAMPLES), asking]);
      }
      await asking;
      figures.growth = trend(figures.memory.filter(([at]) => at >= minutes * WARM_UP));
    }),
  );
  for (const { process } of running) await process.stop();
  await stage.close();
  return all;
}

const NO_TREND: Trend = { slope: 0, from: 0, to: 0 };

/** Asks at its pace whether or not the ones before are answered, for so long, in ms. */
async function askSteadily(audience: Audience, time: number, latency: number[]): Promise<void> {
  const answers: Promise<void>[] = [];
  const began = performance.now();
  for (let asked = 0; ; asked += 1) {
    const due = began + (asked * 1000) / PACE;
    if (due > began + time) break;
    await sleep(Math.max(0, due - performance.now()));
    const answer = audience.next(asked % CHANNELS).then((taken) => {
      if (taken !== undefined) latency.push(taken);
    });
    answers.push(answer);
    // It is awaited below; until then nobody would hear of its failure.
    answer.catch(() => {});
  }
  await Promise.all(answers);
  await audience.tidied();
}
