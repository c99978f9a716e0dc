/**
 * Hostile input by the thousand, the same for the same seed: never a crash, a hang, or another
 * channel harmed.
 *
 *     npm run fuzz -- [--inputs 1000] [--seed N] [--only stories|ids|options|dispatches|records]
 */

import { parseArgs } from 'node:util';
import { fuzz } from './fuzz/target.ts';
import { TARGETS } from './fuzz/targets.ts';
import { startWatchdog } from './fuzz/watchdog.ts';

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now()) },
    only: { type: 'string' },
  },
});
const { seed, only } = values;
const inputs = Number(values.inputs);
const names = Object.keys(TARGETS).filter((name) => only === undefined || name === only);
if (!inputs || names.length === 0) throw new TypeError('There is nothing to try.');

const watchdog = startWatchdog();
for (const name of names) {
  const open = TARGETS[name];
  if (open === undefined) continue;
  const begun = Date.now();
  try {
    await fuzz(name, open, { seed, inputs, onInput: watchdog.note });
    say(`${name}: ${inputs.toLocaleString('en')} inputs, no harm, ${seconds(begun)} s`);
  } catch (error) {
    say(
      `${name}: harm done after ${seconds(begun)} s`,
      error instanceof Error ? error.message : String(error),
    );
    process.exitCode = 1;
  }
}
await watchdog.stop();

function seconds(begun: number): number {
  return Math.round((Date.now() - begun) / 1000);
}

function say(...lines: string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
