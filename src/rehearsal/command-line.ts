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
  const [head = '', name = ''] = /^\/(\S*)\s*/.exec(line) ?? [];
  const command = commands.find((one) => one.name === name);
  if (!command) {
    const known = commands.map((one) => `/${one.name}`).join(', ');
    throw new ClientRefusal(`There is no command /${name}: type one of ${known}.`);
  }
  const values: Record<string, OptionValue> = {};
  for (const { option, text } of parts(line.slice(head.length), command)) {
    values[option.name] = optionValue(option, text, command);
  }
  const missing = command.options.find(({ name, required }) => required && !(name in values));
  if (missing) {
    throw new ClientRefusal(`/${name} needs ${missing.name}: type /${name} ${missing.name}:…`);
  }
  return { command, values };
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
