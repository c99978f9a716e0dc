/** The commands an application has registered, and how Discord gives them back. */

import {
  ApplicationCommandCreateRequestSchema,
  ApplicationCommandPatchRequestPartialSchema,
  ApplicationCommandUpdateRequestSchema,
} from 'discord-api-spec/zod';
import type { CommandBody, OptionBody } from './body.ts';
import { checkCount, commandErrors } from './command-rules.ts';
import { type FieldError, invalidForm, unknownCommand } from './refusal.ts';
import { check, field, isRecord } from './schema.ts';

export interface Command extends CommandBody {
  readonly id: string;
  readonly application_id: string;
  readonly guild_id?: string;
  readonly version: string;
  type: number;
  default_member_permissions: string | null;
  nsfw: boolean;
}

const SLASH = 1;
type Path = readonly (string | number)[];

export interface Registry {
  /** Global commands, or a guild's, as GET gives them. */
  list(guildId: string | undefined, withLocalizations: boolean): object[];
  /** The command a member of this guild (or someone in a DM) gets by this name and type. */
  find(name: string, type: number, guildId: string | undefined): Command | undefined;
  overwrite(body: unknown, guildId: string | undefined): object[];
  create(body: unknown, guildId: string | undefined): { created: boolean; command: object };
  get(id: string, guildId: string | undefined): object;
  patch(id: string, body: unknown, guildId: string | undefined): object;
  remove(id: string, guildId: string | undefined): void;
}

export interface RegistryOptions {
  readonly applicationId: string;
  readonly nextId: () => string;
  readonly integrationTypes: () => readonly number[];
}

export function createRegistry({
  applicationId,
  nextId,
  integrationTypes,
}: RegistryOptions): Registry {
  const scopes = new Map<string, Map<string, Command>>();
  const scope = (guildId = '') => {
    const found = scopes.get(guildId) ?? new Map<string, Command>();
    scopes.set(guildId, found);
    return found;
  };
  const named = (name: string, type: number, guildId?: string) =>
    [...scope(guildId).values()].find((command) => command.name === name && command.type === type);
  const known = (id: string, guildId?: string) => {
    const command = scope(guildId).get(id);
    if (!command) throw unknownCommand();
    return command;
  };

  const checked = (
    result: { value: CommandBody; errors?: never } | { errors: FieldError[] },
    at: Path,
  ): CommandBody => {
    if (result.errors) throw invalidForm(result.errors);
    const errors = [...commandErrors(result.value, integrationTypes(), at)];
    if (errors.length > 0) throw invalidForm(errors);
    return result.value;
  };

  function complete(body: CommandBody, raw: unknown, guildId?: string): Command {
    const type = body.type ?? SLASH;
    const old = named(body.name, type, guildId);
    const same = body.id && scope(guildId).get(body.id);
    const { default_member_permissions: needed, contexts, dm_permission } = body;
    const whole = {
      ...body,
      id: same ? same.id : (old?.id ?? nextId()),
      application_id: applicationId,
      version: nextId(),
      type,
      description: body.description ?? '',
      name_localizations: body.name_localizations ?? null,
      description_localizations: body.description_localizations ?? null,
      default_member_permissions: needed === undefined || needed === null ? null : String(needed),
      nsfw: isRecord(raw) && raw['nsfw'] === true,
      options: (body.options ?? []).map(tidy),
    };
    if (guildId) return { ...whole, guild_id: guildId };
    return {
      ...whole,
      dm_permission: contexts ? contexts.includes(1) : (dm_permission ?? true),
      contexts: contexts ?? null,
      integration_types: body.integration_types ?? [...integrationTypes()],
    };
  }

  return {
    list: (guildId, localized) =>
      [...scope(guildId).values()].map((command) => shown(command, localized)),
    find: (name, type, guildId) =>
      (guildId ? named(name, type, guildId) : undefined) ?? named(name, type),
    overwrite(raw, guildId) {
      if (!Array.isArray(raw))
        throw invalidForm([
          field([], 'LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType'),
        ]);
      const bodies = raw.map((one: unknown, index) =>
        checked(check(ApplicationCommandUpdateRequestSchema, loosened(one), [index]), [index]),
      );
      const keys = bodies.map(({ type, name }) => `${type ?? SLASH} ${name}`);
      const twice = keys.findIndex((key, index) => keys.indexOf(key) !== index);
      if (twice >= 0) {
        throw invalidForm([
          field(
            [twice, 'name'],
            'APPLICATION_COMMANDS_DUPLICATE_NAME',
            'Application command names must be unique',
          ),
        ]);
      }
      checkCount(bodies);
      const next = bodies.map((body, index) => complete(body, raw[index], guildId));
      scopes.set(guildId ?? '', new Map(next.map((command) => [command.id, command])));
      return next.map((command) => shown(command, true));
    },
    create(raw, guildId) {
      const body = checked(check(ApplicationCommandCreateRequestSchema, loosened(raw)), []);
      const command = complete(body, raw, guildId);
      const created = !scope(guildId).has(command.id);
      checkCount([...scope(guildId).values(), ...(created ? [command] : [])]);
      scope(guildId).set(command.id, command);
      return { created, command: shown(command, true) };
    },
    get: (id, guildId) => shown(known(id, guildId), true),
    patch(id, raw, guildId) {
      const old = known(id, guildId);
      const change = check(ApplicationCommandPatchRequestPartialSchema, loosened(raw));
      if (change.errors) throw invalidForm(change.errors);
      const body = checked({ value: { ...old, ...change.value, id } }, []);
      const nsfw = isRecord(raw) && 'nsfw' in raw ? raw['nsfw'] === true : old.nsfw;
      const command = { ...complete(body, { nsfw }, guildId), id };
      scope(guildId).set(id, command);
      return shown(command, true);
    },
    remove(id, guildId) {
      known(id, guildId);
      scope(guildId).delete(id);
    },
  };
}

/** Discord takes the permissions as a string too (and documents them so); its schema knows the number. */
function loosened(body: unknown): unknown {
  if (!isRecord(body)) return body;
  const needed = body['default_member_permissions'];
  return typeof needed === 'string' && /^\d+$/.test(needed)
    ? { ...body, default_member_permissions: Number(needed) }
    : body;
}

function tidy(option: OptionBody): OptionBody {
  const kept = { ...option };
  if (option.options) kept.options = option.options.map(tidy);
  for (const [key, value] of Object.entries(kept)) {
    const nothing =
      value === null || value === false || (Array.isArray(value) && value.length === 0);
    if (nothing && key !== 'options') Reflect.deleteProperty(kept, key);
  }
  return kept;
}

function shown(command: Command, withLocalizations: boolean): object {
  const { options, ...rest } = command;
  const whole = { ...rest, ...(options?.length ? { options } : {}) };
  return withLocalizations ? whole : plain(whole);
}

function plain(texts: Partial<CommandBody> | OptionBody): object {
  const { name_localizations: _names, description_localizations: _texts, ...rest } = texts;
  return texts.options ? { ...rest, options: texts.options.map(plain) } : rest;
}
