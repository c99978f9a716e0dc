import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { commands } from '../commands/index.ts';
import { createBot } from '../src/bot.ts';
import { openLibrary } from '../src/library/open.ts';
import { openStore } from '../src/reading/store.ts';
import { register } from '../src/register.ts';
import { startDiscord } from '../src/rehearsal/discord/discord.ts';
import { openRoom } from '../src/rehearsal/room/room.ts';
import { type Scene, setScene } from '../src/rehearsal/scene.ts';
import { temporaryFolder } from './harness.ts';
import { noLog } from './stories.ts';

export interface RoomHouse {
  /** The page's address. */
  readonly url: string;
  readonly scene: Scene;
  close(): Promise<void>;
}

export interface RoomHouseOptions {
  /** A folder of stories; the shipped one otherwise. */
  readonly storyDir?: string;
  /** The first port to try. */
  readonly port?: number;
}

/** The page as `npm start` serves it, with the bot in this process. */
export async function openRoomHouse({
  storyDir = 'story',
  port = 4300,
}: RoomHouseOptions = {}): Promise<RoomHouse> {
  const folder = await temporaryFolder();
  const { library, close } = await openLibrary({ dir: storyDir, index: undefined, log: noLog });
  const store = await openStore(`sqlite:${join(folder, 'lamplight.sqlite')}`);
  const discord = await startDiscord();
  const scene = setScene(discord);
  const startBot = async () => {
    const bot = createBot({ library, store, log: noLog, apiUrl: discord.url });
    await register(await bot.start(discord.token), commands);
    return bot;
  };
  let bot = await startBot();
  const room = await openRoom({
    scene,
    port,
    async restartBot() {
      await bot.stop(2000);
      bot = await startBot();
    },
  });
  return {
    url: room.url,
    scene,
    async close() {
      await room.close();
      await bot.stop(2000);
      await store.close();
      await discord.stop();
      await close();
      await rm(folder, { recursive: true });
    },
  };
}
