import type { Discord } from '../../src/rehearsal/discord/discord.ts';
import { end, launch, usage } from './child.ts';
import type { Question, Usage } from './probe.ts';

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
  /** Its working directory. */
  readonly folder?: string;
}

export interface Running {
  usage(question?: Question): Promise<Usage>;
  stop(): Promise<void>;
}

/** Starts it with the probe; resolves when it has registered its commands, within so many ms. */
export async function run(contestant: Contestant, limit = START_LIMIT): Promise<Running> {
  const { discord } = contestant;
  const child = started(contestant, true);
  await discord.waitFor(() => discord.gateway.online && discord.commands().length > 0, limit);
  return { usage: (question) => usage(child, question), stop: () => end(child) };
}

/** Ms from the start of the process, run as it is shipped, to its IDENTIFY at the gateway. */
export async function timeToIdentify(contestant: Contestant): Promise<number> {
  return (await timeStart(contestant)).identify;
}

/**
 * Starts it as it is shipped, and stops it again. Ms from the start of the process to its IDENTIFY,
 * and to the answer that `ask`, called at that moment, gets; a first start is needed before, in
 * which it registers its commands.
 */
export async function timeStart(
  contestant: Contestant,
  ask: () => Promise<unknown> = async () => {},
): Promise<{ identify: number; answer: number }> {
  const { discord } = contestant;
  const { counts } = discord.gateway;
  const before = counts.identified;
  const from = performance.now();
  const child = started(contestant, false);
  await discord.waitFor(() => counts.identified > before, START_LIMIT);
  const identify = performance.now() - from;
  await ask();
  const answer = performance.now() - from;
  await discord.waitFor(() => discord.commands().length > 0);
  await end(child);
  return { identify, answer };
}

function started({ discord, script, flags, env, folder }: Contestant, probe: boolean) {
  const urls = { DISCORD_API_URL: discord.url, DISCORD_TOKEN: discord.token };
  const options = { flags, probe, ...(folder !== undefined && { folder }) };
  return launch(script, { ...env, ...urls }, options);
}
