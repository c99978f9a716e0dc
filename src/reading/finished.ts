import type { Story } from '../story/story.ts';
import type { Kind } from './kind.ts';
import { furthestIn } from './locate.ts';
import type { Reading } from './record.ts';
import { isAnchor } from './record-shape.ts';
import { hasShape, is, isArrayOf, isCount, isId, isString } from './shape.ts';
import type { Records } from './stored-records.ts';
import { Turnstile } from './turnstile.ts';

/** A story told to its end, and where that was: it can have grown since. */
type FinishedStory = Pick<Reading, 'story' | 'furthest' | 'furthestAnchors'>;

export interface FinishedRecord {
  readonly version: 1;
  readonly guild?: string;
  readonly stories: readonly FinishedStory[];
}

const isFinishedStory = hasShape<FinishedStory>({
  required: { story: isString, furthest: isCount, furthestAnchors: isArrayOf(isAnchor) },
  optional: {},
});

export const finishedKind: Kind<FinishedRecord> = {
  isWhole: hasShape<FinishedRecord>({
    required: { version: is(1), stories: isArrayOf(isFinishedStory) },
    optional: { guild: isId },
  }),
  upgrades: [],
};

/** Which stories a place has read to the end: a server by its id, a DM by its channel's. */
export class Finished {
  readonly #records: Records<FinishedRecord>;
  readonly #turnstile = new Turnstile();

  constructor(records: Records<FinishedRecord>) {
    this.#records = records;
  }

  async add(channelId: string, reading: Reading): Promise<void> {
    const { guild, story, furthest, furthestAnchors } = reading;
    const place = guild ?? channelId;
    await this.#turnstile.enter(place, undefined, async () => {
      await this.#records.update(place, (record) => {
        const others = (record?.stories ?? []).filter((other) => other.story !== story);
        return {
          version: 1,
          ...(guild !== undefined && { guild }),
          stories: [...others, { story, furthest, furthestAnchors }],
        };
      });
    });
  }

  /** The slugs of the stories that a place has finished. */
  async storiesOf(place: string): Promise<readonly string[]> {
    return (await this.#of(place)).map(({ story }) => story);
  }

  /** The last passage that was told when a place finished a story; 0 when it has not. */
  async lastTold(place: string, story: Story): Promise<number> {
    const finished = (await this.#of(place)).find((one) => one.story === story.slug);
    return finished === undefined ? 0 : furthestIn(story, finished);
  }

  async #of(place: string): Promise<readonly FinishedStory[]> {
    return (await this.#records.get(place))?.stories ?? [];
  }
}
