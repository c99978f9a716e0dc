import type { AutocompleteInteraction, Interaction, RepliableInteraction } from 'discord.js';
import { buttons, commands } from '../commands/index.ts';
import { type AnswerContext, type Context, UserError } from './command.ts';

const commandsByName = new Map(commands.map((command) => [command.data.name, command]));
const pressByName = new Map(Object.entries(buttons));

/** The command, or whose button it is, for the log: a name of ours, never what was sent. */
export function nameOf(interaction: Interaction): string {
  let name: string | undefined;
  if (interaction.isMessageComponent()) [name] = String(interaction.customId).split(':', 1);
  else if ('commandName' in interaction) name = interaction.commandName;
  return name !== undefined && (commandsByName.has(name) || pressByName.has(name))
    ? name
    : 'unknown';
}

/** The choices for what is being typed. */
export async function suggest(interaction: AutocompleteInteraction, context: Context) {
  const command = commandsByName.get(interaction.commandName);
  if (!command || !('autocomplete' in command)) return [];
  return (await command.autocomplete?.(interaction, context)) ?? [];
}

/** Has whose it is answer: a command by its name, a button by its custom id's first part. */
export async function route(
  interaction: RepliableInteraction,
  context: AnswerContext,
): Promise<void> {
  const { words } = context;
  if (interaction.isMessageComponent()) {
    const [, name = '', state = ''] = /^([^:]*):(.*)$/s.exec(interaction.customId) ?? [];
    const command = commandsByName.get(name);
    const press = command && 'press' in command ? command.press : pressByName.get(name);
    if (press === undefined) throw new UserError(words('refusal.unknownButton'));
    return await press(interaction, context, state);
  }
  const command = interaction.isCommand() ? commandsByName.get(interaction.commandName) : undefined;
  if (command && 'execute' in command && interaction.isChatInputCommand()) {
    return await command.execute(interaction, context);
  }
  if (command && 'onMessage' in command && interaction.isMessageContextMenuCommand()) {
    return await command.onMessage(interaction, context);
  }
  throw new UserError(words('refusal.unknownCommand'));
}
