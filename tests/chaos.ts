/**
 * The bot as a process, killed again and again while hundreds of people read in fifty channels and
 * everything around it fails; afterwards each channel's messages are held against the story.
 *
 *     npm run chaos -- [--seed N] [--kills 30] [--channels 50] [--readers 300] [--store sqlite|URL]
 */

import { parseArgs } from 'node:util';
import { table } from './bench/table.ts';
import { playRound, type Round } from './chaos/round.ts';
import { add } from './chaos/verdict.ts';
import { createRandom } from './random.ts';

/** Kills in one world; its Discord remembers every request. */
const A_ROUND = 50;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now()) },
    kills: { type: 'string', default: '30' },
    channels: { type: 'string', default: '50' },
    readers: { type: 'string', default: '300' },
    store: { type: 'string', default: 'sqlite' },
  },
});
const { seed, store } = values;
const [kills, channels, readers] = [values.kills, values.channels, values.readers].map(Number);
if (!kills || !channels || !readers) throw new TypeError('A count must be a number above 0.');

const begun = Date.now();
const rounds: Round[] = [];
for (let left = kills; left > 0; left -= A_ROUND) {
  const options = { kills: Math.min(left, A_ROUND), channels, readers, store };
  const round = await playRound(options, createRandom(`${seed}/${rounds.length}`));
  rounds.push(round);
  const { told, evidence } = round.verdict;
  say(`${kills - Math.max(0, left - A_ROUND)} kills, ${told} passages told`, ...evidence);
}

const { evidence: _, ...verdict } = rounds.map((round) => round.verdict).reduce(add);
const sums = (maps: readonly ReadonlyMap<string, number>[]) => {
  const all = new Map<string, number>();
  for (const [what, count] of maps.flatMap((map) => [...map])) {
    all.set(what, (all.get(what) ?? 0) + count);
  }
  return [...all].toSorted(([a], [b]) => a.localeCompare(b));
};
const rows = (of: Iterable<readonly [string, number]>) =>
  Array.from(of, ([what, count]) => [what, count.toLocaleString('en')]);
const failures = rounds.flatMap((round) => round.failures);

say(table(['trouble', 'times'], rows(sums(rounds.map(({ counts }) => counts)))), '');
say(table(['answers', 'times'], rows(sums(rounds.map(({ answers }) => answers)))), '');
say(
  table(
    [`seed ${seed}`, 'count'],
    rows([
      ['kills', kills],
      ['seconds', Math.round((Date.now() - begun) / 1000)],
      ['starts that failed', failures.length],
      ...Object.entries(verdict),
    ]),
  ),
);
for (const reason of new Set(failures)) say(`a start failed: ${reason}`);

const { skipped, repeated, disordered, garbled, unexplained } = verdict;
if (skipped + repeated + disordered + garbled + unexplained > 0) {
  say('', `To run it again: npm run chaos -- --seed ${seed} --store ${store}`);
  process.exitCode = 1;
}

function say(...lines: string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
