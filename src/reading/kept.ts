import type { Keyv } from 'keyv';
import type { Rating } from '../story/story.ts';
import { entries } from './entries.ts';
import { Turnstile } from './turnstile.ts';

/** So many readers who keep the same line make it one of the room's favourites. */
const FAVOURITE = 3;
/** Lines a reader can keep in one channel, and lines kept in a channel altogether. */
const MOST_OF_READER = 100;
const MOST_OF_CHANNEL = 500;
/** All readers' keepings of a channel: each takes 22 bytes of its record. */
const MOST_KEEPINGS = 5000;

/** A line as it is kept: by a hash of its text, so that it is found again in an edited story. */
export interface KeptLine {
  readonly story: string;
  readonly passage: number;
  readonly hash: string;
  /** The beginning of the text, for lists; the story has the whole. */
  readonly excerpt: string;
  /** The story's, where it is told in age-restricted channels only: it can leave the library. */
  readonly rating?: Rating;
}

export interface KeptRecord {
  readonly version: 1;
  readonly guild?: string;
  readonly lines: readonly (KeptLine & { readonly by: readonly string[] })[];
}

/** The lines that readers keep, by channel. */
export class KeptLines {
  readonly #records: Keyv<KeptRecord>;
  readonly #turnstile = new Turnstile();

  constructor(records: Keyv<KeptRecord>) {
    this.#records = records;
  }

  /**
   * Keeps a line for a reader. `known`: it was kept already. `full`: there is no room for more,
   * and nothing was kept.
   */
  async keep(
    channelId: string,
    guild: string | undefined,
    readerId: string,
    line: KeptLine,
  ): Promise<'kept' | 'known' | 'full'> {
    return await this.#turnstile.enter(channelId, undefined, async () => {
      const record = await this.#records.get(channelId);
      const lines = record?.lines ?? [];
      const same = lines.find(({ story, hash }) => story === line.story && hash === line.hash);
      if (same?.by.includes(readerId)) return 'known';
      const mine = lines.filter(({ by }) => by.includes(readerId)).length;
      const all = lines.reduce((sum, { by }) => sum + by.length, 0);
      const isFull = same === undefined && lines.length >= MOST_OF_CHANNEL;
      if (isFull || mine >= MOST_OF_READER || all >= MOST_KEEPINGS) return 'full';
      const place = guild ?? record?.guild;
      const kept = { ...line, by: [...(same?.by ?? []), readerId] };
      await this.#records.set(channelId, {
        version: 1,
        ...(place !== undefined && { guild: place }),
        lines: [...lines.filter((other) => other !== same), kept],
      });
      return 'kept';
    });
  }

  /** The lines a reader keeps in a channel, the newest first. */
  async of(channelId: string, readerId: string): Promise<KeptLine[]> {
    const { lines = [] } = (await this.#records.get(channelId)) ?? {};
    return lines.filter(({ by }) => by.includes(readerId)).toReversed();
  }

  /** The lines that at least three readers keep in a channel, the most kept first. */
  async favourites(channelId: string): Promise<KeptLine[]> {
    const { lines = [] } = (await this.#records.get(channelId)) ?? {};
    return lines
      .filter(({ by }) => by.length >= FAVOURITE)
      .toSorted((a, b) => b.by.length - a.by.length);
  }

  /** Lets go of one of a reader's lines in a channel, or of all of them. Returns how many. */
  async forget(channelId: string, readerId: string, hash?: string): Promise<number> {
    return await this.#turnstile.enter(channelId, undefined, async () => {
      const record = await this.#records.get(channelId);
      if (record === undefined) return 0;
      const isMeant = (line: KeptRecord['lines'][number]) =>
        line.by.includes(readerId) && (hash === undefined || line.hash === hash);
      const count = record.lines.filter(isMeant).length;
      if (count === 0) return 0;
      const lines = record.lines
        .map((line) =>
          isMeant(line) ? { ...line, by: line.by.filter((id) => id !== readerId) } : line,
        )
        .filter(({ by }) => by.length > 0);
      if (lines.length === 0) await this.#records.delete(channelId);
      else await this.#records.set(channelId, { ...record, lines });
      return count;
    });
  }

  /** Lets go of all that a reader keeps anywhere. Returns how many lines. */
  async forgetEverywhere(readerId: string): Promise<number> {
    const channels: string[] = [];
    for await (const [channelId, { lines }] of entries(this.#records)) {
      if (lines.some(({ by }) => by.includes(readerId))) channels.push(channelId);
    }
    let count = 0;
    for (const channelId of channels) count += await this.forget(channelId, readerId);
    return count;
  }
}
