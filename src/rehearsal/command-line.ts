import { ClientRefusal, type OptionValue, type OptionValues } from './discord/command-input.ts';
import { type OfferedCommand, type OfferedOption, OptionType } from './offered.ts';

export interface TypedCommand {
  readonly command: OfferedCommand;
  readonly values: OptionValues;
}

/**
 * Reads `/read story:bittersweet-goodbye from:3`. A value reaches to the next option's name, or
 * stands in double quotes. Throws `ClientRefusal` for what can't be sent.
 */
export function readCommand(line: string, commands: readonly OfferedCommand[]): TypedCommand {
  const { command, rest } = begun(`${line} `, commands) ?? {};
  if (command === undefined || rest === undefined) throw noCommand(line, commands);
  const { name } = command;
  const values: Record<string, OptionValue> = {};
  for (const { option, text } of parts(rest, command)) {
    values[option.name] = optionValue(option, text, command);
  }
  const missing = command.options.find((option) => option.required && !(option.name in values));
  if (missing) {
    throw new ClientRefusal(`/${name} needs ${missing.name}: type /${name} ${missing.name}:…`);
  }
  return { command, values };
}

/** The command that a line begins with, once it is followed by a space, and what comes after. */
export function begun(
  line: string,
  commands: readonly OfferedCommand[],
): { command: OfferedCommand; rest: string } | undefined {
  const command = commands.find(({ name }) => line.startsWith(`/${name} `));
  return command && { command, rest: line.slice(command.name.length + 2).trimStart() };
}

function noCommand(line: string, commands: readonly OfferedCommand[]): ClientRefusal {
  const [, name = ''] = /^\/(\S*)/.exec(line) ?? [];
  const own = commands.filter((one) => one.name.startsWith(`${name} `));
  const known = (own.length > 0 ? own : commands).map((one) => `/${one.name}`).join(', ');
  return new ClientRefusal(
    own.length > 0
      ? `/${name} comes in kinds: type one of ${known}.`
      : `There is no command /${name}: type one of ${known}.`,
  );
}

export interface TypedPart {
  readonly option: OfferedOption;
  readonly text: string;
}

/** The options of a command line as typed so far. Throws `ClientRefusal` for what is none. */
export function parts(text: string, { name, options }: OfferedCommand): TypedPart[] {
  const found: TypedPart[] = [];
  let rest = text.trimStart();
  while (rest !== '') {
    const option = options.find((one) => rest.startsWith(`${one.name}:`));
    if (!option) throw noOption(rest, name, options);
    rest = rest.slice(option.name.length + 1);
    const [whole, quoted, bare = ''] = valuePattern(options).exec(rest) ?? [''];
    found.push({ option, text: quoted ?? bare.trim() });
    rest = rest.slice(whole.length).trimStart();
  }
  return found;
}

function valuePattern(options: readonly OfferedOption[]): RegExp {
  const names = options.map(({ name }) => RegExp.escape(name)).join('|');
  const end = `(?=\\s+(?:${names}):|\\s*$)`;
  return new RegExp(`^\\s*(?:"([^"]*)"|(.*?))${end}`, 's');
}

function noOption(rest: string, name: string, options: readonly OfferedOption[]): ClientRefusal {
  const [word = ''] = rest.split(/\s/);
  if (options.length === 0) {
    return new ClientRefusal(`/${name} takes no options: type /${name} alone.`);
  }
  const known = options.map((option) => `${option.name}:`).join(' and ');
  return new ClientRefusal(`“${word}” is no option of /${name}: it takes ${known}`);
}

function optionValue(option: OfferedOption, text: string, command: OfferedCommand): OptionValue {
  const { type, name } = option;
  if (type === OptionType.integer || type === OptionType.number) {
    const value = Number(text);
    const isNumber = text !== '' && Number.isFinite(value);
    if (!isNumber || (type === OptionType.integer && !Number.isSafeInteger(value))) {
      throw new ClientRefusal(`/${command.name}: ${name} takes a whole number, like ${name}:3`);
    }
    return value;
  }
  if (type === OptionType.boolean) {
    if (text !== 'true' && text !== 'false') {
      throw new ClientRefusal(`/${command.name}: ${name} takes true or false.`);
    }
    return text === 'true';
  }
  return text;
}
