import type { Random } from '../random.ts';
import { openFuzzedHouse } from './house.ts';
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
  ...[
    'ENTITLEMENT_CREATE',
    'APPLICATION_COMMAND_PERMISSIONS_UPDATE',
    'USER_UPDATE',
    'NO_SUCH_EVENT',
  ],
];

/** What comes over the gateway, changed: it does no harm, whatever it is. */
export const openDispatches: OpenTarget = async (onFinished) => {
  const real: Json[] = [];
  const { discord, room, passage, check } = await openFuzzedHouse(onFinished, (interaction) => {
    real.push(JSON.parse(JSON.stringify(interaction)));
  });
  const ben = discord.user('Ben');
  await ben.slash(room, 'next');
  await ben.slash(room, 'quote', { line: 'tale' });
  await ben.press(passage, 'next:x:1', { stale: true });
  await ben.messageCommand(passage, 'Quote a line');
  await ben.type(room, 'read', { story: 'x' }, 'story');
  real.push(JSON.parse(JSON.stringify(passage)));

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
    check,
  };
};
