import { commands } from '../../commands/index.ts';
import type { Random } from '../random.ts';
import { assertAnswered, openFuzzedHouse } from './house.ts';
import { type Json, nastyText, nastyValue } from './mutate.ts';
import type { OpenTarget } from './target.ts';

interface Option {
  readonly name: string;
  readonly type: number;
  readonly value?: Json;
  readonly options?: readonly Option[];
}

interface Input {
  readonly command: string;
  readonly options: readonly Option[];
  readonly isTyped: boolean;
}

interface Described {
  readonly name: string;
  readonly type: number;
  readonly options?: readonly Described[];
}

const SUBCOMMAND = 1;
const TYPES = [3, 4, 5, 6, 10];

/** Commands with whatever a changed client would send for their options: each gets an answer. */
export const openOptions: OpenTarget = async (onFinished) => {
  let wanted: Input | undefined;
  const { discord, room, check } = await openFuzzedHouse(onFinished, (interaction) => {
    if (wanted === undefined) return;
    const { command: name, options } = wanted;
    Object.assign(interaction, { data: { id: '1', type: 1, name, options } });
  });
  const mallory = discord.user('Mallory');
  const slashes = commands.flatMap(({ data }) =>
    'description' in data ? [{ name: data.name, options: described(data.options) }] : [],
  );

  function filled(options: readonly Described[], random: Random): Option[] {
    const subcommands = options.filter(({ type }) => type === SUBCOMMAND);
    if (subcommands.length > 0) {
      const { name, options: own = [] } = random.pick(subcommands);
      return [{ name, type: SUBCOMMAND, options: filled(own, random) }];
    }
    return options.flatMap(({ name, type }) => {
      if (random.chance(0.3)) return [];
      const sent = random.chance(0.9) ? type : random.pick(TYPES);
      return [
        { name, type: sent, value: random.chance(0.5) ? nastyText(random) : nastyValue(random) },
      ];
    });
  }

  return {
    input(random): Input {
      const { name, options } = random.pick(slashes);
      return { command: name, options: filled(options, random), isTyped: random.chance(0.2) };
    },
    async take(input: Input) {
      wanted = input;
      try {
        // Whoever types gets no choices where something is wrong, and that is an answer too.
        if (input.isTyped) await mallory.type(room, 'read', { story: 'x' }, 'story');
        else assertAnswered(await mallory.slash(room, 'where'));
      } finally {
        wanted = undefined;
      }
    },
    check,
  };
};

function described(options: unknown): Described[] {
  if (!Array.isArray(options)) return [];
  return options.map(({ name, type, options: own }) => ({ name, type, options: described(own) }));
}
