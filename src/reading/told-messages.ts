import type { Keyv } from 'keyv';
import type { Passage } from '../story/story.ts';
import type { Reading } from './record.ts';
import { Turnstile } from './turnstile.ts';

/** How many of a channel's messages are known, the newest: each takes 50 bytes. */
const MOST_MESSAGES = 300;

interface ToldMessage {
  readonly passage: number;
  /** Of the passage's text: in an edited story its number can be another's. */
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

/** Where each channel's passages were told, for links. A convenience: the place does not hang on it. */
export class ToldMessages {
  readonly #records: Keyv<ToldRecord>;
  readonly #turnstile = new Turnstile();

  constructor(records: Keyv<ToldRecord>) {
    this.#records = records;
  }

  /** Notes where a reading's passage stands. A channel that begins another story forgets the last. */
  async note(channelId: string, reading: Reading): Promise<void> {
    const { story, position, guild, anchors, message, serial } = reading;
    const id = message?.id;
    const hash = anchors.find(({ passage }) => passage === position)?.hash;
    // The title card tells no passage, though it can stand for some that are passed over.
    if (id === undefined || hash === undefined || serial === 0) return;
    await this.#turnstile.enter(channelId, undefined, async () => {
      const record = await this.#records.get(channelId);
      const known = record?.story === story ? record.messages : [];
      const others = known.filter((told) => told.passage !== position || told.hash !== hash);
      await this.#records.set(channelId, {
        version: 1,
        ...(guild !== undefined && { guild }),
        story,
        messages: [...others, { passage: position, hash, id }].slice(-MOST_MESSAGES),
      });
    });
  }

  /**
   * The id of the message in which a channel was told a passage, where it is still known and the
   * passage is what it was then.
   */
  async find(channelId: string, story: string, passage: Passage): Promise<string | undefined> {
    const record = await this.#records.get(channelId);
    if (record?.story !== story) return undefined;
    const same = record.messages.filter((told) => told.hash === passage.anchor);
    const told = same.find(({ passage: number }) => number === passage.number) ?? same.at(-1);
    return told?.id;
  }
}
