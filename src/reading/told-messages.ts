import type { Passage, Story } from '../story/story.ts';
import type { Kind } from './kind.ts';
import type { Reading } from './record.ts';
import { hasShape, is, isArrayOf, isCount, isString } from './shape.ts';
import type { Records } from './stored-records.ts';
import { Turnstile } from './turnstile.ts';

/** How many of a channel's messages are known, the newest: each takes 50 bytes. */
const MOST_MESSAGES = 300;

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
  /** The oldest first. */
  readonly messages: readonly ToldMessage[];
}

const isToldMessage = hasShape<ToldMessage>({
  required: { passage: isCount, hash: isString, id: isString },
  optional: { from: isCount },
});

export const toldKind: Kind<ToldRecord> = {
  isWhole: hasShape<ToldRecord>({
    required: { version: is(1), story: isString, messages: isArrayOf(isToldMessage) },
    optional: { guild: isString },
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
    await this.#turnstile.enter(channelId, undefined, async () => {
      await this.#records.update(channelId, (record) => {
        const known = record?.story === story ? record.messages : [];
        const told = { passage: position, ...(start !== undefined && { from: start }), hash, id };
        const others = known.filter((other) => !isWithin(other, told));
        return {
          version: 1,
          ...(guild !== undefined && { guild }),
          story,
          messages: [...others, told].slice(-MOST_MESSAGES),
        };
      });
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
    const telling = record.messages.filter(tells);
    const told = telling.find(({ passage: to, from = to }) => from <= number && number <= to);
    return (told ?? telling.at(-1))?.id;
  }
}

/** Whether all that a message tells is told by another one. */
function isWithin(one: ToldMessage, other: ToldMessage): boolean {
  const [from, start] = [one.from ?? one.passage, other.from ?? other.passage];
  return one.passage === other.passage ? one.hash === other.hash && from >= start : false;
}
