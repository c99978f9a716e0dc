import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../random.ts';
import { openScene } from '../scene.ts';
import { brief, messageOf, tale } from '../seen.ts';
import { type Json, mutated, nastyText, nastyValue } from './mutate.ts';
import type { OpenTarget } from './target.ts';

interface Input {
  readonly event: string;
  readonly data: Json;
}

/** Events that Discord sends, whether or not we ask for them. */
const EVENTS = [
  ...['MESSAGE_CREATE', 'MESSAGE_UPDATE', 'MESSAGE_DELETE', 'GUILD_CREATE', 'GUILD_DELETE'],
  ...['CHANNEL_CREATE', 'THREAD_CREATE', 'GUILD_MEMBER_ADD', 'PRESENCE_UPDATE', 'RATE_LIMITED'],
  ...['ENTITLEMENT_CREATE', 'APPLICATION_COMMAND_PERMISSIONS_UPDATE', 'USER_UPDATE', 'NO_SUCH'],
];
const START_LIMIT = 30_000;
/** A witness looks once in so many inputs: enough for all of them. */
const WITNESSED = 20_000;

/**
 * What comes over the gateway, changed, to the bot as operators run it: it goes on, and others read
 * on, whatever comes.
 */
export const openDispatches: OpenTarget = async (onFinished) => {
  const closers: (() => void | Promise<void>)[] = [];
  onFinished(async () => {
    for (const close of closers.toReversed()) await close();
  });
  const scene = await openScene((close) => void closers.push(close));
  const { discord, folder } = scene;
  writeFileSync(join(folder, 'long.md'), tale(WITNESSED));
  const bot = scene.start({ LOG_LEVEL: 'silent' });
  await discord.waitFor(() => discord.commands().length > 0, START_LIMIT);

  const [room, quiet] = [discord.channel('room'), discord.channel('quiet')];
  const real: Json[] = [];
  discord.events.on('interaction', ({ channel }, payload) => {
    if (channel === room) real.push(JSON.parse(JSON.stringify(payload)));
  });
  const [ben, witness] = [discord.user('Ben'), discord.user('Witness')];
  await ben.slash(room, 'read', { story: 'tale' });
  const passage = messageOf(await ben.slash(room, 'next'));
  await ben.slash(room, 'quote', { line: 'tale' });
  await ben.press(passage, 'next:x:1', { stale: true });
  await ben.messageCommand(passage, 'Quote a line');
  await ben.type(room, 'read', { story: 'x' }, 'story');
  real.push(JSON.parse(JSON.stringify(passage)));
  await witness.slash(quiet, 'read', { story: 'long' });
  let told = 0;

  return {
    input(random: Random): Input {
      if (random.chance(0.05)) return { event: nastyText(random), data: nastyValue(random) };
      const event = random.chance(0.8) ? 'INTERACTION_CREATE' : random.pick(EVENTS);
      return { event, data: mutated(random.pick(real), random) };
    },
    async take({ event, data }: Input) {
      // What is no object or has quotes in its name would be no dispatch at all.
      const object = typeof data === 'object' && data !== null ? data : { data };
      discord.gateway.dispatch(event.replaceAll(/[^A-Z_]/g, ''), object);
    },
    async check() {
      if (bot.process.exitCode !== null) throw new Error(`the bot ended: ${bot.errors()}`);
      // Whoever reads so fast is asked to slow down: another one each time.
      told += 1;
      const says = brief(await discord.user(`Witness ${told}`).slash(quiet, 'next'));
      if (says !== told) throw new Error(`the witness got ${says} in place of passage ${told}`);
    },
  };
};
