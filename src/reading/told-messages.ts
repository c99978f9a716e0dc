import type { Passage, Story } from '../story/story.ts';
import type { Kind } from './kind.ts';
import type { Reading } from './record.ts';
import { hasShape, is, isArrayOf, isCount, isId, isString } from './shape.ts';
import type { Records } from './stored-records.ts';
import { Turnstile } from './turnstile.ts';

/**
 * So many of a channel's messages make a block, of 80 bytes each. The newest ones are in the
 * channel's own record, which is written with every telling; when they are two blocks, the older
 * goes into a record of its own, and of those the newest are kept.
 */
const BLOCK = 20;
const MOST_BLOCKS = 14;

interface ToldMessage {
  /** The last passage it tells. */
  readonly passage: number;
  /** The first, where it tells several. */
  readonly from?: number;
  /** Of the last passage's text: in an edited story its number can be another's. */
  readonly hash: string;
  /** The message's. */
  readonly id: string;
}

export interface ToldRecord {
  readonly version: 1;
  readonly guild?: string;
  readonly story: string;
  /** How many blocks of this story were put into records of their own so far. */
  readonly blocks?: number;
  /** The oldest first. */
  readonly messages: readonly ToldMessage[];
}

const isToldMessage = hasShape<ToldMessage>({
  required: { passage: isCount, hash: isString, id: isId },
  optional: { from: isCount },
});

export const toldKind: Kind<ToldRecord> = {
  isWhole: hasShape<ToldRecord>({
    required: { version: is(1), story: isString, messages: isArrayOf(isToldMessage) },
    optional: { guild: isId, blocks: isCount },
  }),
  upgrades: [],
};

/** Where each channel's passages were told, for links. A convenience: the place does not hang on it. */
export class ToldMessages {
  readonly #records: Records<ToldRecord>;
  readonly #turnstile = new Turnstile();

  constructor(records: Records<ToldRecord>) {
    this.#records = records;
  }

  /** Notes where a reading's passage stands. A channel that begins another story forgets the last. */
  async note(channelId: string, reading: Reading): Promise<void> {
    const { story, position, start, guild, anchors, message, serial } = reading;
    const id = message?.id;
    const hash = anchors.find(({ passage }) => passage === position)?.hash;
    // The title card tells no passage, though it can stand for some that are passed over.
    if (id === undefined || hash === undefined || serial === 0) return;
    const told = { passage: position, ...(start !== undefined && { from: start }), hash, id };
    await this.#turnstile.enter(channelId, undefined, async () => {
      let newest: ToldRecord | undefined;
      await this.#records.update(channelId, (record) => {
        const known = record?.story === story ? record : undefined;
        const others = (known?.messages ?? []).filter((other) => !isWithin(other, told));
        newest = {
          version: 1,
          ...(guild !== undefined && { guild }),
          story,
          ...(known?.blocks !== undefined && { blocks: known.blocks }),
          messages: [...others, told],
        };
        return newest;
      });
      if (newest !== undefined && newest.messages.length >= 2 * BLOCK) {
        await this.#putAway(channelId, newest);
      }
    });
  }

  /**
   * The id of the message in which a channel was told a passage, where it is still known and the
   * passage is what it was then.
   */
  async find(channelId: string, story: Story, passage: Passage): Promise<string | undefined> {
    const record = await this.#records.get(channelId);
    if (record?.story !== story.slug) return undefined;
    const { number } = passage;
    const tells = ({ passage: to, from = to, hash }: ToldMessage) =>
      story.numbersOf(hash).some((end) => number <= end && number >= end - (to - from));
    const isOfNumber = ({ passage: to, from = to }: ToldMessage) => from <= number && number <= to;
    const newer = record.messages.filter(tells);
    const told = newer.findLast(isOfNumber);
    if (told !== undefined) return told.id;
    const telling = [...(await this.#older(channelId, record)).filter(tells), ...newer];
    return (telling.findLast(isOfNumber) ?? telling.at(-1))?.id;
  }

  /**
   * Puts all but the newest block away. Its record is written first: interrupted after it, a message
   * is known twice.
   */
  async #putAway(
    channelId: string,
    { messages, blocks = 0, ...record }: ToldRecord,
  ): Promise<void> {
    const older = messages.slice(0, -BLOCK);
    let count = blocks;
    for (let from = 0; from < older.length; from += BLOCK) {
      const block = { ...record, messages: older.slice(from, from + BLOCK) };
      await this.#records.update(blockKey(channelId, count), () => block);
      count += 1;
    }
    const isOlder = new Set(older.map(({ id }) => id));
    await this.#records.update(
      channelId,
      (now) =>
        now && {
          ...now,
          blocks: count,
          messages: now.messages.filter(({ id }) => !isOlder.has(id)),
        },
    );
  }

  /** What was put away of the story that a channel's record is of, the oldest first. */
  async #older(channelId: string, { story, blocks = 0 }: ToldRecord): Promise<ToldMessage[]> {
    const first = Math.max(0, blocks - MOST_BLOCKS);
    const numbers = Array.from({ length: blocks - first }, (_, index) => first + index);
    const records = await Promise.all(
      numbers.map((number) => this.#records.get(blockKey(channelId, number))),
    );
    return records.flatMap((record) => (record?.story === story ? record.messages : []));
  }
}

/** The record of a channel's nth block, which takes the place of one that is too old. */
function blockKey(channelId: string, block: number): string {
  return `${channelId}:${block % MOST_BLOCKS}`;
}

/** Whether all that a message tells is told by another one. */
function isWithin(one: ToldMessage, other: ToldMessage): boolean {
  const [from, start] = [one.from ?? one.passage, other.from ?? other.passage];
  return one.passage === other.passage ? one.hash === other.hash && from >= start : false;
}
