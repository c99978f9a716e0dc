import { Client, MessageFlags } from 'discord.js';
import { expect, test } from 'vitest';
import { startDiscord } from '../src/rehearsal/discord/discord.ts';
test('smoke', async () => {
  const discord = await startDiscord();
  const client = new Client({ intents: [], rest: { api: discord.url, version: '10' } });
  client.on('interactionCreate', async (i) => {
    if (i.isAutocomplete()) return i.respond([{ name: 'x', value: 'y' }]);
    if (i.isChatInputCommand()) {
      if (i.commandName === 'defer') { await i.deferReply(); await i.editReply('done'); return; }
      const r = await i.reply({ content: `hi ${i.options.getString('story', true)}  `, withResponse: true, components: [{ type: 1, components: [{ type: 2, style: 1, label: 'Next', custom_id: 'next:1' }] }] });
      expect(r.resource?.message?.content).toBe('hi a');
    }
    if (i.isButton()) await i.update({ content: 'turned', components: [] });
  });
  await client.login(discord.token);
  await discord.connected();
  await client.rest.put(`/applications/${discord.application.id}/commands`, { body: [{ name: 'read', description: 'd', options: [{ type: 3, name: 'story', description: 's', required: true, autocomplete: true }] }, { name: 'defer', description: 'x' }] });
  const story = discord.channel('story');
  const ann = discord.user('Ann');
  const a = await ann.slash(story, 'read', { story: 'a' });
  console.log(a);
  expect(await ann.type(story, 'read', { story: 'q' }, 'story')).toEqual([{ name: 'x', value: 'y' }]);
  if (a.kind === 'message') console.log(await ann.press(a.message, 'Next'));
  expect(await ann.slash(story, 'defer')).toMatchObject({ kind: 'message', message: { content: 'done' } });
  expect(discord.unknownRoutes).toEqual([]);
  void MessageFlags;
  await client.destroy();
  await discord.stop();
});
