/** A bare client with the intents of INTENTS; tells the parent what it uses once it knows GUILDS. */

import { Client } from 'discord.js';

const { DISCORD_API_URL: api = '', DISCORD_TOKEN: token = '' } = process.env;
const { INTENTS: intents = '0', GUILDS: expected = '' } = process.env;

const client = new Client({ intents: Number(intents), rest: { api, version: '10' } });
await client.login(token);
const watch = setInterval(() => {
  if (client.guilds.cache.size < Number(expected)) return;
  clearInterval(watch);
  process.send?.('complete');
}, 50);
