import type { Keyv } from 'keyv';
import type { Reading } from './record.ts';
import { Turnstile } from './turnstile.ts';

/** How many of a channel's messages are known, the newest: their ids take 30 bytes each. */
const MOST_MESSAGES = 300;

export interface ToldRecord {
  readonly version: 1;
  readonly guild?: string;
  readonly story: string;
  /** Passage numbers with the ids of their messages, oldest first. */
  readonly messages: readonly (readonly [passage: number, id: string])[];
}

/** Where each channel's passages were told, for links. A convenience: the place does not hang on it. */
export class ToldMessages {
  readonly #records: Keyv<ToldRecord>;
  readonly #turnstile = new Turnstile();

  constructor(records: Keyv<ToldRecord>) {
    this.#records = records;
  }

  /** Notes where a reading's passage stands. A channel that begins another story forgets the last. */
  async note(channelId: string, { story, position, guild, message }: Reading): Promise<void> {
    const id = message?.id;
    if (id === undefined || position === 0) return;
    await this.#turnstile.enter(channelId, undefined, async () => {
      const record = await this.#records.get(channelId);
      const known = record?.story === story ? record.messages : [];
      const others = known.filter(([passage]) => passage !== position);
      await this.#records.set(channelId, {
        version: 1,
        ...(guild !== undefined && { guild }),
        story,
        messages: [...others, [position, id] as const].slice(-MOST_MESSAGES),
      });
    });
  }

  /** The id of the message in which a channel was told a passage, where it is still known. */
  async find(channelId: string, story: string, passage: number): Promise<string | undefined> {
    const record = await this.#records.get(channelId);
    if (record?.story !== story) return undefined;
    return record.messages.find(([number]) => number === passage)?.[1];
  }
}
