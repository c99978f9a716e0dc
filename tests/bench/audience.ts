import type { Message } from '../../src/rehearsal/discord/wire.ts';
import { type Entrant, PASSAGES } from './stage.ts';

/** How long a bot may take to tidy up after the last answer, in ms. */
const TIDY_LIMIT = 60_000;
/** Channels opened at once. */
const OPENED_AT_ONCE = 64;

/** The readers of one entrant, one in each channel; channels and readers go by number. */
export interface Audience {
  /** Begins the story in the first so many channels, where it is not begun yet. */
  gather(channels: number): Promise<void>;
  /** Asks for the next passage; ms until it stands in the channel, or nothing where it never does. */
  next(number: number): Promise<number | undefined>;
  /** Resolves when the bot has taken off each old button that it should. */
  tidied(): Promise<void>;
}

export function audienceOf({ discord, name, slug, isTidy }: Entrant): Audience {
  /** Passages told, by channel. */
  const told: number[] = [];
  let owed = 0;
  let done = 0;
  discord.events.on('request', ({ method, body }) => {
    if (method === 'PATCH' && isWithoutButtons(body)) done += 1;
  });
  /** When a channel's newest passage came to stand, in ms. */
  const stood = new Map<string, number>();
  const notice = ({ channel_id: channel, components }: Message) => {
    if (components.length > 0) stood.set(channel, performance.now());
  };
  // Not when its reader hears of it: then the bot has its reply, and is busy with what follows it.
  discord.events.on('message', notice);
  discord.events.on('edit', notice);
  const place = (number: number) => discord.channel(`channel ${number}`);
  const reader = (number: number) => discord.user(`Reader ${number}`);

  /** Whether it was answered within Discord's three seconds, and not by a refusal. */
  async function ask(number: number, command: string, options: Record<string, string | number>) {
    const answer = await reader(number).slash(place(number), command, options);
    return answer.kind === 'message' && !answer.private && answer.message.components.length > 0;
  }

  async function open(number: number): Promise<void> {
    if (told[number] !== undefined) return;
    told[number] = 0;
    if (slug !== undefined && !(await ask(number, 'read', { story: slug }))) {
      throw new Error(`${name} could not begin the story in time`);
    }
  }

  return {
    async gather(channels) {
      for (let from = 0; from < channels; from += OPENED_AT_ONCE) {
        const count = Math.min(OPENED_AT_ONCE, channels - from);
        await Promise.all(Array.from({ length: count }, (_, index) => open(from + index)));
      }
    },
    async next(number) {
      const before = told[number] ?? 0;
      if (slug !== undefined && before % (PASSAGES - 1) === PASSAGES - 2) {
        // Once more from the beginning, by a host's right.
        if (!(await ask(number, 'goto', { passage: 1 }))) return undefined;
        owed += 1;
      }
      const from = performance.now();
      if (!(await ask(number, 'next', {}))) return undefined;
      told[number] = before + 1;
      // The title card has a button too; a fixed text has nothing before the first.
      if (isTidy && (slug !== undefined || before > 0)) owed += 1;
      return (stood.get(place(number).id) ?? Number.NaN) - from;
    },
    async tidied() {
      await discord
        .waitFor(() => done >= owed, TIDY_LIMIT)
        .catch(() => {
          throw new Error(`${name} left ${owed - done} old buttons of ${owed}`);
        });
    },
  };
}

function isWithoutButtons(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || !('components' in body)) return false;
  return Array.isArray(body.components) && body.components.length === 0 && !('content' in body);
}
