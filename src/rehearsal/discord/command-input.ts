/** What Discord's own client does with a typed command before it sends it. */

import type { OptionBody } from './body.ts';
import type { Command } from './commands.ts';

/** What the client wouldn't let a person do: an unknown command, a missing option, a dead button. */
export class ClientRefusal extends Error {
  override readonly name = 'ClientRefusal';
}

export type OptionValue = string | number | boolean | { readonly id: string };
export type OptionValues = Readonly<Record<string, OptionValue | undefined>>;

export interface SentOption {
  readonly name: string;
  readonly type: number;
  readonly value?: string | number | boolean;
  readonly focused?: true;
  readonly options?: readonly SentOption[];
}

const Type = {
  subcommand: 1,
  group: 2,
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
} as const;

/**
 * The options of an interaction for `path` ("quote", or "quote add" with a subcommand). With
 * `focused` they are as autocomplete sends them: that one as typed so far, none required.
 */
export function typedOptions(
  command: Command,
  path: readonly string[],
  values: OptionValues,
  focused?: string,
): SentOption[] {
  return nested(command.options ?? [], path.slice(1), values, `/${path.join(' ')}`, focused);
}

function nested(
  options: readonly OptionBody[],
  path: readonly string[],
  values: OptionValues,
  said: string,
  focused: string | undefined,
): SentOption[] {
  const [name, ...rest] = path;
  const subs = options.filter(({ type }) => type === Type.subcommand || type === Type.group);
  if (name === undefined) {
    if (subs.length > 0) throw new ClientRefusal(`${said} needs a subcommand.`);
    return leaves(options, values, said, focused);
  }
  const sub = subs.find((option) => option.name === name);
  if (!sub) throw new ClientRefusal(`${said}: there is no subcommand ${name}.`);
  return [
    { name, type: sub.type, options: nested(sub.options ?? [], rest, values, said, focused) },
  ];
}

function leaves(
  options: readonly OptionBody[],
  values: OptionValues,
  said: string,
  focused: string | undefined,
): SentOption[] {
  for (const name of [...Object.keys(values), ...(focused === undefined ? [] : [focused])]) {
    if (!options.some((option) => option.name === name)) {
      throw new ClientRefusal(`${said} has no option ${name}.`);
    }
  }
  return options.flatMap((option): SentOption[] => {
    const value = values[option.name];
    const { name, type } = option;
    if (name === focused) {
      if (!option.autocomplete) throw new ClientRefusal(`${said}: ${name} has no autocomplete.`);
      return [{ name, type, value: String(value ?? ''), focused: true }];
    }
    if (value === undefined) {
      if (option.required && focused === undefined) {
        throw new ClientRefusal(`${said}: the option ${name} is required.`);
      }
      return [];
    }
    return [{ name, type, value: fitting(option, value, said) }];
  });
}

function fitting(option: OptionBody, value: OptionValue, said: string): string | number | boolean {
  const refuse = (why: string) => new ClientRefusal(`${said}: ${option.name} ${why}.`);
  const { type, choices, min_value, max_value, min_length, max_length } = option;
  if (typeof value === 'object') {
    const takesId = type >= Type.user && type <= Type.mentionable;
    if (!takesId) throw refuse('does not take a person or a channel');
    return value.id;
  }
  if (choices?.length && !choices.some((choice) => choice.value === value)) {
    throw refuse('must be one of its choices');
  }
  switch (type) {
    case Type.string:
      if (typeof value !== 'string') throw refuse('must be text');
      if (value.length < (min_length ?? (option.required ? 1 : 0))) throw refuse('is too short');
      if (value.length > (max_length ?? 6000)) throw refuse('is too long');
      return value;
    case Type.integer:
    case Type.number:
      if (typeof value !== 'number') throw refuse('must be a number');
      if (type === Type.integer && !Number.isSafeInteger(value)) throw refuse('must be an integer');
      if (value < (min_value ?? -Infinity)) throw refuse(`must be ${min_value} or more`);
      if (value > (max_value ?? Infinity)) throw refuse(`must be ${max_value} or less`);
      return value;
    case Type.boolean:
      if (typeof value !== 'boolean') throw refuse('must be true or false');
      return value;
    default:
      return value;
  }
}
