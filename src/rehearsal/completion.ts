import { begun, parts, type TypedPart } from './command-line.ts';
import { ClientRefusal } from './discord/command-input.ts';
import type { Reader } from './discord/reader.ts';
import type { Channel } from './discord/world.ts';
import { type OfferedCommand, offeredCommands } from './offered.ts';
import type { Scene } from './scene.ts';

/** What the Tab key may put in the place of `typed`, the end of the line. */
export interface Completions {
  readonly choices: readonly string[];
  readonly typed: string;
}

const NONE: Completions = { choices: [], typed: '' };

/** Completes commands, their options, and values as the bot's own autocomplete offers them. */
export async function complete(
  line: string,
  { scene, reader, channel }: { scene: Scene; reader: Reader; channel: Channel },
): Promise<Completions> {
  const commands = offeredCommands(scene.discord.commands());
  const { command, rest } = begun(line, commands) ?? {};
  if (command === undefined || rest === undefined) {
    return among(line, [...commands.map(invocation), 'as ', 'press ', 'help']);
  }
  const typed = safeParts(rest, command);
  if (!typed) return NONE;

  const [word = ''] = /\S*$/.exec(line) ?? [];
  const open = command.options.filter(
    ({ name }) => !typed.some(({ option }) => option.name === name),
  );
  const required = open.filter((option) => option.required);
  const offered = word === '' && required.length > 0 ? required : open;
  const options = among(
    word,
    offered.map(({ name }) => `${name}:`),
  );
  const last = typed.at(-1);
  if (!last?.option.autocomplete || /\s$/.test(line) || options.choices.length > 0) return options;
  const values = Object.fromEntries(typed.map(({ option, text }) => [option.name, text]));
  const choices = await reader.type(channel, command.name, values, last.option.name);
  return { choices: choices.map(({ value }) => quoted(String(value))), typed: last.text };
}

function invocation({ name, options }: OfferedCommand): string {
  return options.length > 0 ? `/${name} ` : `/${name}`;
}

function among(typed: string, choices: readonly string[]): Completions {
  return { choices: choices.filter((choice) => choice.startsWith(typed)), typed };
}

/** The options so far; a last word that is not yet one is left out. */
function safeParts(text: string, command: OfferedCommand): TypedPart[] | undefined {
  for (const sofar of [text, text.replace(/\S*$/, '')]) {
    try {
      return parts(sofar, command);
    } catch (error) {
      if (!(error instanceof ClientRefusal)) throw error;
    }
  }
  return undefined;
}

function quoted(value: string): string {
  return /\s/.test(value) ? `"${value}"` : value;
}
