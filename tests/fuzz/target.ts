import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom, type Random } from '../random.ts';

/** Something that takes untrusted input. */
export interface Target {
  /** An input: plain JSON. */
  readonly input: (random: Random) => unknown;
  /** Gives it the input. Throws what must not happen. */
  readonly take: (input: never) => Promise<void>;
  /** Throws where somebody else was harmed. Looked at now and then, and at the end. */
  readonly check: () => Promise<void>;
}

/** Opens a target; what it needs is closed by what it hands to `onFinished`. */
export type OpenTarget = (onFinished: (close: () => Promise<void>) => void) => Promise<Target>;

export interface FuzzOptions {
  readonly seed: string;
  readonly inputs: number;
  /** Which input is being tried, for a watchdog. */
  readonly onInput?: (index: number) => void;
}

/** No input may take longer, in ms: of this process's own time, and, where it only waits, of all. */
const LIMIT = 2000;
const PATIENCE = 20_000;
/** After so many inputs somebody looks whether others are well. */
const A_BATCH = 20;

/**
 * Gives a target so many inputs, the same ones for the same seed. Throws at the first that does
 * harm: what, and the input, or the few of which one did it.
 */
export async function fuzz(
  name: string,
  open: OpenTarget,
  { seed, inputs, onInput = () => {} }: FuzzOptions,
): Promise<void> {
  const closers: (() => Promise<void>)[] = [];
  const troubles: unknown[] = [];
  const note = (error: unknown) => void troubles.push(error);
  process.on('unhandledRejection', note);
  process.on('uncaughtException', note);
  let batch: { index: number; input: unknown }[] = [];
  try {
    const target = await open((close) => void closers.push(close));
    for (let index = 0; index < inputs; index++) {
      onInput(index);
      const input = target.input(createRandom(`${seed}/${name}/${index}`));
      if (batch.length === A_BATCH) batch = [];
      batch.push({ index, input });
      // The input is what `input` makes: only the compiler can't know that.
      await inTime(target.take(input as never));
      if (batch.length === A_BATCH || index === inputs - 1) await target.check();
      // What nobody handles comes a turn of the event loop later.
      if (batch.length === A_BATCH || index === inputs - 1) await sleep(0);
      if (troubles.length > 0) throw troubles[0];
    }
  } catch (cause) {
    const lines = batch.map((one) => JSON.stringify(one));
    const why = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    const again = `--only ${name} --seed ${seed}`;
    throw new Error(
      `${why}\nby the last of these inputs, or one before (${again}):\n${lines.join('\n')}`,
    );
  } finally {
    for (const close of closers.toReversed()) await close();
    process.off('unhandledRejection', note);
    process.off('uncaughtException', note);
  }
}

async function inTime(work: Promise<void>): Promise<void> {
  const limit = Promise.withResolvers<never>();
  const timer = setTimeout(() => limit.reject(new Error('it never ends')), PATIENCE);
  const begun = process.cpuUsage();
  try {
    await Promise.race([work, limit.promise]);
  } finally {
    clearTimeout(timer);
  }
  // On a busy machine an input that is soon done can stand still for seconds.
  const { user, system } = process.cpuUsage(begun);
  const took = Math.round((user + system) / 1000);
  if (took > LIMIT) throw new Error(`it took ${took} ms`);
}
