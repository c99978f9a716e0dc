/** A real discord.js client, and plain HTTP, against the rehearsal's Discord. */

import { once } from 'node:events';
import { Client, type ClientOptions, type Interaction as Received } from 'discord.js';
import { onTestFinished } from 'vitest';
import {
  type Discord,
  type DiscordOptions,
  startDiscord,
} from '../src/rehearsal/discord/discord.ts';
import type { Interaction } from '../src/rehearsal/discord/interactions.ts';

export const COMMANDS = [
  {
    name: 'read',
    description: 'Begins a story',
    integration_types: [0, 1],
    contexts: [0, 1, 2],
    options: [
      { type: 3, name: 'story', description: 'Which', required: true, autocomplete: true },
      { type: 4, name: 'from', description: 'Where', min_value: 1 },
    ],
  },
  { name: 'next', description: 'Goes on', integration_types: [0, 1], contexts: [0, 1, 2] },
  { name: 'Quote a line', type: 3 },
];

export interface Answered {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever JSON came.
  readonly body: any;
}

/** Discord with the commands registered, and no bot; stopped when the test ends. */
export async function open(options: DiscordOptions = {}): Promise<Discord> {
  const discord = await startDiscord(options);
  onTestFinished(() => discord.stop());
  await call(discord, 'PUT', `/applications/${discord.application.id}/commands`, COMMANDS);
  return discord;
}

/** The same with a discord.js client that hands every interaction to `handle`. */
export async function openWithBot(
  handle: (interaction: Received) => Promise<unknown>,
  { client: clientOptions, ...options }: DiscordOptions & { client?: Partial<ClientOptions> } = {},
): Promise<{ discord: Discord; client: Client; errors: unknown[] }> {
  const discord = await open(options);
  const errors: unknown[] = [];
  const client = new Client({
    intents: [],
    ...clientOptions,
    rest: { api: discord.url, version: '10', ...clientOptions?.rest },
  });
  client.on('interactionCreate', (interaction) => {
    handle(interaction).catch((error: unknown) => errors.push(error));
  });
  client.on('error', (error) => errors.push(error));
  onTestFinished(() => client.destroy());
  await client.login(discord.token);
  await discord.connected();
  if (!client.isReady()) await once(client, 'clientReady');
  return { discord, client, errors };
}

export async function call(
  discord: Discord,
  method: string,
  path: string,
  body?: unknown,
  token = discord.token,
): Promise<Answered> {
  const response = await fetch(`${discord.url}/v10${path}`, {
    method,
    headers: { authorization: `Bot ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

/** The interaction that an action makes: its id and token, as the bot would get them. */
export async function caught(discord: Discord, act: () => unknown): Promise<Interaction> {
  const made = once(discord.events, 'interaction');
  void act();
  const [interaction] = await made;
  return interaction;
}

/** Answers an interaction by plain HTTP. */
export function callback(
  discord: Discord,
  { id, token }: { id: string; token: string },
  body: unknown,
): Promise<Answered> {
  return call(discord, 'POST', `/interactions/${id}/${token}/callback?with_response=true`, body);
}

export function button(label: string, custom_id: string, more: object = {}): object {
  return { type: 2, style: 1, label, custom_id, ...more };
}

export function row(...components: object[]): object {
  return { type: 1, components };
}
