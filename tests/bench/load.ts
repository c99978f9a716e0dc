import { setTimeout as sleep } from 'node:timers/promises';
import { type Audience, audienceOf } from './audience.ts';
import { type Running, run } from './contestant.ts';
import type { DatabaseServers } from './database-servers.ts';
import { median } from './figures.ts';
import type { Usage } from './probe.ts';
import { type ContestantId, type Entrant, openStage } from './stage.ts';

/** So many ask at any one time, each in a channel of its own, so many in all a round. */
export interface Level {
  readonly inFlight: number;
  readonly asked: number;
  /** Ms for which a reader reads before asking on: enough for a bot to finish what it does then. */
  readonly reading: number;
}

export const LEVELS: readonly Level[] = [
  { inFlight: 1, asked: 100, reading: 5 },
  { inFlight: 1, asked: 100, reading: 0 },
  { inFlight: 8, asked: 200, reading: 0 },
  { inFlight: 64, asked: 640, reading: 0 },
  { inFlight: 512, asked: 1536, reading: 0 },
];
const CHANNELS = Math.max(...LEVELS.map(({ inFlight }) => inFlight));
const WARM_UP: Level = { inFlight: 8, asked: 800, reading: 0 };

/** What one contestant did at one level, a figure a round except for `latency`. */
export interface Figures {
  /** Ms from the command to the answer that stands in the channel, of each answer. */
  readonly latency: number[];
  /** The median of those, of each round. */
  readonly medians: number[];
  /** Answers a second. */
  readonly answered: number[];
  /** The same, until the bot has also done what follows an answer. */
  readonly done: number[];
  /** How many were refused, or not answered within Discord's three seconds. */
  readonly late: number[];
  /** CPU time of the bot's process for one answer and what follows it, in ms. */
  readonly cpu: number[];
}

export interface LoadFigures {
  /** In the order of LEVELS. */
  readonly levels: readonly Figures[];
  /** After the warm-up, and after it all: the last heat's. */
  warm: Usage;
  loaded: Usage;
}

interface Playing {
  readonly entrant: Entrant;
  readonly audience: Audience;
  readonly running: Running;
  readonly figures: LoadFigures;
}

/**
 * Has the contestants answer in turn, so that whatever slows the machine slows them alike, in
 * rounds of all levels; each heat begins with new processes and empty stores.
 */
export async function measureLoad(
  ids: readonly ContestantId[],
  servers: DatabaseServers,
  { heats, rounds }: { readonly heats: number; readonly rounds: number },
  onProgress: (what: string) => void,
): Promise<Map<ContestantId, LoadFigures>> {
  const all = new Map<ContestantId, LoadFigures>(ids.map((id) => [id, noFigures()]));
  for (let heat = 0; heat < heats; heat += 1) {
    const stage = await openStage(ids, servers);
    const playing: Playing[] = [];
    for (const entrant of stage.entrants) {
      const figures = all.get(entrant.id) ?? noFigures();
      const one = { entrant, figures, audience: audienceOf(entrant), running: await run(entrant) };
      playing.push(one);
      await one.audience.gather(CHANNELS);
      await askAll(one.audience, WARM_UP);
      await one.audience.tidied();
      figures.warm = await one.running.usage();
    }
    for (let round = 0; round < rounds; round += 1) {
      onProgress(`load: round ${heat * rounds + round + 1} of ${heats * rounds}`);
      for (const [at, level] of LEVELS.entries()) {
        for (const one of rotated(playing, round)) await playLevel(one, level, at);
      }
    }
    for (const { figures, running } of playing) {
      figures.loaded = await running.usage();
      await running.stop();
    }
    await stage.close();
  }
  return all;
}

async function playLevel({ audience, running, figures }: Playing, level: Level, at: number) {
  const of = figures.levels[at];
  if (of === undefined) throw new RangeError(`no figures for level ${at}`);
  const before = await running.usage('as it is');
  const from = performance.now();
  const latency = await askAll(audience, level);
  const answered = performance.now();
  await audience.tidied();
  const done = performance.now();
  const after = await running.usage('as it is');
  of.latency.push(...latency);
  of.medians.push(median(latency));
  of.late.push(level.asked - latency.length);
  of.answered.push(latency.length / ((answered - from) / 1000));
  of.done.push(latency.length / ((done - from) / 1000));
  of.cpu.push((after.cpu - before.cpu) / 1000 / level.asked);
}

/** Keeps so many asking until so many have been answered; how long each answer took, in ms. */
async function askAll(audience: Audience, { inFlight, asked, reading }: Level): Promise<number[]> {
  const taken: number[] = [];
  let left = asked;
  const readOn = async (number: number) => {
    while (left > 0) {
      left -= 1;
      if (reading > 0) await sleep(reading);
      const time = await audience.next(number);
      if (time !== undefined) taken.push(time);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, (_, number) => readOn(number)));
  return taken;
}

function rotated<Value>(values: readonly Value[], by: number): Value[] {
  const at = by % values.length;
  return [...values.slice(at), ...values.slice(0, at)];
}

function noFigures(): LoadFigures {
  const none: Usage = { rss: 0, heap: 0, peak: 0, cpu: 0 };
  const levels = LEVELS.map(() => ({
    latency: [],
    medians: [],
    answered: [],
    done: [],
    late: [],
    cpu: [],
  }));
  return { levels, warm: none, loaded: none };
}
