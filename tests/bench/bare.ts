/** The least that answers /next by discord.js: a fixed text with a button, and nothing remembered. */

import { ButtonStyle, Client, ComponentType, Events } from 'discord.js';

const {
  DISCORD_API_URL: api = '',
  DISCORD_TOKEN: token = '',
  FIXED_TEXT: content = '',
} = process.env;

const client = new Client({ intents: [], rest: { api, version: '10' } });
client.once(Events.ClientReady, async ({ application }) => {
  await application.commands.set([{ name: 'next', description: 'Answers a fixed text' }]);
});
client.on(Events.InteractionCreate, async (interaction) => {
  if (!interaction.isChatInputCommand()) return;
  const button = {
    type: ComponentType.Button,
    style: ButtonStyle.Primary,
    label: 'Next',
    customId: 'next',
  } as const; // Literals, or the compiler takes `type` for any component's.
  const row = { type: ComponentType.ActionRow, components: [button] } as const;
  await interaction.reply({ content, components: [row] });
});
await client.login(token);
