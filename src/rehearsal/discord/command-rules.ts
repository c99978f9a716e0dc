/** Discord's rules for a command that its schemas don't hold: docs.discord.com, "Application Commands". */

import { Locale } from 'discord-api-types/v10';
import type { CommandBody, OptionBody } from './body.ts';
import { type FieldError, Refusal } from './refusal.ts';
import { field } from './schema.ts';

const SLASH = 1;
const MAX_SLASH = 100;
const MAX_MENU = 15;
/** The longest all texts of one command may be together. */
const MAX_TEXT = 8000;
/** docs.discord.com, "Application Command Naming". */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const LOCALES: readonly string[] = Object.values(Locale);
const OPTION_GROUP = 2;

type Path = readonly (string | number)[];

/** Throws 30032 when an application has more commands than Discord gives room for. */
export function checkCount(commands: readonly CommandBody[]): void {
  for (const type of [1, 2, 3]) {
    const count = commands.filter((command) => (command.type ?? SLASH) === type).length;
    const most = type === SLASH ? MAX_SLASH : MAX_MENU;
    if (count > most)
      throw new Refusal(400, 30032, `Maximum number of application commands reached (${most}).`);
  }
}

/** What is wrong with a command that its schema let through; `installs` are the application's. */
export function* commandErrors(
  command: CommandBody,
  installs: readonly number[],
  at: Path,
): Generator<FieldError> {
  const { type, name, description, options } = command;
  for (const [index, install] of (command.integration_types ?? []).entries()) {
    if (!installs.includes(install)) {
      yield field(
        [...at, 'integration_types', index],
        'BASE_TYPE_CHOICES',
        `Value must be one of (${installs.join(', ')}).`,
      );
    }
  }
  yield* localeErrors(command, at);
  if ((type ?? SLASH) === SLASH) {
    yield* nameErrors(name, [...at, 'name']);
    if (!description)
      yield field([...at, 'description'], 'BASE_TYPE_REQUIRED', 'This field is required');
    yield* optionErrors(options ?? [], [...at, 'options']);
    if (length(command) > MAX_TEXT) {
      yield field(
        at,
        'APPLICATION_COMMAND_TOO_LARGE',
        `Command exceeds maximum size (${MAX_TEXT})`,
      );
    }
  } else {
    if (description) {
      yield field(
        [...at, 'description'],
        'APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION',
        'Context menu commands cannot have description',
      );
    }
    if (options?.length) {
      yield field(
        [...at, 'options'],
        'APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS',
        'Context menu commands cannot have options',
      );
    }
  }
}

function* nameErrors(name: string, path: Path): Generator<FieldError> {
  if (!NAME.test(name) || name !== name.toLowerCase()) {
    yield field(path, 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
  }
}

function* localeErrors(texts: CommandBody | OptionBody, at: Path): Generator<FieldError> {
  for (const key of ['name_localizations', 'description_localizations'] as const) {
    for (const locale of Object.keys(texts[key] ?? {})) {
      if (!LOCALES.includes(locale)) {
        yield field([...at, key], 'DICT_TYPE_KEY', `Invalid locale: ${locale}`);
      }
    }
  }
}

function* optionErrors(options: readonly OptionBody[], at: Path): Generator<FieldError> {
  const names = new Set<string>();
  let optional = false;
  for (const [index, option] of options.entries()) {
    const here = [...at, index];
    yield* nameErrors(option.name, [...here, 'name']);
    yield* localeErrors(option, here);
    for (const name of Object.values(option.name_localizations ?? {})) {
      yield* nameErrors(name, [...here, 'name_localizations']);
    }
    if (names.has(option.name)) {
      yield field(
        [...here, 'name'],
        'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
        'Option name already exists in this options list',
      );
    }
    names.add(option.name);
    if (option.required && optional) {
      yield field(
        here,
        'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        'Required options must be placed before non-required options',
      );
    }
    if (!option.required) optional = true;
    yield* valueErrors(option, here);
    if (option.options) yield* optionErrors(option.options, [...here, 'options']);
  }
  const nests = options.filter(({ type }) => type <= OPTION_GROUP).length;
  if (nests > 0 && nests < options.length) {
    yield field(
      at,
      'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
      'Sub-command and sub-command group option types are mutually exclusive to all other types',
    );
  }
}

function* valueErrors(option: OptionBody, path: Path): Generator<FieldError> {
  if (option.autocomplete && option.choices?.length) {
    yield field(
      [...path, 'autocomplete'],
      'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID',
      'Autocomplete cannot be used with choices',
    );
  }
  const { min_value: low, max_value: high, min_length: short, max_length: long } = option;
  if ((low ?? -Infinity) > (high ?? Infinity) || (short ?? 0) > (long ?? Infinity)) {
    yield field(
      path,
      'APPLICATION_COMMAND_OPTIONS_RANGE_INVALID',
      'The minimum must not be above the maximum',
    );
  }
  const names = new Set<string>();
  for (const [index, { name }] of (option.choices ?? []).entries()) {
    if (names.has(name)) {
      yield field(
        [...path, 'choices', index],
        'APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS',
        'Choice name already exists in this choices list',
      );
    }
    names.add(name);
  }
}

function length(texts: CommandBody | OptionBody): number {
  const longest = (base: string, translated?: Record<string, string> | null) =>
    Math.max(base.length, ...Object.values(translated ?? {}).map((text) => text.length));
  const own =
    longest(texts.name, texts.name_localizations) +
    longest(texts.description ?? '', texts.description_localizations);
  const choices = 'choices' in texts ? (texts.choices ?? []) : [];
  return (
    own +
    choices.reduce((sum, { name, value }) => sum + name.length + String(value).length, 0) +
    (texts.options ?? []).reduce((sum, option) => sum + length(option), 0)
  );
}

/** Discord leaves out of an option what is false, null or empty. */
