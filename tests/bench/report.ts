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

/** One line of a table; the short table has only those that matter most. */
interface Row {
  readonly isShort: boolean;
  readonly cells: readonly string[];
}

/** What load does, each contestant beside the bare bot: whole, or as short as a README needs. */
export function loadReport(load: ById<LoadFigures>, rounds: number, length: 'whole' | 'short') {
  const rows = [...LEVELS.flatMap((level, at) => levelRows(load, level, at)), ...memoryRows(load)];
  const shown = rows.filter(({ isShort }) => isShort || length === 'whole');
  const head = ['', ...[...load.keys()].map((id) => NAMES[id])];
  const asked = LEVELS.map(({ asked, inFlight }) => `${asked} with ${inFlight} in flight`);
  const how = `${rounds} rounds, each of ${asked.join(', ')}; all contestants take turns at every level. In brackets: beside the bare bot, the median of the rounds. “Done” counts what follows an answer too: the older button taken off, the place written down.`;
  const cells = shown.map((row) => row.cells);
  return [table(head, cells), ...(length === 'whole' ? [how] : []), aims(load)].join('\n\n');
}

function levelRows(load: ById<LoadFigures>, level: Level, at: number): Row[] {
  const bare = found(load, 'bare').levels[at] ?? none();
  const row = (
    what: string,
    show: (figures: Figures, beside: Figures | undefined) => string,
    isShort = false,
  ): Row => {
    const cells = [...load].map(([id, { levels }]) =>
      show(levels[at] ?? none(), id === 'bare' ? undefined : bare),
    );
    return { isShort, cells: [`${levelName(level)}: ${what}`, ...cells] };
  };
  const compared =
    (of: (figures: Figures) => readonly number[], show: (figure: number) => string) =>
    (figures: Figures, beside: Figures | undefined) =>
      withRatio(show(median(of(figures))), beside && ratio(of(figures), of(beside)));
  const p99 = (figures: Figures, beside: Figures | undefined) => {
    const ours = quantile(figures.latency, 0.99);
    return withRatio(ms(ours), beside && ours / quantile(beside.latency, 0.99));
  };
  const isCrowd = level.inFlight > 1;
  return [
    row(
      'median',
      compared(({ medians }) => medians, ms),
      true,
    ),
    row('p99', p99, level.reading > 0),
    ...(isCrowd
      ? [
          row(
            'answers a second',
            compared(({ answered }) => answered, whole),
          ),
          row(
            'done a second',
            compared(({ done }) => done, whole),
            level.inFlight >= 64,
          ),
          row(
            'CPU for one',
            compared(({ cpu }) => cpu, ms),
            level.inFlight === 64,
          ),
          row('not told in time', ({ late }) => whole(late.reduce((sum, count) => sum + count, 0))),
        ]
      : []),
  ];
}

function memoryRows(load: ById<LoadFigures>): Row[] {
  const row = (what: string, of: (figures: LoadFigures) => number): Row => {
    const bare = of(found(load, 'bare'));
    const cells = [...load].map(([id, figures]) =>
      id === 'bare' ? mb(bare) : `${mb(of(figures))} (${signed((of(figures) - bare) / 1e6)})`,
    );
    return { isShort: true, cells: [`resident memory, ${what}`, ...cells] };
  };
  return [row('warm', ({ warm }) => warm.rss), row('after it all', ({ loaded }) => loaded.rss)];
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
  return `Aim, the median with readers who read: ${sentences.join(', ')}.`;
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
  const minutesOf = (count: number) => `${count} ${count === 1 ? 'minute' : 'minutes'}`;
  const how = `${PACE} passages a second each, all at once, for ${minutesOf(minutes)}; the memory is that after the first ${minutesOf(WARM_UP * minutes)}, with nothing collected for the occasion.`;
  return `${table(head, rows)}\n\n${how}`;
}

function levelName({ inFlight, reading }: Level): string {
  if (inFlight > 1) return `${inFlight} in flight`;
  return reading > 0 ? `one at a time, read for ${reading} ms` : 'one at a time';
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

function none(): Figures {
  return { latency: [], medians: [], answered: [], done: [], late: [], cpu: [] };
}

function found<Value>(map: ById<Value>, id: ContestantId): Value {
  const value = map.get(id);
  if (value === undefined) throw new Error(`no figures of ${NAMES[id]}`);
  return value;
}
