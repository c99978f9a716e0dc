/**
 * Autocomplete over a novel of 3 MB read to its end: how long an answer takes within the process,
 * how long the event loop stands still meanwhile and while the index is built, and what the index
 * weighs. Run with --expose-gc for the last.
 */

import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { styleText } from 'node:util';
import { fitsMessage } from '../../src/message/fits.ts';
import { storyOf } from '../../src/story/in-memory.ts';
import { lineIndex } from '../../src/story/line-index.ts';
import { parseStory } from '../../src/story/parse.ts';
import type { Story } from '../../src/story/story.ts';
import { passagesOf } from '../book.ts';
import { computed, watchLoop } from './loop.ts';

const BYTES = 3_000_000;
const CHOICES = 25;

/** The same numbers in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Alice over and over, with a word in twelve made up: a novel's vocabulary, and its habits. */
function longNovel(): Story {
  const next = random(1);
  const syllables = 'ba ren tol mi sha ver quil do na stre ling hap or ent cu'.split(' ');
  const madeUp = () =>
    Array.from({ length: 2 + next() * 3 }, () => syllables[Math.floor(next() ** 2 * 15)]).join('');
  const alice = readFileSync(new URL('../texts/alice.txt', import.meta.url), 'utf8');
  let text = '';
  while (text.length < BYTES) {
    text += alice.replace(/\p{L}{4,}/gu, (word) => (next() < 0.12 ? madeUp() : word));
  }
  return storyOf(parseStory({ name: 'novel.txt', text }, fitsMessage));
}

/** What people send while they type some words of a line, and what could be slowest. */
function typed(story: Story): string[] {
  const next = random(2);
  const queries = [...'abcdefghijklmnopqrstuvwxyz'];
  queries.push('the of and to a in it she he was', 'th', 'said alice', 'alice alice alice');
  while (queries.length < 3000) {
    const passage = story.passage(1 + Math.floor(next() * story.length));
    const words = passage?.text.match(/\p{L}+/gu) ?? [];
    const picked = words.filter(() => next() < 4 / words.length).join(' ');
    const misspelt = next() < 0.3 ? picked.replace(/(?<=\w{3})\w/, 'x') : picked;
    for (let length = 1; length <= misspelt.length; length += 2) {
      queries.push(misspelt.slice(0, length));
    }
  }
  queries.push(
    passagesOf(story)
      .map(({ text }) => text)
      .join(' ')
      .slice(0, 6000),
  );
  return queries;
}

function memory(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 2 ** 20;
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

const story = longNovel();
const queries = typed(story);
const end = story.length;
const index = lineIndex(story);

const ms = (value: number) => `${value.toFixed(2)} ms`;

const weightBefore = memory();
const stop = watchLoop();
const start = performance.now();
await index.suggest('alice', end, CHOICES);
const built = performance.now() - start;
const { wall, cpu } = stop();
const weight = memory() - weightBefore;
const rows = [
  ['', 'p50', 'p99', 'p99 computing', 'longest', 'event loop held, at most', 'computing'],
  ['---', '---', '---', '---', '---', '---', '---'],
  ['the index, built', '', '', '', ms(built), ms(wall), ms(cpu)],
];

/** Asks all queries, one after another; returns how long each took. */
async function measure(name: string, ask: (query: string) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  const cpuTimes: number[] = [];
  const stop = watchLoop();
  for (const query of queries) {
    const start = performance.now();
    const cpuStart = computed();
    await ask(query);
    times.push(performance.now() - start);
    cpuTimes.push(computed() - cpuStart);
  }
  const { wall, cpu } = stop();
  const sorted = times.toSorted((a, b) => a - b);
  const cpuSorted = cpuTimes.toSorted((a, b) => a - b);
  const figures = [
    quantile(sorted, 0.5),
    quantile(sorted, 0.99),
    quantile(cpuSorted, 0.99),
    sorted.at(-1) ?? 0,
    wall,
    cpu,
  ];
  rows.push([name, ...figures.map(ms)]);
  return times;
}

const times = await measure('suggest', (query) => index.suggest(query, end, CHOICES));
await measure('find', (query) => index.find(query, end));

process.stdout.write(
  `${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n\n` +
    `${end} passages, ${queries.length} queries, index ${weight.toFixed(1)} MB` +
    `${globalThis.gc ? '' : ' (run with --expose-gc to be exact)'}; ` +
    `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}\n`,
);
const slow = queries
  .map((query, at) => ({ query, time: times[at] ?? 0 }))
  .sort((a, b) => b.time - a.time)
  .slice(0, 5);
for (const { query, time } of slow) {
  process.stdout.write(styleText('dim', `${ms(time)}  ${JSON.stringify(query.slice(0, 60))}\n`));
}
