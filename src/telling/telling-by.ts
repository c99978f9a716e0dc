import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType,
  type ChatInputCommandInteraction,
} from 'discord.js';
import type { AnswerContext } from '../command.ts';
import { TELLING_BY, type TellingBy } from '../reading/record.ts';
import { described, named } from '../words/words.ts';
import { changeReading } from './pacing.ts';

/** The option that says how much one message tells. */
export function byOption(required: boolean): APIApplicationCommandBasicOption {
  return {
    name: 'by',
    ...described((words) => words('commands.by.description')),
    type: ApplicationCommandOptionType.String,
    required,
    choices: TELLING_BY.map((by) => ({
      ...named((words) => words(`commands.by.${by}`)),
      value: by,
    })),
  };
}

/** What was chosen of it, if anything. */
export function chosenBy({ options }: ChatInputCommandInteraction): TellingBy | undefined {
  const chosen = options.getString('by');
  return TELLING_BY.find((by) => by === chosen);
}

/** `/pace by`: from the next message on the reading here is told by paragraph or by page. */
export async function setBy(
  interaction: ChatInputCommandInteraction,
  context: AnswerContext,
): Promise<void> {
  const by = chosenBy(interaction) ?? 'paragraph';
  await changeReading(interaction, context, (reading) => ({ ...reading, by }));
  await context.answer.post({ content: context.roomWords(`pace.by.${by}`), components: [] });
}
