import { setTimeout as sleep } from 'node:timers/promises';
import type { Discord } from '../../src/rehearsal/discord/discord.ts';
import type { Answer } from '../../src/rehearsal/discord/interactions.ts';
import type { Message } from '../../src/rehearsal/discord/wire.ts';
import type { Channel } from '../../src/rehearsal/discord/world.ts';
import type { Random } from '../random.ts';
import { brief } from '../seen.ts';

/** What a wanderer asked for: the next passage, the one before, or one by number. */
export type Move = 'next' | 'back' | number;

/** A channel of one reader, who goes back and forth: all they asked, in order. */
export interface Wandering {
  readonly channel: Channel;
  readonly asked: Asked[];
}

/** `told` where they got a passage, in this message; otherwise it may have been told or not. */
export interface Asked {
  readonly move: Move;
  readonly told?: number;
  readonly message?: string;
}

export function askedFor(move: Move, answer: Answer | undefined): Asked {
  const says = answer && brief(answer);
  if (answer?.kind !== 'message' || typeof says !== 'number') return { move };
  return { move, told: says, message: answer.message.id };
}

export interface Crowd {
  readonly wanderings: readonly Wandering[];
  /** How often each kind of answer was given. */
  readonly answers: ReadonlyMap<string, number>;
  /** Lets them finish what they do and go. */
  stop(): Promise<void>;
}

/** Someone who waits no longer for an answer, in ms. */
const PATIENCE = 6000;

/**
 * Readers who press, ask, quote and look where they are until they are stopped; now and then all of
 * a channel at the same moment. In the `wandered` channels a single one goes back and forth.
 */
export function startReaders(
  discord: Discord,
  {
    crowded,
    wandered,
    count,
  }: { crowded: readonly Channel[]; wandered: readonly Channel[]; count: number },
  random: Random,
): Crowd {
  const answers = new Map<string, number>();
  const ended = Promise.withResolvers<void>();
  let isOver = false;
  const rest = (ms: number) => Promise.race([sleep(ms), ended.promise]);

  function noted(answer: Answer): Answer {
    const kind = answer.kind === 'message' && answer.private ? 'a private sentence' : answer.kind;
    answers.set(kind, (answers.get(kind) ?? 0) + 1);
    return answer;
  }

  async function ask(
    name: string,
    channel: Channel,
    command: string,
    options = {},
  ): Promise<Answer> {
    const asking = { timeout: PATIENCE };
    return noted(await discord.user(name).slash(channel, command, options, asking));
  }

  /** Presses the newest button that turns the page, as far as this reader's client knows. */
  async function press(name: string, channel: Channel): Promise<void> {
    const message = discord.messages(channel).findLast((one) => turnButton(one) !== undefined);
    const button = message && turnButton(message);
    if (message === undefined || button === undefined) return;
    const pressing = { stale: true, timeout: PATIENCE };
    noted(await discord.user(name).press(message, button, pressing));
  }

  async function read(name: string, channel: Channel, own: Random): Promise<void> {
    while (!isOver) {
      await rest(own.between(100, 2500));
      if (isOver) return;
      const what = own.below(20);
      if (what < 12) await press(name, channel);
      else if (what < 17) await ask(name, channel, 'next');
      else if (what < 19) await ask(name, channel, 'where');
      else await ask(name, channel, 'quote');
    }
  }

  async function wander(name: string, { channel, asked }: Wandering, own: Random): Promise<void> {
    while (!isOver) {
      await rest(own.between(50, 500));
      if (isOver) return;
      const move = own.pick<Move>(['next', 'next', 'next', 'back', 1 + own.below(40)]);
      const answer =
        typeof move === 'number'
          ? await ask(name, channel, 'goto', { passage: move })
          : await ask(name, channel, move);
      asked.push(askedFor(move, answer));
    }
  }

  async function rush(own: Random): Promise<void> {
    while (!isOver) {
      await rest(own.between(200, 1500));
      if (isOver) return;
      const channel = own.pick(crowded);
      await Promise.all(Array.from({ length: 8 }, (_, at) => press(`Rusher ${at}`, channel)));
    }
  }

  const wanderings = wandered.map((channel) => ({ channel, asked: [] }));
  const readers = Array.from({ length: count }, async (_, at) => {
    const channel = crowded[at % crowded.length];
    if (channel) await read(`Reader ${at}`, channel, random.child(`reader ${at}`));
  });
  const all = [
    ...readers,
    ...wanderings.map((one, at) => wander(`Wanderer ${at}`, one, random.child(`wanderer ${at}`))),
    rush(random.child('rush')),
  ];
  return {
    wanderings,
    answers,
    async stop() {
      isOver = true;
      ended.resolve();
      await Promise.all(all);
    },
  };
}

function turnButton({ components }: Message): string | undefined {
  const buttons = components.flatMap((row) => row.components ?? []);
  return buttons.flatMap(({ custom_id }) => custom_id ?? []).find((id) => id.startsWith('next:'));
}
