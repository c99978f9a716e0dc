import { describe, expect, test } from 'vitest';
import type { Discord } from '../src/rehearsal/discord/discord.ts';
import {
  type Answered,
  button,
  call,
  callback,
  caught,
  open,
  row,
} from './rehearsal-discord-bot.ts';

async function answered(discord: Discord, data: object): Promise<Answered> {
  const ann = discord.user('Ann');
  const interaction = await caught(discord, () => ann.slash(discord.channel('story'), 'next'));
  return callback(discord, interaction, { type: 4, data });
}

/** The codes of a 50035, each with its path. */
function codes(tree: object, path = ''): string[] {
  return Object.entries(tree).flatMap(([key, node]) =>
    key === '_errors'
      ? node.map(({ code }: { code: string }) => `${path} ${code}`)
      : codes(node, path === '' ? key : `${path}.${key}`),
  );
}

const option = (value: string) => ({ label: value, value });
const menu = (more: object = {}) => ({ type: 3, custom_id: 'm', options: [option('a')], ...more });
const many = (count: number) => Array.from({ length: count }, (_, n) => n);
const rows = (...components: object[]) => ({ content: 'x', components });

describe('a message is refused for', () => {
  const BUTTON = 'data.components.0.components.0';
  test.each<[string, object, string]>([
    ['long text', { content: 'x'.repeat(2001) }, 'data.content BASE_TYPE_MAX_LENGTH'],
    ['text of the wrong type', { content: 5 }, 'data.content BASE_TYPE_BAD_TYPE'],
    [
      'six rows',
      rows(...many(6).map((n) => row(button('x', `${n}`)))),
      'data.components BASE_TYPE_BAD_LENGTH',
    ],
    [
      'six buttons in a row',
      rows(row(...many(6).map((n) => button('x', `${n}`)))),
      'data.components.0.components BASE_TYPE_MAX_LENGTH',
    ],
    ['an empty row', rows(row()), 'data.components.0.components BASE_TYPE_MIN_LENGTH'],
    ['a button outside a row', rows(button('x', 'x')), 'data.components.0.type BASE_TYPE_CHOICES'],
    [
      'a long custom id',
      rows(row(button('x', 'y'.repeat(101)))),
      `${BUTTON}.custom_id BASE_TYPE_MAX_LENGTH`,
    ],
    [
      'a long label',
      rows(row(button('x'.repeat(81), 'y'))),
      `${BUTTON}.label BASE_TYPE_MAX_LENGTH`,
    ],
    [
      'a button without label',
      rows(row({ type: 2, style: 1, custom_id: 'y' })),
      `${BUTTON}.label BASE_TYPE_REQUIRED`,
    ],
    [
      'a button without custom id',
      rows(row({ type: 2, style: 1, label: 'y' })),
      `${BUTTON}.custom_id BASE_TYPE_REQUIRED`,
    ],
    [
      'an unknown style',
      rows(row(button('x', 'y', { style: 9 }))),
      `${BUTTON}.style BASE_TYPE_CHOICES`,
    ],
    [
      'a link without url',
      rows(row({ type: 2, style: 5, label: 'y' })),
      `${BUTTON}.url BASE_TYPE_REQUIRED`,
    ],
    [
      'a link with custom id',
      rows(row(button('x', 'y', { style: 5, url: 'https://example.org' }))),
      `${BUTTON} BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE`,
    ],
    [
      'a custom id twice',
      rows(row(button('x', 'y')), row(button('z', 'y'))),
      'data.components.1.components.0.custom_id COMPONENT_CUSTOM_ID_DUPLICATED',
    ],
    [
      'an emoji that is none',
      rows(row(button('x', 'y', { emoji: { name: 'smile' } }))),
      `${BUTTON}.emoji.name COMPONENT_INVALID_EMOJI`,
    ],
    [
      'a menu beside a button',
      rows(row(menu(), button('x', 'y'))),
      'data.components.0.components COMPONENT_LAYOUT_WIDTH_EXCEEDED',
    ],
    [
      'a menu without options',
      rows(row(menu({ options: [] }))),
      `${BUTTON}.options BASE_TYPE_MIN_LENGTH`,
    ],
    [
      '26 options',
      rows(row(menu({ options: many(26).map((n) => option(`${n}`)) }))),
      `${BUTTON}.options BASE_TYPE_MAX_LENGTH`,
    ],
    [
      'an option twice',
      rows(row(menu({ options: [option('a'), option('a')] }))),
      `${BUTTON}.options.1.value SELECT_COMPONENT_OPTION_VALUE_DUPLICATED`,
    ],
    [
      'more values than options',
      rows(row(menu({ max_values: 2 }))),
      `${BUTTON}.max_values NUMBER_TYPE_MAX`,
    ],
    [
      'a long embed',
      { embeds: [{ description: 'x'.repeat(4096) }, { description: 'x'.repeat(1905) }] },
      'data.embeds.1 MAX_EMBED_SIZE_EXCEEDED',
    ],
    ['an empty embed', { embeds: [{}] }, 'data.embeds.0.description BASE_TYPE_REQUIRED'],
    [
      'a long embed title',
      { embeds: [{ title: 'x'.repeat(257) }] },
      'data.embeds.0.title BASE_TYPE_MAX_LENGTH',
    ],
    [
      'mentions said twice',
      { content: 'x', allowed_mentions: { parse: ['users'], users: ['1'] } },
      'data.allowed_mentions MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
    ],
    [
      'text beside Components V2',
      { content: 'x', flags: 1 << 15, components: [{ type: 10, content: 'y' }] },
      'data.content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    ],
    [
      'Components V2 without the flag',
      rows({ type: 10, content: 'y' }),
      'data.components.0.type UNION_TYPE_CHOICES',
    ],
    [
      'too much Components V2 text',
      { flags: 1 << 15, components: [{ type: 10, content: 'x'.repeat(4001) }] },
      'data.components',
    ],
  ])('%s', async (_what, data, expected) => {
    const { status, body } = await answered(await open(), data);
    expect({ status, code: body.code }).toEqual({ status: 400, code: 50035 });
    expect(codes(body.errors).join('\n')).toContain(expected);
  });

  test('being empty', async () => {
    const discord = await open();
    for (const data of [{}, { content: '' }, { content: ' \n' }]) {
      const { status, body } = await answered(discord, data);
      expect({ status, code: body.code }).toEqual({ status: 400, code: 50006 });
    }
    const path = `/channels/${discord.channel('story').id}/messages`;
    const { body } = await call(discord, 'POST', path, { content: 'x' });
    const emptied = await call(discord, 'PATCH', `${path}/${body.id}`, { content: '' });
    expect(emptied.body.code).toBe(50006);
    expect(discord.messages(discord.channel('story'))[0]?.content).toBe('x');
  });

  test('half a surrogate pair', async () => {
    const { body } = await answered(await open(), { content: '\ud83d' });
    expect(body.code).toBe(50109);
  });
});

describe('a message is taken with', () => {
  test.each<[string, object]>([
    ['2000 characters', { content: 'x'.repeat(2000) }],
    ['whole surrogate pairs', { content: '📖'.repeat(1000) }],
    [
      'five rows of five buttons',
      rows(...many(5).map((n) => row(...many(5).map((m) => button('x', `${n} ${m}`))))),
    ],
    [
      'an emoji alone on a button',
      rows(row({ type: 2, style: 2, custom_id: 'x', emoji: { name: '👩‍👩‍👧' } })),
    ],
    [
      'Components V2',
      { flags: 1 << 15, components: [{ type: 17, components: [{ type: 10, content: 'y' }] }] },
    ],
    ['fields that Discord does not know', { content: 'x', colour: 'red' }],
  ])('%s', async (_what, data) => {
    expect((await answered(await open(), data)).status).toBe(200);
  });

  test('its text trimmed, its components numbered, and nothing else changed', async () => {
    const text = '  Zwei\n\n  Absätze*  ';
    const { body } = await answered(await open(), {
      ...rows(row(button('x', 'y'))),
      content: text,
    });
    expect(body.resource.message).toMatchObject({
      content: 'Zwei\n\n  Absätze*',
      components: [{ type: 1, id: 1, components: [{ id: 2, custom_id: 'y' }] }],
    });
  });

  test('pings only as far as they are allowed', async () => {
    const discord = await open();
    const ann = discord.user('Ann');
    const content = `@everyone <@${ann.id}>`;
    const ping = async (allowed_mentions?: object) => {
      const { body } = await answered(discord, {
        content,
        ...(allowed_mentions && { allowed_mentions }),
      });
      const { mention_everyone, mentions } = body.resource.message;
      return { everyone: mention_everyone, people: mentions.length };
    };
    expect(await ping()).toEqual({ everyone: true, people: 1 });
    expect(await ping({ parse: [] })).toEqual({ everyone: false, people: 0 });
    expect(await ping({})).toEqual({ everyone: false, people: 0 });
    expect(await ping({ users: [ann.id] })).toEqual({ everyone: false, people: 1 });
  });

  test('flags that Components V2 keeps for good', async () => {
    const discord = await open();
    const path = `/channels/${discord.channel('story').id}/messages`;
    const text = { type: 10, content: 'y' };
    const { body } = await call(discord, 'POST', path, { flags: 1 << 15, components: [text] });
    const legacy = await call(discord, 'PATCH', `${path}/${body.id}`, { flags: 0, content: 'x' });
    expect(codes(legacy.body.errors)).toContain(
      'content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    );
    const kept = await call(discord, 'PATCH', `${path}/${body.id}`, {
      flags: 0,
      components: [text],
    });
    expect(kept.body.flags).toBe(1 << 15);
  });
});

describe('commands', () => {
  const put = (discord: Discord, ...commands: object[]) =>
    call(discord, 'PUT', `/applications/${discord.application.id}/commands`, commands);
  const opt = (more: object = {}) => ({ type: 3, name: 'o', description: 'd', ...more });

  test.each<[string, object, string]>([
    [
      'a name with capitals',
      { name: 'Read', description: 'd' },
      '0.name APPLICATION_COMMAND_INVALID_NAME',
    ],
    [
      'a name with a space',
      { name: 'a b', description: 'd' },
      '0.name APPLICATION_COMMAND_INVALID_NAME',
    ],
    ['a long name', { name: 'x'.repeat(33), description: 'd' }, '0.name BASE_TYPE_MAX_LENGTH'],
    ['no description', { name: 'a' }, '0.description BASE_TYPE_REQUIRED'],
    [
      'a long description',
      { name: 'a', description: 'd'.repeat(101) },
      '0.description BASE_TYPE_MAX_LENGTH',
    ],
    [
      '26 options',
      { name: 'a', description: 'd', options: many(26).map((n) => opt({ name: `o${n}` })) },
      '0.options BASE_TYPE_MAX_LENGTH',
    ],
    [
      'an option without description',
      { name: 'a', description: 'd', options: [{ type: 3, name: 'o' }] },
      '0.options.0.description BASE_TYPE_REQUIRED',
    ],
    [
      'required after optional',
      { name: 'a', description: 'd', options: [opt(), opt({ name: 'p', required: true })] },
      '0.options.1 APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
    ],
    [
      'an option twice',
      { name: 'a', description: 'd', options: [opt(), opt()] },
      '0.options.1.name APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
    ],
    [
      'choices and autocomplete',
      {
        name: 'a',
        description: 'd',
        options: [opt({ autocomplete: true, choices: [{ name: 'x', value: 'x' }] })],
      },
      '0.options.0.autocomplete APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID',
    ],
    [
      'an unknown locale',
      { name: 'a', description: 'd', name_localizations: { xx: 'b' } },
      '0.name_localizations DICT_TYPE_KEY',
    ],
    [
      'an unknown context',
      { name: 'a', description: 'd', contexts: [7] },
      '0.contexts.0 BASE_TYPE_CHOICES',
    ],
    [
      'a described context menu',
      { name: 'A', type: 3, description: 'd' },
      '0.description APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION',
    ],
    [
      'too much text',
      {
        name: 'a',
        description: 'd',
        options: [
          opt({ choices: many(25).map((n) => ({ name: `${n}`, value: `${n}`.padEnd(400) })) }),
        ],
      },
      '0 APPLICATION_COMMAND_TOO_LARGE',
    ],
  ])('are refused for %s', async (_what, command, expected) => {
    const { status, body } = await put(await open(), command);
    expect({ status, code: body.code }).toEqual({ status: 400, code: 50035 });
    expect(codes(body.errors)).toContain(expected);
  });

  test('are refused for a name twice, and for an install the application does not allow', async () => {
    const discord = await open({ integrationTypes: ['0'] });
    const one = { name: 'a', description: 'd' };
    expect(codes((await put(discord, one, one)).body.errors)).toEqual([
      '1.name APPLICATION_COMMANDS_DUPLICATE_NAME',
    ]);
    const user = await put(discord, { ...one, integration_types: [1] });
    expect(codes(user.body.errors)).toEqual(['0.integration_types.0 BASE_TYPE_CHOICES']);
  });

  test("come back with Discord's defaults, their ids kept", async () => {
    const discord = await open();
    const own = `/applications/${discord.application.id}/commands`;
    const command = {
      name: 'a',
      description: 'd',
      name_localizations: { de: 'ä' },
      default_member_permissions: '8192',
      options: [opt({ required: false })],
    };
    const [first] = (await put(discord, command)).body;
    expect(first).toEqual({
      id: expect.any(String),
      application_id: discord.application.id,
      version: expect.any(String),
      type: 1,
      name: 'a',
      description: 'd',
      name_localizations: { de: 'ä' },
      description_localizations: null,
      default_member_permissions: '8192',
      dm_permission: true,
      nsfw: false,
      contexts: null,
      integration_types: [0, 1],
      options: [{ type: 3, name: 'o', description: 'd' }],
    });
    const [plain] = (await call(discord, 'GET', own)).body;
    expect(plain).not.toHaveProperty('name_localizations');
    const [again] = (await put(discord, { ...command, description: 'e' })).body;
    expect(again.id).toBe(first.id);
    expect(again.version).not.toBe(first.version);
    const made = await call(discord, 'POST', own, { name: 'b', description: 'd', nsfw: true });
    expect({ status: made.status, nsfw: made.body.nsfw }).toEqual({ status: 201, nsfw: true });
    expect((await call(discord, 'POST', own, { name: 'b', description: 'e' })).status).toBe(200);
    const patched = await call(discord, 'PATCH', `${own}/${first.id}`, { description: 'f' });
    expect(patched.body).toMatchObject({ id: first.id, name: 'a', description: 'f' });
    expect((await call(discord, 'DELETE', `${own}/${first.id}`)).status).toBe(204);
    expect((await call(discord, 'GET', `${own}/${first.id}`)).body.code).toBe(10063);
    expect((await call(discord, 'GET', own)).body).toHaveLength(1);
  });
});
