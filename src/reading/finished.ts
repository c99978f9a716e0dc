import type { Keyv } from 'keyv';
import type { Reading } from './record.ts';
import { Turnstile } from './turnstile.ts';

export interface FinishedRecord {
  readonly version: 1;
  readonly guild?: string;
  /** The slugs of the stories that were told to their end. */
  readonly stories: readonly string[];
}

/** Which stories a place has read to the end: a server by its id, a DM by its channel's. */
export class Finished {
  readonly #records: Keyv<FinishedRecord>;
  readonly #turnstile = new Turnstile();

  constructor(records: Keyv<FinishedRecord>) {
    this.#records = records;
  }

  async add(channelId: string, { guild, story }: Reading): Promise<void> {
    const place = guild ?? channelId;
    await this.#turnstile.enter(place, undefined, async () => {
      const stories = await this.storiesOf(place);
      if (stories.includes(story)) return;
      await this.#records.set(place, {
        version: 1,
        ...(guild !== undefined && { guild }),
        stories: [...stories, story],
      });
    });
  }

  async storiesOf(place: string): Promise<readonly string[]> {
    return (await this.#records.get(place))?.stories ?? [];
  }
}
