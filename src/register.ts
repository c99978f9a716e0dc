import { isDeepStrictEqual } from 'node:util';
import {
  ApplicationIntegrationType,
  type Client,
  InteractionContextType,
  PermissionFlagsBits,
  type RESTPostAPIApplicationCommandsJSONBody,
  Routes,
} from 'discord.js';
import type { Command } from './command.ts';
import { asRecord } from './received.ts';

type CommandData = RESTPostAPIApplicationCommandsJSONBody;

/** What of a command is ours to say; Discord adds ids, versions and the like. */
const OURS = [
  'name',
  'name_localizations',
  'description',
  'description_localizations',
  'type',
  'options',
  'contexts',
  'integration_types',
  'default_member_permissions',
  'nsfw',
] as const;

/**
 * Brings Discord's list of the application's commands in line with `commands`, and writes only
 * when it differs. Returns whether it wrote. Throws what discord.js throws.
 */
export async function register(
  client: Client<true>,
  commands: readonly Command[],
): Promise<boolean> {
  const installs = installsOf(await client.rest.get(Routes.currentApplication()));
  const wanted = commands.map(({ data }) => restrict(data, installs));
  const route = Routes.applicationCommands(client.application.id);
  const query = new URLSearchParams({ with_localizations: 'true' });
  const present = await client.rest.get(route, { query });
  if (isDeepStrictEqual(canonical(present), canonical(wanted))) return false;
  await client.rest.put(route, { body: wanted });
  return true;
}

/**
 * What the bot asks for in a server. Without View Channels an old button could not be taken off
 * once its interaction is 15 minutes old. A schedule posts where nobody asked, in threads too, and
 * after a crash it looks among the newest messages for what it had posted.
 */
const PERMISSIONS =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.SendMessagesInThreads |
  PermissionFlagsBits.ReadMessageHistory;

/** The address that adds the bot to a server. */
export function inviteLink(client: Client<true>): string {
  const query = new URLSearchParams({
    client_id: client.application.id,
    scope: 'bot applications.commands',
    permissions: String(PERMISSIONS),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}

/** The ways in which the application may be installed: to servers, where it does not say. */
function installsOf(application: unknown): ApplicationIntegrationType[] {
  const config = asRecord(asRecord(application)['integration_types_config']);
  const allowed = Object.keys(config).map(Number);
  return allowed.length > 0 ? allowed : [ApplicationIntegrationType.GuildInstall];
}

/** Discord refuses a command for a kind of install that the application does not allow. */
function restrict(data: CommandData, installs: readonly ApplicationIntegrationType[]): CommandData {
  const byUser = installs.includes(ApplicationIntegrationType.UserInstall);
  return {
    ...data,
    integration_types: (data.integration_types ?? []).filter((type) => installs.includes(type)),
    contexts: (data.contexts ?? []).filter(
      (context) => byUser || context !== InteractionContextType.PrivateChannel,
    ),
  };
}

/** A list of commands in one form: by name, and what Discord fills in where nothing is said, left out. */
function canonical(list: unknown): unknown[] {
  const commands = Array.isArray(list) ? list.map(asRecord) : [];
  return commands
    .map((command) => Object.fromEntries(OURS.map((key) => [key, command[key]])))
    .map((command) => withoutDefaults({ type: 1, ...withoutDefaults(command) }))
    .sort((a, b) => String(a['name']).localeCompare(String(b['name'])));
}

function withoutDefaults(command: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(command).map(([key, value]) => [key, plain(value)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** A value with nothing, `false`, empty texts, lists and objects left out; lists of numbers as sets. */
function plain(value: unknown): unknown {
  if (value === null || value === false || value === '') return undefined;
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item === 'number')) return value.toSorted((a, b) => a - b);
    return value.length > 0 ? value.map(plain) : undefined;
  }
  if (typeof value !== 'object') return value;
  const fields = withoutDefaults(asRecord(value));
  return Object.keys(fields).length > 0 ? fields : undefined;
}
