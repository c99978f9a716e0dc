import { search } from './search.ts';
import { world, type Setting } from './world.ts';
import { SHARED, ALONE, CLAIMED } from './rules.ts';
const two: Setting = { asks: ['command', 'command'], processes: 2, crashes: 0, deferrals: true, rules: SHARED };
const tries: Record<string, Setting> = {
  'one asked, place': {...two, asks: ['command']},
  'one asked, place, crash': {...two, asks: ['command'], crashes: 1},
  'zplace, keep, lost': { ...two, rules: { ...SHARED, keep: true, lost: true } },
  'as is': { ...two, rules: { ...SHARED, place: false } },
  'place': two,
  'place, lost': { ...two, rules: { ...SHARED, lost: true } },
  'claimed': { ...two, rules: CLAIMED },
  'claimed, crash': { ...two, crashes: 1, rules: CLAIMED },
  'one': { ...two, processes: 1, crashes: 2, rules: ALONE },
  'nodef': { ...two, deferrals: false, crashes: 1 },
};
const only = process.argv[2] ?? '';
for (const [name, setting] of Object.entries(tries)) {
  if (!name.startsWith(only)) continue;
  const t = process.cpuUsage().user;
  try {
    const found = search(world(setting));
    console.log(name, found.states, (process.cpuUsage().user - t)/1e3, 'ms', found.wrong ? '\n   ' + found.wrong.join('\n   ') : 'fine');
  } catch (e) { console.log(name, String(e));console.log(e) }
}
