/**
 * The least that answers /next by discord.js: a fixed text with a button, and nothing remembered.
 * With TIDY=1 it also takes the button off the message before, as Lamplight does, by that answer's
 * token: the same requests, without a place to keep.
 */

import {
  ButtonStyle,
  type ChatInputCommandInteraction,
  Client,
  ComponentType,
  Events,
} from 'discord.js';

const {
  DISCORD_API_URL: api = '',
  DISCORD_TOKEN: token = '',
  FIXED_TEXT: content = '',
  TIDY: tidy,
} = process.env;

const newest = new Map<string, ChatInputCommandInteraction>();
const client = new Client({
  // discord.js takes one shard unless told otherwise.
  shards: 'auto',
  intents: [],
  rest: {
    api,
    version: '10',
    // An answer's own token is not counted among the bot's 50 requests a second; discord.js does.
    ...(tidy !== undefined && { globalRequestsPerSecond: Number.POSITIVE_INFINITY }),
  },
});
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
  try {
    await interaction.reply({ content, components: [row] });
  } catch {
    return; // Discord waits for three seconds.
  }
  if (tidy === undefined) return;
  const older = newest.get(interaction.channelId);
  newest.set(interaction.channelId, interaction);
  await older?.editReply({ components: [] });
});
await client.login(token);
