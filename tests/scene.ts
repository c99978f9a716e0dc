import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Discord,
  type DiscordOptions,
  startDiscord,
} from '../src/rehearsal/discord/discord.ts';
import { type Lamplight, startLamplight } from './process.ts';
import { tale } from './seen.ts';

type OnFinished = (end: () => void | Promise<void>) => void;

/** A Discord, a folder with a tale of nine passages, and the bot as operators run it on both. */
export interface Scene {
  readonly discord: Discord;
  readonly folder: string;
  readonly storeUrl: string;
  start(settings?: Readonly<Record<string, string>>): Lamplight;
}

export async function openScene(onFinished: OnFinished, options?: DiscordOptions): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'lamplight-'));
  writeFileSync(join(folder, 'tale.md'), tale(9));
  mkdirSync(join(folder, 'empty'));
  const discord = await startDiscord(options);
  const storeUrl = `sqlite:${join(folder, 'lamplight.sqlite')}`;
  onFinished(async () => {
    await discord.stop();
    rmSync(folder, { recursive: true });
  });
  return {
    discord,
    folder,
    storeUrl,
    start: (settings = {}) =>
      startLamplight(
        {
          DISCORD_TOKEN: discord.token,
          DISCORD_API_URL: discord.url,
          STORY_DIR: folder,
          STORE_URL: storeUrl,
          ...settings,
        },
        onFinished,
      ),
  };
}

/** Starts it and has a story begun. */
export async function openReading(scene: Scene, settings?: Readonly<Record<string, string>>) {
  const { discord } = scene;
  const bot = scene.start(settings);
  await discord.waitFor(() => discord.commands().length > 0, 20_000);
  const channel = discord.channel('a');
  await discord.user('Ann').slash(channel, 'read', { story: 'tale' });
  return { bot, channel };
}
