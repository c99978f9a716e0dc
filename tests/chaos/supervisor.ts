import { setTimeout as sleep } from 'node:timers/promises';
import type { Discord } from '../../src/rehearsal/discord/discord.ts';
import { type Lamplight, startLamplight } from '../process.ts';

/** Keeps the bot up as systemd would, and kills it. */
export interface Supervisor {
  /** Resolves when a bot is connected. */
  start(): Promise<void>;
  /** SIGKILL; the next start is up to the caller. */
  kill(): Promise<void>;
  /** Starts another beside the one there is, which then ends by this signal after `overlap` ms. */
  replace(overlap: number, signal: NodeJS.Signals): Promise<void>;
  /** Starts that ended by themselves, with their last words. */
  readonly failures: readonly string[];
}

const RESTART_PAUSE = 200;
const START_LIMIT = 30_000;

export function createSupervisor(
  discord: Discord,
  settings: Readonly<Record<string, string>>,
  onFinished: (kill: () => void) => void,
): Supervisor {
  const failures: string[] = [];
  let current: Lamplight | undefined;

  async function launch(): Promise<Lamplight> {
    for (;;) {
      const { identified } = discord.gateway.counts;
      const bot = startLamplight(settings, onFinished);
      const isUp = await Promise.race([
        discord
          .waitFor(() => discord.gateway.counts.identified > identified, START_LIMIT)
          .catch(() => false),
        bot.ended().then(() => false),
      ]);
      if (isUp) return bot;
      await bot.ended('SIGKILL');
      failures.push(bot.errors().trim().split('\n').at(-1) ?? '');
      await sleep(RESTART_PAUSE);
    }
  }

  return {
    failures,
    async start() {
      current = await launch();
      await discord.waitFor(() => discord.commands().length > 0, START_LIMIT);
    },
    async kill() {
      await current?.ended('SIGKILL');
    },
    async replace(overlap, signal) {
      const former = current;
      current = await launch();
      await sleep(overlap);
      await former?.ended(signal);
    },
  };
}
