import { median, quantile } from './figures.ts';
import type { KnownGuilds } from './known-guilds.ts';
import { type Figures, LEVELS, type Level, type LoadFigures } from './load.ts';
import { PACE, type SoakFigures, WARM_UP } from './soak.ts';
import { type ContestantId, NAMES } from './stage.ts';
import type { StartFigures } from './starts.ts';
import { mb, ms, table } from './table.ts';

/** What the median may be, beside the bare bot's, with readers who read. */
const AIMS: Readonly<Partial<Record<ContestantId, number>>> = {
  sqlite: 1.25,
  redis: 1.5,
  postgres: 1.5,
};

type ById<Value> = ReadonlyMap<ContestantId, Value>;

/** The table of what load does, each contestant beside the bare bot, and whether the aim is met. */
export function loadReport(load: ById<LoadFigures>, rounds: number): string {
  const bare = found(load, 'bare');
  const ids = [...load.keys()];
  const row = (
    name: string,
    show: (figures: LoadFigures, beside: LoadFigures | undefined) => string,
  ) => [name, ...ids.map((id) => show(found(load, id), id === 'bare' ? undefined : bare))];
  const rows = LEVELS.flatMap((level, at) => {
    const of = ({ levels }: LoadFigures) => levels[at] ?? none();
    const compared =
      (part: (figures: Figures) => readonly number[], show: (figure: number) => string) =>
      (figures: LoadFigures, beside: LoadFigures | undefined) =>
        withRatio(
          show(median(part(of(figures)))),
          beside && ratio(part(of(figures)), part(of(beside))),
        );
    const p99 = (figures: LoadFigures, beside: LoadFigures | undefined) => {
      const [ours, theirs] = [figures, beside].map((one) => one && quantile(of(one).latency, 0.99));
      return withRatio(ms(ours ?? 0), theirs && (ours ?? 0) / theirs);
    };
    const name = levelName(level);
    return [
      row(
        `${name}: median`,
        compared(({ medians }) => medians, ms),
      ),
      row(`${name}: p99`, p99),
      ...(level.inFlight > 1
        ? [
            row(
              `${name}: answers a second`,
              compared(({ answered }) => answered, whole),
            ),
            row(
              `${name}: all done, a second`,
              compared(({ done }) => done, whole),
            ),
            row(
              `${name}: CPU for one`,
              compared(({ cpu }) => cpu, ms),
            ),
            row(`${name}: not told in time`, (figures) => whole(sum(of(figures).late))),
          ]
        : []),
    ];
  });
  const more =
    (of: (figures: LoadFigures) => number) =>
    (figures: LoadFigures, beside: LoadFigures | undefined) =>
      beside ? `${mb(of(figures))} (${signed((of(figures) - of(beside)) / 1e6)})` : mb(of(figures));
  const memory = [
    row(
      'resident memory, warm',
      more(({ warm }) => warm.rss),
    ),
    row(
      'resident memory, after it all',
      more(({ loaded }) => loaded.rss),
    ),
  ];
  const asked = LEVELS.map(({ asked, inFlight }) => `${asked} with ${inFlight} in flight`).join(
    ', ',
  );
  return [
    table(['', ...ids.map((id) => NAMES[id])], [...rows, ...memory]),
    `${rounds} rounds, each of ${asked}; all contestants in turn at every level. Ratios are the median of those of each round.`,
    aims(load),
  ].join('\n\n');
}

function aims(load: ById<LoadFigures>): string {
  const theirs = found(load, 'bare').levels[0] ?? none();
  const sentences = [...load].flatMap(([id, { levels }]) => {
    const aim = AIMS[id];
    if (aim === undefined) return [];
    const reached = ratio((levels[0] ?? none()).medians, theirs.medians);
    const verdict = reached <= aim ? 'met' : 'not met';
    return [`${NAMES[id]} ${reached.toFixed(2)} × (at most ${aim} ×: ${verdict})`];
  });
  return `Aim, the median with readers who read for ${LEVELS[0]?.reading} ms: ${sentences.join(', ')}.`;
}

export function startReport(starts: ById<StartFigures>): string {
  const bare = found(starts, 'bare');
  const row = (name: string, of: (figures: StartFigures) => readonly number[]) => [
    name,
    ...[...starts].map(([id, figures]) => {
      const taken = median(of(figures));
      const more = taken - median(of(bare));
      return id === 'bare' ? ms(taken) : `${ms(taken)} (${signed(more)})`;
    }),
  ];
  const head = ['', ...[...starts.keys()].map((id) => NAMES[id])];
  return table(head, [
    row('start to identify', ({ identify }) => identify),
    row('start to the first answer', ({ answer }) => answer),
  ]);
}

export function guildsReport(all: readonly KnownGuilds[]): string {
  const ids = [...(all[0]?.used.keys() ?? [])];
  const rows = all.map(({ guilds, shards, used }) => [
    whole(guilds),
    whole(shards),
    ...ids.map((id) => mb(found(used, id).rss)),
  ]);
  return table(['servers', 'shards', ...ids.map((id) => NAMES[id])], rows);
}

export function soakReport(soak: ById<SoakFigures>, minutes: number): string {
  const perHour = (perMinute: number) => signed((perMinute * 60) / 1e6);
  const rows = [...soak].map(([id, { memory, latency, growth }]) => {
    const warm = memory.filter(([at]) => at >= minutes * WARM_UP).map(([, rss]) => rss);
    return [
      NAMES[id],
      whole(latency.length),
      ms(median(latency)),
      ms(quantile(latency, 0.99)),
      `${mb(Math.min(...warm))} – ${mb(Math.max(...warm))}`,
      `${perHour(growth.slope)} MB/h`,
      `${perHour(growth.from)} to ${perHour(growth.to)}`,
    ];
  });
  const head = ['', 'passages', 'median', 'p99', 'resident memory', 'its slope', '95 % interval'];
  const how = `${PACE} passages a second each, all at once, for ${minutes} minutes; memory after the first ${WARM_UP * minutes}.`;
  return `${table(head, rows)}\n\n${how}`;
}

export function levelName({ inFlight, reading }: Level): string {
  return reading > 0 ? `${inFlight} in flight, reading for ${reading} ms` : `${inFlight} in flight`;
}

/** The median of what each round's figure is beside the other's. */
function ratio(ours: readonly number[], theirs: readonly number[]): number {
  return median(ours.map((figure, round) => figure / (theirs[round] ?? Number.NaN)));
}

function withRatio(text: string, times: number | undefined): string {
  return times === undefined ? text : `${text} (${times.toFixed(2)} ×)`;
}

function signed(figure: number): string {
  return `${figure < 0 ? '−' : '+'}${Math.abs(figure).toFixed(Math.abs(figure) < 10 ? 1 : 0)}`;
}

function whole(figure: number): string {
  return Math.round(figure).toLocaleString('en');
}

function sum(figures: readonly number[]): number {
  return figures.reduce((total, figure) => total + figure, 0);
}

function none(): Figures {
  return { latency: [], medians: [], answered: [], done: [], late: [], cpu: [] };
}

function found<Value>(map: ById<Value>, id: ContestantId): Value {
  const value = map.get(id);
  if (value === undefined) throw new Error(`no figures of ${NAMES[id]}`);
  return value;
}
