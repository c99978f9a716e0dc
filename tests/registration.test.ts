import { expect, test } from 'vitest';
import { commands } from '../commands/index.ts';
import { openHouse } from './harness.ts';

const writes = ({ requests }: { requests: readonly { method: string; path: string }[] }) =>
  requests.filter(({ method, path }) => method !== 'GET' && path.endsWith('/commands')).length;

test('the list is written once, and not again while nothing differs', async () => {
  const { discord, restart } = await openHouse();
  expect(writes(discord)).toBe(1);
  expect(discord.commands()).toHaveLength(commands.length);
  await restart();
  await restart();
  expect(writes(discord)).toBe(1);
});

test.each<[string, (command: Record<string, unknown>) => Record<string, unknown>]>([
  ['a description', (command) => ({ ...command, description: 'Something else' })],
  ['a translation', (command) => ({ ...command, name_localizations: { de: 'anders' } })],
  ['an option', (command) => ({ ...command, options: [] })],
  ['a context', (command) => ({ ...command, contexts: [0] })],
  ['a permission', (command) => ({ ...command, default_member_permissions: '8192' })],
])('it is written again when %s differs', async (_, change) => {
  const { discord, restart } = await openHouse();
  const body = commands.map(({ data }) => (data.name === 'quote' ? change({ ...data }) : data));
  const path = `${discord.url}/v10/applications/${discord.application.id}/commands`;
  const response = await fetch(path, {
    method: 'PUT',
    headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
  const changed = writes(discord);
  await restart();
  expect(writes(discord)).toBe(changed + 1);
  await restart();
  expect(writes(discord)).toBe(changed + 1);
});

test('a command of another time goes', async () => {
  const { discord, restart } = await openHouse();
  const path = `${discord.url}/v10/applications/${discord.application.id}/commands`;
  await fetch(path, {
    method: 'POST',
    headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'bygone', description: 'Of another time' }),
  });
  expect(discord.commands()).toHaveLength(commands.length + 1);
  await restart();
  expect(discord.commands()).toHaveLength(commands.length);
});

test.each([
  [['0'], [0, 1], [0]],
  [['1'], [0, 1, 2], [1]],
  [
    ['0', '1'],
    [0, 1, 2],
    [0, 1],
  ],
] as const)(
  'what the application allows, %j, is what is asked for',
  async (types, contexts, integration_types) => {
    const { discord } = await openHouse({ discord: { integrationTypes: types } });
    for (const command of discord.commands()) {
      expect(command).toMatchObject({ contexts, integration_types });
    }
  },
);

test('an application that changes what it allows changes the list', async () => {
  const { discord, restart } = await openHouse({ discord: { integrationTypes: ['0'] } });
  discord.allow(['0', '1']);
  await restart();
  expect(discord.commands()[0]).toMatchObject({ contexts: [0, 1, 2], integration_types: [0, 1] });
  expect(writes(discord)).toBe(2);
});
