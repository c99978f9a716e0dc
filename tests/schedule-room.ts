import { expect, onTestFinished } from 'vitest';
import { createBot } from '../src/bot.ts';
import { createLog } from '../src/log.ts';
import type { ChannelRecord } from '../src/reading/record.ts';
import type { Store } from '../src/reading/store.ts';
import type { Failure } from '../src/rehearsal/discord/faults.ts';
import type { RequestRecord } from '../src/rehearsal/discord/requests.ts';
import { handClock } from './clock.ts';
import { openHouse } from './harness.ts';
import { moodyStore } from './moody-store.ts';
import { brief, libraryOf, seen, tale, told } from './seen.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** A Monday, ten in the morning in Berlin. */
const START = Date.UTC(2027, 0, 4, 9);

const chapters = `# Chapters

## One

First.

Second.

## Two

Third.

Fourth.

Fifth.
`;

const library = libraryOf({ tale: tale(9), short: tale(2, 'Short'), chapters });

/** A channel in which Ann has begun a story, and time passes only by hand, for Discord too. */
export async function openRoom(story = 'tale', onFinished = onTestFinished) {
  const clock = handClock(START);
  const store = moodyStore();
  let outage = 0;
  let shared: Store | undefined;
  const house = await openHouse(
    {
      library,
      clock,
      discord: { now: clock.now },
      aroundStore(real) {
        // Between the end of the bot and its start.
        clock.turn(outage);
        outage = 0;
        shared = real;
        return store.aroundStore(real);
      },
    },
    onFinished,
  );
  const { discord } = house;
  // The pass over the records at the start is over: it would look at schedules that are set meanwhile.
  await expect
    .poll(() => house.log.join('').includes('tidied up'), { timeout: 10_000, interval: 5 })
    .toBe(true);
  const channel = discord.channel('a');
  const ask = async (name: string, command: string, options = {}) =>
    await discord.user(name).slash(channel, command, options);
  await ask('Ann', 'read', { story });
  const sends = () =>
    discord.requests.filter(({ method, path }) => method === 'POST' && /\/messages$/.test(path));

  return {
    ...house,
    clock,
    store,
    channel,
    ask,
    sends,
    /** The text of a command's answer. */
    async says(name: string, command: string, options = {}) {
      return brief(await ask(name, command, options));
    },
    /** The public text that a pace is answered with. */
    async pace(rhythm: 'every' | 'daily', options: object) {
      const answer = await ask('Ann', `pace ${rhythm}`, options);
      return answer.kind === 'message' ? answer.message.content : answer.kind;
    },
    /** Resolves when these passages, and no others, stand in the channel. */
    async tells(...passages: number[]) {
      const expected = passages.join();
      await discord
        .waitFor(() => told(discord, channel).join() === expected)
        .catch(() => {
          throw new Error(`told ${told(discord, channel).join()} in place of ${expected}`);
        });
    },
    /** Resolves when a message of this beginning stands in the channel. */
    async shows(text: string) {
      await discord.waitFor(() =>
        seen(discord, channel).some((one) => String(one).startsWith(text)),
      );
    },
    failSends(how: Failure, times = 1, matches: (request: RequestRecord) => boolean = () => true) {
      return discord.fail({
        on: (request) =>
          request.method === 'POST' && /\/messages$/.test(request.path) && matches(request),
        how,
        times,
      });
    },
    /** Resolves when so many tellings in a row have failed, and it is written down. */
    async failed(count: number) {
      const records = shared?.namespace<ChannelRecord>('channels');
      const failures = async () => {
        const pace = (await records?.get(channel.id))?.reading?.pace;
        return pace?.kind === 'schedule' ? pace.failures : undefined;
      };
      await expect.poll(failures, { timeout: 5000, interval: 5 }).toBe(count);
    },
    /** Starts a second bot on the same store; what it returns stops it, once it is idle. */
    async startAnother() {
      if (shared === undefined) throw new Error('There is no store.');
      const log = createLog('error', [], { write: () => {} });
      const bot = createBot({ library, store: shared, log, apiUrl: discord.url, clock });
      await bot.start(discord.token);
      return () => bot.stop(5000);
    },
    /** Stops the bot, lets so many ms pass, and starts it again. */
    async away(ms: number) {
      outage = ms;
      await house.restart();
    },
  };
}
