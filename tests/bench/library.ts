/**
 * A library of a thousand novels beside one of a single short story: start, memory, and /next. Each
 * runs in a process of its own on a stand-in for Discord of its own; both stand-ins are in this
 * process, and the two take turns.
 */

import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openLibrary } from '../../src/library/open.ts';
import { createLog } from '../../src/log.ts';
import { startDiscord } from '../../src/rehearsal/discord/discord.ts';
import { type Contestant, run, timeToIdentify } from './contestant.ts';
import { median, quantile } from './figures.ts';
import { watchLoop } from './loop.ts';
import { writeNovel, writeNovels } from './novels.ts';
import type { Usage } from './probe.ts';
import { machine, mb, ms, table } from './table.ts';

const NOVELS = Number(process.argv[2] ?? 1000);
const NOVEL = 500_000;
const LONG_NOVEL = 3_300_000;
const STARTS = 10;
const ROUNDS = 8;
const IN_A_ROW = 60;
/** Ms for which a reader reads. */
const READING = 5;

const folder = await mkdtemp(join(tmpdir(), 'lamplight-bench-'));
const log = createLog('silent', [], { write() {} });

interface Shelved extends Contestant {
  readonly stories: string;
  readonly index: string;
  /** The story that is read there. */
  readonly slug: string;
}
const many = await shelved('many', 'war');
const one = await shelved('one', 'tale');
const both = [many, one];
await writeNovels(many.stories, NOVELS - 1, NOVEL);
await writeNovel(many.stories, many.slug, LONG_NOVEL);
await writeNovel(one.stories, one.slug, 20_000);

// Everything is new: read into the index, while this process's event loop is watched.
const readIn = async ({ stories, index }: Pick<Shelved, 'stories' | 'index'>) => {
  const stop = watchLoop();
  const from = performance.now();
  const { problems, close } = await openLibrary({ dir: stories, index, log });
  const taken = performance.now() - from;
  const { wall, cpu } = stop();
  if (problems.length > 0) throw new Error(JSON.stringify(problems[0]));
  await close();
  return { taken, wall, cpu };
};
const alone = join(folder, 'alone');
await mkdir(alone);
await writeNovel(alone, 'war', LONG_NOVEL);
const longNovel = await readIn({ stories: alone, index: join(folder, 'alone.stories') });
const all = await readIn(many);
await readIn(one);
const { size } = await stat(many.index);

// The same by the bot itself, at its first start.
const afterReading: number[] = [];
for (const each of both) {
  await rm(each.index);
  const { usage, stop } = await run(each);
  afterReading.push((await usage()).rss);
  await stop();
}

const identify = new Map(both.map((each) => [each, [] as number[]]));
for (let start = 0; start < STARTS; start += 1) {
  for (const each of start % 2 === 0 ? both : both.toReversed()) {
    identify.get(each)?.push(await timeToIdentify(each));
  }
}

const running = await Promise.all(both.map((each) => run(each)));
const memory = await Promise.all(running.map(({ usage }) => usage()));
const first = await Promise.all(both.map(async (each) => (await nexts(each, 'first', 1))[0] ?? 0));
const later = new Map(both.map((each) => [each, [] as number[]]));
for (let round = 0; round < ROUNDS; round += 1) {
  for (const each of round % 2 === 0 ? both : both.toReversed()) {
    later.get(each)?.push(...(await nexts(each, `round ${round}`, IN_A_ROW)));
  }
}
const loaded = await Promise.all(running.map(({ usage }) => usage()));
for (const { stop } of running) await stop();
for (const { discord } of both) await discord.stop();
await rm(folder, { recursive: true });

const rssOf = (usages: readonly Usage[]) => usages.map(({ rss }) => rss);
const started = both.map((each) => median(identify.get(each) ?? []));
const told = both.map((each) => later.get(each) ?? []);
const more = (figures: readonly number[], show: (figure: number) => string) => {
  const difference = (figures[0] ?? 0) - (figures[1] ?? 0);
  return [`${difference < 0 ? '−' : '+'}${show(Math.abs(difference))}`, ...figures.map(show)];
};
const memoryRow = (when: string, figures: readonly number[]) => [
  `resident memory, ${when}`,
  '≤ +60 MB',
  ...more(figures, mb),
];
const times = (figures: readonly number[]) => [
  `${((figures[0] ?? 0) / (figures[1] ?? 1)).toFixed(2)} ×`,
  ...figures.map(ms),
];
const rows = [
  ['start to identify', '≤ +500 ms', ...more(started, ms)],
  memoryRow('all stories just read', afterReading),
  memoryRow('started', rssOf(memory)),
  memoryRow('after it all', rssOf(loaded)),
  ['first /next, in a novel of 3.3 MB', '≤ 150 ms', ms(first[0] ?? 0), ...first.map(ms)],
  ['later ones, median', '≈ 1 ×', ...times(told.map(median))],
  ['later ones, p99', '', ...times(told.map((figures) => quantile(figures, 0.99)))],
];
const head = ['', 'target', 'difference', `${NOVELS} novels`, 'one short story'];
const facts = [
  ['', 'time', 'event loop held, at most', 'computing'],
  ['reading a new novel of 3.3 MB', ms(longNovel.taken), ms(longNovel.wall), ms(longNovel.cpu)],
  [`reading ${NOVELS} new novels`, ms(all.taken), ms(all.wall), ms(all.cpu)],
];
const [factsHead = [], ...factsRows] = facts;
process.stdout.write(
  `${machine()}\n\n${table(head, rows)}\n\n${table(factsHead, factsRows)}\n\nthe index of ${NOVELS} novels: ${mb(size)}\n`,
);

async function shelved(name: string, slug: string): Promise<Shelved> {
  const stories = join(folder, name);
  await mkdir(stories);
  const store = join(folder, `${name}.sqlite`);
  return {
    name,
    slug,
    stories,
    index: `${store}.stories`,
    discord: await startDiscord(),
    script: new URL('../../src/main.ts', import.meta.url).pathname,
    flags: ['--max-semi-space-size=8'],
    env: { STORE_URL: `sqlite:${store}`, STORY_DIR: stories },
  };
}

/** Asks for so many passages of the story in a channel of its own; how long each took, in ms. */
async function nexts({ discord, slug }: Shelved, name: string, count: number): Promise<number[]> {
  const channel = discord.channel(name);
  const reader = discord.user('Ann');
  await reader.slash(channel, 'read', { story: slug });
  const taken: number[] = [];
  for (let asked = 0; asked < count; asked += 1) {
    await sleep(READING);
    const from = performance.now();
    const answer = await reader.slash(channel, 'next');
    taken.push(performance.now() - from);
    if (answer.kind !== 'message' || answer.private) throw new Error(JSON.stringify(answer));
  }
  return taken;
}
