import { startDiscord } from './discord/discord.ts';
import { openRoom } from './room/room.ts';
import { type RunningBot, setScene } from './scene.ts';
import { openTerminal } from './terminal.ts';

/** For how long a restart waits for the turns under way, in ms. */
const PATIENCE = 3500;

export interface RehearsalOptions {
  /** Starts the bot on this Discord; resolves once it is ready and its commands are registered. */
  readonly startBot: (at: { apiUrl: string; token: string }) => Promise<RunningBot>;
  /** Called when whoever is at the terminal leaves. */
  readonly onEnd: () => void;
  /** Where the page is served, on 127.0.0.1; the next free one when it is taken. */
  readonly port: number;
}

/** Opens the rehearsal: Discord in miniature, the bot in it, a room in the terminal and a page. */
export async function openRehearsal({ startBot, onEnd, port }: RehearsalOptions): Promise<void> {
  const discord = await startDiscord();
  const scene = setScene(discord);
  const start = () => startBot({ apiUrl: discord.url, token: discord.token });
  let bot = start();
  await bot;
  const restartBot = async () => {
    bot = bot
      .then(
        (running) => running.stop(PATIENCE),
        () => {},
      )
      .then(start);
    await bot;
  };
  const { url } = await openRoom({ scene, port, restartBot });
  openTerminal({
    scene,
    welcome: [
      'Lamplight in rehearsal, without a token: type /read, a space and Tab to begin a story, Enter to go on, help for more.',
      `Open ${url} in a browser to read the same channel in a small Discord; Ctrl-D ends it all.`,
    ],
    onEnd,
  });
}
