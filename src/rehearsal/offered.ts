import { z } from 'zod';

const Option = z.object({
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

const Command = z.object({
  name: z.string(),
  description: z.string(),
  type: z.number(),
  options: z.array(Option).default([]),
});

/** A command's option, as a person fills it in. */
export type OfferedOption = z.infer<typeof Option>;
/** A command, as Discord's client offers it. */
export type OfferedCommand = z.infer<typeof Command>;

export const CommandType = { slash: 1, message: 3 } as const;
export const OptionType = { string: 3, integer: 4, boolean: 5, user: 6, number: 10 } as const;

/** Reads commands as Discord lists them. */
export function offeredCommands(listed: readonly object[]): OfferedCommand[] {
  return z.array(Command).parse(listed);
}
