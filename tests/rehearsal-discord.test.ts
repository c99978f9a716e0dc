import { request } from 'node:http';
import { MessageFlags } from 'discord.js';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../src/rehearsal/discord/interactions.ts';
import type { Message } from '../src/rehearsal/discord/wire.ts';
import { button, call, callback, caught, open, openWithBot, row } from './rehearsal-discord-bot.ts';

function messageOf(answer: Answer): Message {
  if (answer.kind !== 'message' && answer.kind !== 'update') throw new Error(answer.kind);
  return answer.message;
}

describe('a discord.js bot', () => {
  test('answers a command, and its button updates the message', async () => {
    const { discord, errors } = await openWithBot(async (interaction) => {
      if (interaction.isChatInputCommand()) {
        const reply = await interaction.reply({
          content: `  ${interaction.options.getString('story')} ${interaction.options.getInteger('from')}\n`,
          components: [row(button('Next', 'next:1')) as never],
          withResponse: true,
        });
        expect(reply.resource?.message?.content).toBe('moby 3');
        expect(reply.interaction.responseMessageId).toBe(reply.resource?.message?.id);
      }
      if (interaction.isButton()) await interaction.update({ content: 'turned', components: [] });
    });
    const story = discord.channel('story');
    const ann = discord.user('Ann');
    const first = await ann.slash(story, 'read', { story: 'moby', from: 3 });
    expect(first).toMatchObject({ kind: 'message', private: false });
    const message = messageOf(first);
    expect(message).toMatchObject({
      type: 20,
      content: 'moby 3',
      edited_timestamp: null,
      interaction_metadata: { type: 2, user: { id: ann.id } },
    });
    expect(discord.messages(story)).toEqual([message]);
    const pressed = await ann.press(message, 'Next');
    expect(pressed).toEqual({ kind: 'update', message, private: false });
    expect(message).toMatchObject({ content: 'turned', components: [] });
    expect(message.edited_timestamp).not.toBeNull();
    await expect(ann.press(message, 'Next')).rejects.toThrow('no "Next"');
    expect(errors).toEqual([]);
    expect(discord.unknownRoutes).toEqual([]);
  });

  test('a press that is answered anew points to the pressed message, also when it is stale', async () => {
    const { discord } = await openWithBot(async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.reply('card');
      if (interaction.isButton())
        await interaction.reply({ content: interaction.customId, flags: 64 });
    });
    const ann = discord.user('Ann');
    const card = messageOf(await ann.slash(discord.channel('story'), 'next'));
    const answer = await ann.press(card, 'next:old', { stale: true });
    expect(answer).toMatchObject({ kind: 'message', private: true });
    expect(messageOf(answer)).toMatchObject({
      type: 19,
      content: 'next:old',
      message_reference: { message_id: card.id },
      interaction_metadata: { type: 3, interacted_message_id: card.id },
    });
    expect(discord.messages(discord.channel('story'))).toEqual([card]);
    expect(discord.messages(discord.channel('story'), discord.user('Ben'))).toHaveLength(1);
    expect(discord.messages(discord.channel('story'), ann)).toHaveLength(2);
  });

  test('defers, and edits the deferral in its place', async () => {
    const gate = Promise.withResolvers<void>();
    const { discord } = await openWithBot(async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.deferReply();
      await gate.promise;
      await interaction.editReply('at last');
    });
    const story = discord.channel('story');
    const asked = discord.user('Ann').slash(story, 'next');
    const [waiting] = await discord.waitFor(
      () => discord.messages(story).length && discord.messages(story),
    );
    expect(waiting).toMatchObject({ content: '', flags: MessageFlags.Loading });
    discord.user('Ben').say(story, 'meanwhile');
    gate.resolve();
    const answer = await asked;
    expect(answer).toMatchObject({ kind: 'message', message: { content: 'at last', flags: 0 } });
    expect(discord.messages(story).map(({ content }) => content)).toEqual(['at last', 'meanwhile']);
  });

  test('completes options, and gives message commands their message', async () => {
    const { discord } = await openWithBot(async (interaction) => {
      if (interaction.isAutocomplete()) {
        const { name, value } = interaction.options.getFocused(true);
        await interaction.respond([{ name: `${name}: ${value}`, value }]);
      }
      if (interaction.isMessageContextMenuCommand()) {
        await interaction.reply(`> ${interaction.targetMessage.content}`);
      }
    });
    const story = discord.channel('story');
    const ann = discord.user('Ann');
    expect(await ann.type(story, 'read', { story: 'mo' }, 'story')).toEqual([
      { name: 'story: mo', value: 'mo' },
    ]);
    const line = discord.user('Ben').say(story, 'Call me Ishmael.');
    expect(messageOf(await ann.messageCommand(line, 'Quote a line'))).toMatchObject({
      type: 23,
      content: '> Call me Ishmael.',
    });
  });

  test('sees who asked, and where', async () => {
    const seen: object[] = [];
    const { discord } = await openWithBot(async (interaction) => {
      seen.push({
        guild: interaction.inGuild(),
        context: interaction.context,
        owners: interaction.authorizingIntegrationOwners,
        moderator: interaction.memberPermissions?.has('ManageMessages'),
        locale: interaction.locale,
      });
      if (interaction.isChatInputCommand()) await interaction.reply('ok');
    });
    const ann = discord.user('Ann', { permissions: { allow: ['ManageMessages'] }, locale: 'de' });
    const ben = discord.user('Ben', { appInstalled: true });
    await ann.slash(discord.channel('story'), 'next');
    await ann.slash(discord.channel('night', { parent: discord.channel('story') }), 'next');
    await ben.slash(discord.dm(ben), 'next');
    await ben.slash(discord.groupDm('us', [ann, ben]), 'next');
    await ben.slash(discord.channel('away', { guild: discord.elsewhere }), 'next');
    const home = { '0': discord.home.id };
    const guild = { guild: true, context: 0, locale: 'de', moderator: true };
    expect(seen).toMatchObject([
      { ...guild, owners: home },
      { ...guild, owners: home },
      { guild: false, context: 1, owners: { '0': '0', '1': ben.id } },
      { guild: false, context: 2, owners: { '1': ben.id } },
      { guild: true, context: 0, owners: { '1': ben.id }, moderator: false },
    ]);
  });
});

describe("the client's own refusals", () => {
  test('what is not offered is not sent', async () => {
    const discord = await open();
    const story = discord.channel('story');
    const ann = discord.user('Ann');
    const sent = () => discord.requests.length;
    const before = sent();
    await expect(ann.slash(story, 'nothing')).rejects.toThrow('no command nothing');
    await expect(ann.slash(story, 'read')).rejects.toThrow('story is required');
    await expect(ann.slash(story, 'read', { story: 'a', to: 1 })).rejects.toThrow('no option to');
    await expect(ann.slash(story, 'read', { story: 1 })).rejects.toThrow('must be text');
    await expect(ann.slash(story, 'read', { story: 'a', from: 0 })).rejects.toThrow('1 or more');
    await expect(ann.slash(story, 'read', { story: 'a', from: 1.5 })).rejects.toThrow('an integer');
    await expect(ann.type(story, 'read', { from: 1 }, 'from')).rejects.toThrow('no autocomplete');
    const away = discord.channel('away', { guild: discord.elsewhere });
    await expect(ann.slash(away, 'next')).rejects.toThrow('not installed');
    const blind = discord.user('Blind', { permissions: { deny: ['ViewChannel'] } });
    await expect(blind.slash(story, 'next')).rejects.toThrow('Blind is not in story');
    const mute = discord.user('Mute', { permissions: { deny: ['UseApplicationCommands'] } });
    await expect(mute.slash(story, 'next')).rejects.toThrow('Use Application Commands');
    expect(sent()).toBe(before);
    const own = `/applications/${discord.application.id}/commands`;
    await call(discord, 'PUT', own, [
      { name: 'bare', description: 'd' },
      { name: 'here', description: 'd', contexts: [0] },
      { name: 'grave', description: 'd', nsfw: true },
      { name: 'mods', description: 'd', default_member_permissions: '8192' },
    ]);
    const friend = discord.user('Friend', { appInstalled: true });
    const us = discord.groupDm('us', [ann, friend]);
    await expect(friend.slash(us, 'bare')).rejects.toThrow('not in this context');
    await expect(ann.slash(discord.dm(ann), 'here')).rejects.toThrow('not in this context');
    await expect(ann.slash(story, 'grave')).rejects.toThrow('age-restricted');
    await expect(ann.slash(story, 'mods')).rejects.toThrow('more permissions');
  });

  test("a disabled button, a link and somebody else's private message cannot be pressed", async () => {
    const discord = await open();
    const ann = discord.user('Ann');
    const interaction = await caught(discord, () => ann.slash(discord.channel('story'), 'next'));
    const link = { type: 2, style: 5, label: 'Link', url: 'https://example.org' };
    await callback(discord, interaction, {
      type: 4,
      data: {
        content: 'x',
        flags: 64,
        components: [row(button('Off', 'a', { disabled: true }), link)],
      },
    });
    const message = messageOf(await interaction.settled.promise);
    await expect(ann.press(message, 'Off')).rejects.toThrow('disabled');
    await expect(ann.press(message, 'Link')).rejects.toThrow('no "Link"');
    await expect(discord.user('Ben').press(message, 'Off')).rejects.toThrow('sees no such message');
  });
});

test("one's own messages can be deleted, and a moderator deletes any", async () => {
  const discord = await open();
  const story = discord.channel('story');
  const moderator = discord.user('Mo', { permissions: { allow: ['ManageMessages'] } });
  const line = discord.user('Ann').say(story, 'x');
  expect(() => discord.user('Ben').delete(line)).toThrow('Ben may not delete');
  moderator.delete(line);
  discord.user('Ann').delete(discord.user('Ann').say(story, 'y'));
  expect(discord.messages(story)).toEqual([]);
});

describe('the channel routes', () => {
  test('messages are sent, edited, read in pages and deleted', async () => {
    const discord = await open();
    const { id } = discord.channel('story');
    const path = `/channels/${id}/messages`;
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1)
      ids.push((await call(discord, 'POST', path, { content: `${n}` })).body.id);
    const read = async (query: string) =>
      (await call(discord, 'GET', `${path}?${query}`)).body.map((one: Message) => one.content);
    expect(await read('limit=2')).toEqual(['4', '3']);
    expect(await read(`before=${ids[2]}`)).toEqual(['1', '0']);
    expect(await read(`after=${ids[2]}`)).toEqual(['4', '3']);
    expect(await read(`around=${ids[2]}&limit=3`)).toEqual(['3', '2', '1']);
    expect((await call(discord, 'GET', `${path}?limit=101`)).body.code).toBe(50035);
    const edited = await call(discord, 'PATCH', `${path}/${ids[0]}`, { content: 'zero' });
    expect(edited.body).toMatchObject({ content: 'zero', edited_timestamp: expect.any(String) });
    expect((await call(discord, 'DELETE', `${path}/${ids[0]}`)).status).toBe(204);
    expect((await call(discord, 'GET', `${path}/${ids[0]}`)).body.code).toBe(10008);
  });

  test('an enforced nonce sends once', async () => {
    const discord = await open();
    const story = discord.channel('story');
    const body = { content: 'once', nonce: 'n1', enforce_nonce: true };
    const first = await call(discord, 'POST', `/channels/${story.id}/messages`, body);
    const second = await call(discord, 'POST', `/channels/${story.id}/messages`, body);
    expect(second.body).toEqual(first.body);
    expect(discord.messages(story)).toHaveLength(1);
    await call(discord, 'POST', `/channels/${story.id}/messages`, {
      ...body,
      enforce_nonce: false,
    });
    expect(discord.messages(story)).toHaveLength(2);
  });

  test("permissions, places and other people's messages are guarded", async () => {
    const discord = await open();
    const story = discord.channel('story');
    const bens = discord.user('Ben').say(story, 'mine').id;
    const code = async (method: string, path: string, body?: object) =>
      (await call(discord, method, path, body)).body?.code;
    const say = { content: 'x' };
    expect(await code('PATCH', `/channels/${story.id}/messages/${bens}`, say)).toBe(50005);
    expect(await code('DELETE', `/channels/${story.id}/messages/${bens}`)).toBe(50013);
    expect(await code('POST', '/channels/1/messages', say)).toBe(10003);
    discord.channel('story', { bot: { deny: ['SendMessages', 'ReadMessageHistory'] } });
    expect(await code('POST', `/channels/${story.id}/messages`, say)).toBe(50013);
    expect(await code('GET', `/channels/${story.id}/messages/${bens}`)).toBe(50013);
    expect((await call(discord, 'GET', `/channels/${story.id}/messages`)).body).toEqual([]);
    discord.channel('story', { bot: { deny: ['ViewChannel'] } });
    expect(await code('GET', `/channels/${story.id}`)).toBe(50001);
    const away = discord.channel('away', { guild: discord.elsewhere });
    expect(await code('POST', `/channels/${away.id}/messages`, say)).toBe(50001);
    discord.channel('story', { bot: { allow: ['ManageMessages'] } });
    expect(await code('DELETE', `/channels/${story.id}/messages/${bens}`)).toBeUndefined();
  });

  test('an ephemeral message is not there', async () => {
    const discord = await open();
    const story = discord.channel('story');
    const interaction = await caught(discord, () => discord.user('Ann').slash(story, 'next'));
    const { body } = await callback(discord, interaction, {
      type: 4,
      data: { content: 'x', flags: 64 },
    });
    const path = `/channels/${story.id}/messages/${body.resource.message.id}`;
    expect((await call(discord, 'PATCH', path, { content: 'y' })).body.code).toBe(10008);
  });
});

describe('the door', () => {
  test('a wrong token, an unknown route and a foreign host stay out', async () => {
    const discord = await open();
    expect(await call(discord, 'GET', '/users/@me', undefined, 'wrong')).toEqual({
      status: 401,
      body: { message: '401: Unauthorized', code: 0 },
    });
    expect(discord.unknownRoutes).toEqual([]);
    expect(await call(discord, 'GET', '/nowhere')).toEqual({
      status: 404,
      body: { message: '404: Not Found', code: 0 },
    });
    expect(discord.unknownRoutes).toEqual(['GET /nowhere']);
    const status = await new Promise((resolve) => {
      const asked = request(`${discord.url}/v10/gateway`, { headers: { host: 'evil.example' } });
      asked.on('response', (response) => resolve(response.statusCode)).end();
    });
    expect(status).toBe(403);
  });

  test('ids of places and people are the same in every run, those of messages never', async () => {
    const one = await open();
    const two = await open();
    expect(two.channel('story').id).toBe(one.channel('story').id);
    expect(two.user('Ann').id).toBe(one.user('Ann').id);
    expect(two.token).toBe(one.token);
    const ids = [one, two].map(
      (discord) => discord.user('Ann').say(discord.channel('story'), 'x').id,
    );
    expect(new Set(ids).size).toBe(2);
  });

  test('a bot finds its application, and what may be installed', async () => {
    const discord = await open();
    const { body } = await call(discord, 'GET', '/applications/@me');
    expect(Object.keys(body.integration_types_config)).toEqual(['0', '1']);
    discord.allow(['0']);
    const now = await call(discord, 'GET', '/oauth2/applications/@me');
    expect(Object.keys(now.body.integration_types_config)).toEqual(['0']);
  });
});
