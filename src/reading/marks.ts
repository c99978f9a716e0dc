import type { Story } from '../story/story.ts';
import type { Kind } from './kind.ts';
import { furthestIn } from './locate.ts';
import type { Reading } from './record.ts';
import { isAnchor } from './record-shape.ts';
import { hasShape, is, isArrayOf, isCount, isId, isString } from './shape.ts';
import type { Records } from './stored-records.ts';

/** A mark nobody renews is forgotten after 400 days, in ms. */
const LIFETIME = 400 * 24 * 3_600_000;

/** The passage a reader saw last in a channel; its anchors find it again in an edited story. */
export interface MarkRecord extends Pick<Reading, 'story' | 'position' | 'anchors'> {
  readonly version: 1;
  readonly guild?: string;
  /** The id of the reading it was seen in. */
  readonly reading: string;
}

export const markKind: Kind<MarkRecord> = {
  isWhole: hasShape<MarkRecord>({
    required: {
      version: is(1),
      story: isString,
      position: isCount,
      anchors: isArrayOf(isAnchor),
      reading: isId,
    },
    optional: { guild: isId },
  }),
  upgrades: [],
};

/** How far each reader has come in each channel: of those who press or ask, and of nobody else. */
export class Marks {
  readonly #records: Records<MarkRecord>;

  constructor(records: Records<MarkRecord>) {
    this.#records = records;
  }

  /** Notes that a reader has seen a reading's passage. Before the first there is nothing to note. */
  async note(channelId: string, readerId: string, reading: Reading): Promise<void> {
    const { id, story, position, anchors, guild } = reading;
    if (position === 0) return;
    const mark = { version: 1, story, position, anchors, reading: id } as const;
    const record = { ...mark, ...(guild !== undefined && { guild }) };
    // Not written blindly: one of a later Lamplight stays.
    await this.#records.update(keyOf(channelId, readerId), () => record, LIFETIME);
  }

  /**
   * The last passage of this reading that a reader has seen, a number in `story` as it is now;
   * 0 for none, and for a reader whose mark is in another story. A mark of an earlier reading of
   * the same story counts once the channel has come past it: before, it is heard anew.
   */
  async of(channelId: string, readerId: string, reading: Reading, story: Story): Promise<number> {
    const mark = await this.#records.get(keyOf(channelId, readerId));
    if (mark === undefined || mark.story !== story.slug) return 0;
    const { position: furthest, anchors: furthestAnchors } = mark;
    const place = furthestIn(story, { furthest, furthestAnchors });
    if (place <= reading.position) return place;
    return mark.reading === reading.id ? reading.position : 0;
  }

  /** Deletes a reader's marks, in every channel. */
  async forgetEverywhere(readerId: string): Promise<void> {
    const keys: string[] = [];
    for await (const [key] of this.#records.entries()) {
      if (key.endsWith(`:${readerId}`)) keys.push(key);
    }
    for (const key of keys) await this.#records.delete(key);
  }
}

function keyOf(channelId: string, readerId: string): string {
  return `${channelId}:${readerId}`;
}
