/*
 * What a card costs: its own time, and how long fifty at once keep the main thread from a timer.
 * Run it with `node tests/bench/cards.ts` on Node 24.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { createCardPainter } from '../../src/card/painter.ts';

const AT_ONCE = 50;
const SENTENCE =
  'She turned the lamp down, and the dark came in at the window like a guest who is *late*. ';

const painter = createCardPainter();

function paint(length: number): Promise<Buffer | undefined> {
  const text = SENTENCE.repeat(12).slice(0, length);
  const at = text.indexOf('*late*');
  const emphasis = at < 0 ? [] : [{ start: at, end: at + 6, strong: false }];
  return painter.paint({
    prose: { text, emphasis },
    title: 'The Lamp',
    author: 'Nobody',
    theme: 'dark',
    language: 'en',
  });
}

async function timed(job: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await job();
  return performance.now() - began;
}

/** The longest that a timer of one millisecond was late, in milliseconds, while this ran. */
async function lateness(job: () => Promise<unknown>): Promise<number> {
  let most = 0;
  let done = false;
  const watch = (async () => {
    while (!done) most = Math.max(most, (await timed(() => sleep(1))) - 1);
  })();
  await job();
  done = true;
  await watch;
  return most;
}

function report(what: string, milliseconds: number): void {
  process.stdout.write(`${what.padEnd(52)}${milliseconds.toFixed(1).padStart(8)} ms\n`);
}

report('the first card, the worker started for it', await timed(() => paint(80)));
for (const length of [18, 80, 300, 1000]) {
  const times: number[] = [];
  for (let run = 0; run < 15; run++) times.push(await timed(() => paint(length)));
  times.sort((a, b) => a - b);
  report(`a card of ${length} characters, median of 15`, times[7] ?? Number.NaN);
  report(`a card of ${length} characters, slowest of 15`, times[14] ?? Number.NaN);
}
report('a timer, late at most, with nothing to do', await lateness(() => sleep(2000)));
let all = 0;
const late = await lateness(async () => {
  all = await timed(() => Promise.all(Array.from({ length: AT_ONCE }, () => paint(300))));
});
report(`${AT_ONCE} cards of 300 characters at once, all done`, all);
report('a timer, late at most, during those', late);
const memory = process.memoryUsage.rss() / 2 ** 20;
process.stdout.write(
  `${'memory of the process after all this'.padEnd(52)}${memory.toFixed(0)} MB\n`,
);
await painter.close();
