import type { Random } from '../random.ts';
import { assertAnswered, openFuzzedHouse } from './house.ts';
import { mutatedText, nastyText } from './mutate.ts';
import type { OpenTarget } from './target.ts';

interface Input {
  readonly customId: string;
  /** A menu's, where it is one. */
  readonly values?: readonly string[];
}

const LONGEST = 100;
/** What our own buttons and menus begin with, and some that are not ours. */
const NAMES = [
  ...['next', 'read', 'back', 'goto', 'where', 'library', 'close', 'quote', 'kept', 'search'],
  ...[
    'catchup',
    'pace',
    'lines',
    'line',
    'quote-line',
    'doctor',
    'forget-me',
    'ready',
    'begin',
    '',
  ],
];

/** Forged presses and choices: each gets an answer. */
export const openIds: OpenTarget = async (onFinished) => {
  const { discord, passage, check } = await openFuzzedHouse(onFinished);
  const mallory = discord.user('Mallory');
  const buttons = passage.components.flatMap((row) => row.components ?? []);
  const real = buttons.flatMap(({ custom_id }) => custom_id ?? []);

  function customId(random: Random): string {
    if (random.chance(0.3)) return mutatedText(random.pick(real), random);
    const [, id = '', ...rest] = random.pick(real).split(':');
    const part = () =>
      random.pick([id, rest.join(':'), nastyText(random), String(random.below(9))]);
    const parts = Array.from({ length: random.below(5) }, part);
    return [random.pick(NAMES), ...parts].join(':');
  }

  return {
    input(random): Input {
      const values = Array.from({ length: 1 + random.below(3) }, () => nastyText(random));
      const id = customId(random).slice(0, LONGEST);
      return { customId: id, ...(random.chance(0.3) && { values }) };
    },
    async take({ customId: id, values }: Input) {
      const stale = { stale: true };
      assertAnswered(
        values
          ? await mallory.choose(passage, id, values, stale)
          : await mallory.press(passage, id, stale),
      );
    },
    check,
  };
};
