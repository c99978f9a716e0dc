import type { Discord } from '../../src/rehearsal/discord/discord.ts';
import { end, launch, usage } from './child.ts';
import type { Usage } from './probe.ts';

/** How long a bot may take to start, in ms, before the measurement fails. */
const START_LIMIT = 120_000;

export interface Contestant {
  readonly name: string;
  /** The stand-in that it alone is connected to. */
  readonly discord: Discord;
  /** The file that Node runs, and the flags it is shipped with. */
  readonly script: string;
  readonly flags: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export interface Running {
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

/** Starts it with the probe; resolves when it has registered its commands. */
export async function run(contestant: Contestant): Promise<Running> {
  const { discord, script, flags } = contestant;
  const child = launch(script, environment(contestant), { flags, probe: true });
  await discord.waitFor(() => discord.gateway.online && discord.commands().length > 0, START_LIMIT);
  return { usage: () => usage(child), stop: () => end(child) };
}

/** Ms from the start of the process, run as it is shipped, to its IDENTIFY at the gateway. */
export async function timeToIdentify(contestant: Contestant): Promise<number> {
  const { discord, script, flags } = contestant;
  const { counts } = discord.gateway;
  const before = counts.identified;
  const from = performance.now();
  const child = launch(script, environment(contestant), { flags, probe: false });
  await discord.waitFor(() => counts.identified > before, START_LIMIT);
  const taken = performance.now() - from;
  await discord.waitFor(() => discord.commands().length > 0);
  await end(child);
  return taken;
}

function environment({ discord, env }: Contestant): Record<string, string> {
  return { ...env, DISCORD_API_URL: discord.url, DISCORD_TOKEN: discord.token };
}
