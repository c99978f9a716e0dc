import { z } from 'zod';

const Leaf = z.object({
  name: z.string(),
  description: z.string(),
  type: z.number(),
  required: z.boolean().default(false),
  autocomplete: z.boolean().default(false),
  choices: z
    .array(z.object({ name: z.string(), value: z.union([z.string(), z.number()]) }))
    .default([]),
  min_value: z.number().optional(),
  max_value: z.number().optional(),
});

/** An option proper, or a subcommand with options of its own. */
const Option = Leaf.extend({ options: z.array(Leaf).default([]) });

const Command = z.object({
  name: z.string(),
  description: z.string(),
  type: z.number(),
  options: z.array(Option).default([]),
});

/** A command's option, as a person fills it in. */
export type OfferedOption = z.infer<typeof Leaf>;
/** A command, as Discord's client offers it; a subcommand is one by itself, "pace together". */
export type OfferedCommand = Omit<z.infer<typeof Command>, 'options'> & {
  readonly options: readonly OfferedOption[];
};

export const CommandType = { slash: 1, message: 3 } as const;
const SUBCOMMAND = 1;
export const OptionType = { string: 3, integer: 4, boolean: 5, user: 6, number: 10 } as const;

/** Reads commands as Discord lists them. */
export function offeredCommands(listed: readonly object[]): OfferedCommand[] {
  return z
    .array(Command)
    .parse(listed)
    .flatMap(({ options, ...command }) => {
      const subcommands = options.filter(({ type }) => type === SUBCOMMAND);
      if (subcommands.length === 0) return [{ ...command, options }];
      return subcommands.map(({ name, description, options }) => ({
        ...command,
        name: `${command.name} ${name}`,
        description,
        options,
      }));
    });
}
