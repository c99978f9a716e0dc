/**
 * /next beside a bare discord.js bot that answers a fixed text of the same length. Each runs in a
 * process of its own on a stand-in of its own; both stand-ins are in this process, and the two
 * take turns in short rounds, so that whatever slows the machine slows both. Times are as a
 * reader sees them: from the command to the answer that stands in the channel.
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startDiscord } from '../../src/rehearsal/discord/discord.ts';
import { type Contestant, type Running, run, timeToIdentify } from './contestant.ts';
import { median, quantile } from './figures.ts';
import type { Usage } from './probe.ts';
import { machine, mb, ms, table } from './table.ts';
import { paragraph, writeTale } from './tale.ts';

const PASSAGE_LENGTH = 600;
const PASSAGES = 400;
const WARM_UP = 600;
/** Each round, for each of the two: so many one after the other, and so many at once. */
const ROUNDS = 12;
const IN_A_ROW = 100;
/** Ms for which a reader reads: enough for a bot to finish what it does after its answer. */
const READING = 5;
const CHANNELS = 64;
const EACH = 10;
const STARTS = 12;

const folder = await mkdtemp(join(tmpdir(), 'lamplight-bench-'));
const slug = await writeTale(folder, PASSAGES, PASSAGE_LENGTH);
const script = (path: string) => new URL(path, import.meta.url).pathname;
const lamplight: Contestant = {
  name: 'Lamplight',
  discord: await startDiscord(),
  script: script('../../src/main.ts'),
  // As `npm start` runs it.
  flags: ['--max-semi-space-size=8'],
  env: { STORE_URL: `sqlite:${join(folder, 'lamplight.sqlite')}`, STORY_DIR: folder },
};
const bare: Contestant = {
  name: 'bare bot',
  discord: await startDiscord(),
  script: script('bare.ts'),
  flags: [],
  env: { FIXED_TEXT: `${paragraph(200, PASSAGE_LENGTH)}\n-# A long tale · 200 of ${PASSAGES}` },
};

interface Figures {
  readonly identify: number[];
  readonly latency: number[];
  /** The same where each reader asks on at once, while the bot still tidies up. */
  readonly hasty: number[];
  readonly perSecond: number[];
  /** CPU time for one /next at full load, in ms, of the bot's process. */
  readonly cpu: number[];
  idle: Usage;
  loaded: Usage;
}
const figures = new Map<Contestant, Figures>();
const processes = new Map<Contestant, Running>();
const both = [lamplight, bare];

const none: Usage = { rss: 0, heap: 0, cpu: 0 };
for (const one of both) {
  const empty = { identify: [], latency: [], hasty: [], perSecond: [], cpu: [] };
  figures.set(one, { ...empty, idle: none, loaded: none });
}
for (let start = 0; start < STARTS; start += 1) {
  for (const one of alternate(start)) of(figures, one).identify.push(await timeToIdentify(one));
}
for (const one of both) {
  const running = await run(one);
  processes.set(one, running);
  await inARow(one, 'warm-up', WARM_UP, 0);
  of(figures, one).idle = await running.usage();
}
for (let round = 0; round < ROUNDS; round += 1) {
  for (const one of alternate(round)) {
    const { latency, hasty, perSecond, cpu } = of(figures, one);
    latency.push(...(await inARow(one, `row ${round}`, IN_A_ROW, READING)));
    hasty.push(...(await inARow(one, `haste ${round}`, IN_A_ROW, 0)));
    const before = await of(processes, one).usage();
    perSecond.push(await atOnce(one, `load ${round}`));
    const after = await of(processes, one).usage();
    cpu.push((after.cpu - before.cpu) / 1000 / (CHANNELS * EACH));
  }
}
for (const one of both) {
  of(figures, one).loaded = await of(processes, one).usage();
  await of(processes, one).stop();
  await one.discord.stop();
}
await rm(folder, { recursive: true });
process.stdout.write(`${report(of(figures, lamplight), of(figures, bare))}\n`);

function alternate(round: number): Contestant[] {
  return round % 2 === 0 ? both : both.toReversed();
}

/** Asks for one passage after the other, `pause` ms between them; how long each took, in ms. */
async function inARow(
  one: Contestant,
  name: string,
  count: number,
  pause: number,
): Promise<number[]> {
  const taken: number[] = [];
  for (let asked = 0; asked < count; asked += PASSAGES) {
    const next = await open(one, `${name} from ${asked}`);
    for (let more = Math.min(PASSAGES, count - asked); more > 0; more -= 1) {
      if (pause > 0) await sleep(pause);
      const from = performance.now();
      await next();
      taken.push(performance.now() - from);
    }
  }
  return taken;
}

/** Keeps one /next in flight in each of many channels; answers a second. */
async function atOnce(one: Contestant, name: string): Promise<number> {
  const channels = Array.from({ length: CHANNELS }, (_, index) => open(one, `${name} ${index}`));
  const nexts = await Promise.all(channels);
  const from = performance.now();
  await Promise.all(
    nexts.map(async (next) => {
      for (let asked = 0; asked < EACH; asked += 1) await next();
    }),
  );
  return (CHANNELS * EACH) / ((performance.now() - from) / 1000);
}

/** Opens a channel with the story in it; what comes back asks there for the next passage. */
async function open({ name, discord }: Contestant, channelName: string) {
  const channel = discord.channel(channelName);
  const reader = discord.user('Ann');
  if (name === 'Lamplight') await reader.slash(channel, 'read', { story: slug });
  return async () => {
    const answer = await reader.slash(channel, 'next');
    if (answer.kind !== 'message' || answer.private || answer.message.components.length === 0) {
      throw new Error(`${name} did not answer /next: ${JSON.stringify(answer)}`);
    }
  };
}

function report(ours: Figures, theirs: Figures): string {
  const times = (of: (figures: Figures) => number) => `${(of(ours) / of(theirs)).toFixed(2)} ×`;
  const more = (of: (figures: Figures) => number, show: (figure: number) => string) =>
    signed(of(ours) - of(theirs), show);
  const row = (
    name: string,
    target: string,
    compare: (of: (figures: Figures) => number, show: (figure: number) => string) => string,
    of: (figures: Figures) => number,
    show: (figure: number) => string,
  ) => [name, compare(of, show), target, show(of(ours)), show(of(theirs))];
  const perSecond = (figure: number) => figure.toFixed(0);
  const rows = [
    row('/next, median', '≤ 1.25 ×', times, (f) => median(f.latency), ms),
    row('/next, p99', '', times, (f) => quantile(f.latency, 0.99), ms),
    row('/next without a pause, median', '', times, (f) => median(f.hasty), ms),
    row('/next without a pause, p99', '', times, (f) => quantile(f.hasty, 0.99), ms),
    row(
      `/next a second, ${CHANNELS} channels`,
      '≥ 0.70 ×',
      times,
      (f) => median(f.perSecond),
      perSecond,
    ),
    row('CPU for one /next at that load', '', times, (f) => median(f.cpu), ms),
    row('resident memory, warm', '≤ +25 MB', more, (f) => f.idle.rss, mb),
    row('resident memory, after it all', '≤ +25 MB', more, (f) => f.loaded.rss, mb),
    row('heap in use, after it all', '', more, (f) => f.loaded.heap, mb),
    row('start to identify', '≤ +150 ms', more, (f) => median(f.identify), ms),
  ];
  const asked = `${ROUNDS} rounds of ${IN_A_ROW} in a row with pauses of ${READING} ms, ${IN_A_ROW} without, and ${CHANNELS} × ${EACH} at once; ${STARTS} starts; each of the two in turn.`;
  const head = ['', 'ratio', 'target', lamplight.name, bare.name];
  return `${machine()}\n\n${asked}\n\n${table(head, rows)}`;
}

function signed(figure: number, show: (figure: number) => string): string {
  return `${figure < 0 ? '−' : '+'}${show(Math.abs(figure))}`;
}

function of<Value>(map: ReadonlyMap<Contestant, Value>, one: Contestant): Value {
  const value = map.get(one);
  if (value === undefined) throw new Error(`${one.name} has none`);
  return value;
}
