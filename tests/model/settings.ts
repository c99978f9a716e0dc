import { ALONE, type Rules, SHARED } from './rules.ts';
import type { Setting } from './world.ts';

const one: Setting = {
  asks: ['command', 'command'],
  processes: 1,
  crashes: 2,
  deferrals: true,
  rules: ALONE,
};
const two: Setting = { ...one, processes: 2, crashes: 1, rules: SHARED };

/** What has to hold, by name; quick ones take a second or two. */
export const SOUND: Readonly<Record<'quick' | 'long', Readonly<Record<string, Setting>>>> = {
  quick: {
    'one process, two commands': one,
    'one process, two presses of one button': { ...one, asks: [0, 0] },
    'two processes, two commands, no deferral': { ...two, deferrals: false },
  },
  long: {
    'two processes, two commands, no crash': { ...two, crashes: 0 },
    'one process, a command and a press': { ...one, asks: ['command', 0] },
    'one process, three commands': { ...one, asks: ['command', 'command', 'command'], crashes: 1 },
    'two processes, two commands': two,
    'two processes, a command and a press': { ...two, asks: ['command', 0] },
    'two processes, two presses of one button': { ...two, asks: [0, 0] },
  },
};

const alone = (rules: Partial<Rules>, setting: Partial<Setting> = {}): Setting => ({
  ...one,
  ...setting,
  rules: { ...ALONE, ...rules },
});
const shared = (rules: Partial<Rules>, setting: Partial<Setting> = {}): Setting => ({
  ...two,
  ...setting,
  rules: { ...SHARED, ...rules },
});

/** What must not hold: each leaves out one rule or makes one mistake, and is found out. */
export const UNSOUND: typeof SOUND = {
  quick: {
    'moves before it posts': alone({ mistake: 'moves before it posts' }),
    'clears the pressed message first': alone(
      { mistake: 'clears the pressed message first' },
      { deferrals: false },
    ),
    'takes 40060 for a refusal': alone({ mistake: 'takes 40060 for a refusal' }),
    'does not wait for the three seconds': alone({
      mistake: 'does not wait for the three seconds',
    }),
    'a deferral above the newest message is finished': alone({ place: false }),
    'two processes write over each other': shared({ compareAndSet: false }, { deferrals: false }),
  },
  long: {
    'an interaction is for whoever gets it': shared({ claims: false }, { crashes: 0 }),
    'a deferral is taken back while its turn is pending': shared({ keep: false }, { crashes: 0 }),
    'a deferral that is not there yet counts as refused': shared({ lost: false }),
  },
};
