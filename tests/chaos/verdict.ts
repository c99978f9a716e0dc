import type { Discord } from '../../src/rehearsal/discord/discord.ts';
import type { Channel } from '../../src/rehearsal/discord/world.ts';
import { buttoned, seen } from '../seen.ts';
import type { Asked, Move, Wandering } from './readers.ts';

/** What is wrong with the channels, counted. */
export interface Verdict {
  readonly told: number;
  readonly skipped: number;
  readonly repeated: number;
  readonly disordered: number;
  readonly garbled: number;
  /**
   * Passages that a wanderer got and that were taken back: one process could tell it, the other was
   * refused. The next one to ask gets it.
   */
  readonly takenBack: number;
  /** Wanderers' channels whose passages no way of answering what was asked explains. */
  readonly unexplained: number;
  /** Older messages that kept their buttons, and deferrals that nobody finished. */
  readonly strayButtons: number;
  readonly unfinished: number;
  /** The channels with something wrong, as they stand, a line each. */
  readonly evidence: readonly string[];
}

const BLANK: Verdict = {
  told: 0,
  skipped: 0,
  repeated: 0,
  disordered: 0,
  garbled: 0,
  takenBack: 0,
  unexplained: 0,
  strayButtons: 0,
  unfinished: 0,
  evidence: [],
};

/** Holds each channel's messages against the story. `passages` are the messages it makes, in order. */
export function judge(
  discord: Discord,
  passages: readonly string[],
  crowded: readonly Channel[],
  wanderings: readonly Wandering[],
): Verdict {
  const numbers = new Map(passages.map((content, at) => [content, at + 1]));
  const told = (channel: Channel) =>
    discord.messages(channel).flatMap(({ content }) => numbers.get(content) ?? []);
  const one = (channel: Channel, judged: Partial<Verdict>): Verdict => {
    const garbled = discord
      .messages(channel)
      .filter(({ content }) => isPassage(content) && !numbers.has(content)).length;
    const found = { ...BLANK, ...judged, garbled, told: told(channel).length };
    const { skipped, repeated, disordered, unexplained } = found;
    const isWrong = skipped + repeated + disordered + garbled + unexplained > 0;
    const sight = seen(discord, channel);
    return {
      ...found,
      strayButtons: buttoned(discord, channel).filter((age) => age > 0).length,
      unfinished: sight.filter((what) => what === 'thinking').length,
      evidence: isWrong ? [`#${channel.name}: ${told(channel).join(' ')}`] : [],
    };
  };
  return [
    ...crowded.map((channel) => one(channel, inOrder(told(channel)))),
    ...wanderings.map(({ channel, asked: all }) => {
      const standing = new Set(discord.messages(channel).map(({ id }) => id));
      const isGone = ({ message }: Asked) => message !== undefined && !standing.has(message);
      const asked = all.map((each): Asked => (isGone(each) ? { move: each.move } : each));
      const takenBack = all.filter(isGone).length;
      if (explains(asked, told(channel))) return one(channel, { takenBack });
      const found = one(channel, { takenBack, unexplained: 1 });
      const words = asked.map(({ move, told: got }) => `${move}${got ? `=${got}` : '?'}`);
      return { ...found, evidence: [...found.evidence, `  asked: ${words.join(' ')}`] };
    }),
  ].reduce(add, BLANK);
}

/** The footer of a passage; a quote has one too, under a block quote. */
function isPassage(content: string): boolean {
  return / · \d+ of \d+$/.test(content) && !content.startsWith('> ');
}

function inOrder(told: readonly number[]): Pick<Verdict, 'skipped' | 'repeated' | 'disordered'> {
  const distinct = new Set(told);
  const last = Math.max(0, ...told);
  return {
    skipped: last - distinct.size,
    repeated: told.length - distinct.size,
    disordered: told.filter((number, at) => number < (told[at - 1] ?? 0)).length,
  };
}

/**
 * Whether the passages are what these moves lead to, one after the other: one whose passage was
 * seen has had its effect, any other has had it or none at all.
 */
export function explains(asked: readonly Asked[], told: readonly number[]): boolean {
  // So many passages explained, at that position.
  let ways = new Map([[0, 0]]);
  for (const { move, told: seenPassage } of asked) {
    const next = new Map(seenPassage === undefined ? ways : []);
    for (const [count, position] of ways) {
      const number = target(move, position);
      if (number === undefined || number !== told[count]) continue;
      if (seenPassage === undefined || seenPassage === number) next.set(count + 1, number);
    }
    ways = next;
  }
  return ways.has(told.length);
}

function target(move: Move, position: number): number | undefined {
  if (move === 'next') return position + 1;
  if (move === 'back') return position >= 2 ? position - 1 : undefined;
  return move;
}

export function add(a: Verdict, b: Verdict): Verdict {
  return {
    told: a.told + b.told,
    skipped: a.skipped + b.skipped,
    repeated: a.repeated + b.repeated,
    disordered: a.disordered + b.disordered,
    garbled: a.garbled + b.garbled,
    takenBack: a.takenBack + b.takenBack,
    unexplained: a.unexplained + b.unexplained,
    strayButtons: a.strayButtons + b.strayButtons,
    unfinished: a.unfinished + b.unfinished,
    evidence: [...a.evidence, ...b.evidence],
  };
}
