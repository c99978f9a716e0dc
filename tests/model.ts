/** Searches every state of the position protocol's model; `npm run model` does the long ones too. */

import { search } from './model/search.ts';
import { SOUND, UNSOUND } from './model/settings.ts';
import { world } from './model/world.ts';

for (const [name, setting] of Object.entries({ ...SOUND.quick, ...SOUND.long })) {
  const { states, wrong } = search(world(setting));
  say(`${name}: ${states.toLocaleString('en')} states, ${wrong ? 'WRONG' : 'all well'}`);
  if (wrong === undefined) continue;
  say(...wrong);
  process.exitCode = 1;
}
for (const [name, setting] of Object.entries({ ...UNSOUND.quick, ...UNSOUND.long })) {
  const { states, wrong } = search(world(setting));
  if (wrong === undefined) process.exitCode = 1;
  say(
    `where ${name}: ${wrong ? `${wrong.at(-1)} (after ${wrong.length - 1} steps` : 'NOT FOUND ('}, ${states.toLocaleString('en')} states)`,
  );
}

function say(...lines: string[]): void {
  process.stdout.write(`${lines.join('\n  ')}\n`);
}
