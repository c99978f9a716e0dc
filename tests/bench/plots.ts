import { median, quantile } from './figures.ts';
import { LEVELS, type LoadFigures } from './load.ts';
import { plotSvg, type Series } from './plot.ts';
import type { SoakFigures } from './soak.ts';
import { type ContestantId, NAMES } from './stage.ts';

type ById<Value> = ReadonlyMap<ContestantId, Value>;

const HASTY = LEVELS.flatMap((level, at) => (level.reading === 0 ? [{ ...level, at }] : []));
const IN_FLIGHT = {
  name: 'in flight, each in a channel of its own',
  isLog: true,
  ticks: HASTY.map(({ inFlight }) => inFlight),
};

export function latencyPlot(load: ById<LoadFigures>): string {
  const series = [...load].flatMap(([id, { levels }]): Series[] => {
    const points = (part: number) =>
      HASTY.map(
        ({ inFlight, at }) => [inFlight, quantile(levels[at]?.latency ?? [], part)] as const,
      );
    return [
      { name: NAMES[id], points: points(0.5) },
      { name: NAMES[id], points: points(0.99), isDashed: true },
    ];
  });
  const title = 'From /next to the passage, in ms: median, and p99 dashed';
  return plotSvg({ title, x: IN_FLIGHT, y: { name: 'ms', isLog: true }, series });
}

export function throughputPlot(load: ById<LoadFigures>): string {
  const series = [...load].map(
    ([id, { levels }]): Series => ({
      name: NAMES[id],
      points: HASTY.map(({ inFlight, at }) => [inFlight, median(levels[at]?.done ?? [])]),
    }),
  );
  const title = 'Passages a second, all that follows an answer done';
  return plotSvg({ title, x: IN_FLIGHT, y: { name: 'a second', from: 0 }, series });
}

export function soakPlot(soak: ById<SoakFigures>): string {
  const series = [...soak].map(
    ([id, { memory }]): Series => ({
      name: NAMES[id],
      points: memory.map(([at, rss]) => [at, rss / 1e6]),
    }),
  );
  const title = 'Resident memory while passages are told, in MB';
  return plotSvg({ title, x: { name: 'minutes', from: 0 }, y: { name: 'MB', from: 0 }, series });
}
