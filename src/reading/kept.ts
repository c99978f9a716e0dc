import { RATINGS, type Rating } from '../story/story.ts';
import type { Kind } from './kind.ts';
import { hasShape, is, isArrayOf, isCount, isId, isOneOf, isString } from './shape.ts';
import type { Records } from './stored-records.ts';
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

export const keptKind: Kind<KeptRecord> = {
  isWhole: hasShape<KeptRecord>({
    required: {
      version: is(1),
      lines: isArrayOf(
        hasShape<KeptRecord['lines'][number]>({
          required: {
            story: isString,
            passage: isCount,
            hash: isString,
            excerpt: isString,
            by: isArrayOf(isId),
          },
          optional: { rating: isOneOf(RATINGS) },
        }),
      ),
    },
    optional: { guild: isId },
  }),
  upgrades: [],
};

/** The lines that readers keep, by channel. */
export class KeptLines {
  readonly #records: Records<KeptRecord>;
  readonly #turnstile = new Turnstile();

  constructor(records: Records<KeptRecord>) {
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
    let outcome: 'kept' | 'known' | 'full' = 'kept';
    await this.#change(channelId, (record) => {
      const lines = record?.lines ?? [];
      const same = lines.find(({ story, hash }) => story === line.story && hash === line.hash);
      const mine = lines.filter(({ by }) => by.includes(readerId)).length;
      const all = lines.reduce((sum, { by }) => sum + by.length, 0);
      const isFull = same === undefined && lines.length >= MOST_OF_CHANNEL;
      outcome = 'kept';
      if (same?.by.includes(readerId)) outcome = 'known';
      else if (isFull || mine >= MOST_OF_READER || all >= MOST_KEEPINGS) outcome = 'full';
      if (outcome !== 'kept') return record;
      const place = guild ?? record?.guild;
      const kept = { ...line, by: [...(same?.by ?? []), readerId] };
      return {
        version: 1,
        ...(place !== undefined && { guild: place }),
        lines: [...lines.filter((other) => other !== same), kept],
      };
    });
    return outcome;
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
    const isMeant = (line: KeptRecord['lines'][number]) =>
      line.by.includes(readerId) && (hash === undefined || line.hash === hash);
    let count = 0;
    await this.#change(channelId, (record) => {
      count = record?.lines.filter(isMeant).length ?? 0;
      if (record === undefined || count === 0) return record;
      const lines = record.lines
        .map((line) =>
          isMeant(line) ? { ...line, by: line.by.filter((id) => id !== readerId) } : line,
        )
        .filter(({ by }) => by.length > 0);
      return lines.length === 0 ? undefined : { ...record, lines };
    });
    return count;
  }

  /** Lets go of all that a reader keeps anywhere. Returns how many lines. */
  async forgetEverywhere(readerId: string): Promise<number> {
    const channels: string[] = [];
    for await (const [channelId, { lines }] of this.#records.entries()) {
      if (lines.some(({ by }) => by.includes(readerId))) channels.push(channelId);
    }
    let count = 0;
    for (const channelId of channels) count += await this.forget(channelId, readerId);
    return count;
  }

  /** One at a time here, so that only another process can come between. */
  async #change(
    channelId: string,
    change: (record: KeptRecord | undefined) => KeptRecord | undefined,
  ): Promise<void> {
    await this.#turnstile.enter(channelId, undefined, () =>
      this.#records.update(channelId, change),
    );
  }
}
