import type { Library } from '../story/library.ts';
import { Backlog } from './backlog.ts';
import type { Held } from './channel-records.ts';
import { names, withoutUser } from './company.ts';
import { locate } from './locate.ts';
import { PositionProtocol, type ProtocolOptions, QUEUE_PATIENCE } from './position-protocol.ts';
import { type ChannelRecord, commit, type Reading, type Turn } from './record.ts';
import {
  AnsweredElsewhere,
  type Asker,
  type Change,
  type Channel,
  type Decide,
  NoTurn,
  type Step,
} from './turn.ts';
import { Turnstile } from './turnstile.ts';

export interface ReadingsOptions extends ProtocolOptions {
  readonly library: Library;
  /** A turn was taken, or came to nothing by this error. */
  readonly onTurn: (outcome: 'told' | 'changed' | { readonly error: unknown }) => void;
}

/** So often a turn or a change is decided anew where another process was faster. */
const MOST_RACES = 10;
/** With turns under way in more channels than this, old buttons wait. */
const CROWD = 4;

/** Where every channel is, and the one way to move on: a turn. */
export class Readings {
  readonly #options: ReadingsOptions;
  readonly #protocol: PositionProtocol;
  readonly #turnstile = new Turnstile();
  /** What follows a turn, such as taking the old button off: answers go first. */
  readonly #background = new Backlog(() => this.#turnstile.size > CROWD);

  constructor(options: ReadingsOptions) {
    this.#options = options;
    this.#protocol = new PositionProtocol(options, this.#background);
  }

  /** The channel as it is, without waiting for turns under way. Throws `NoTurn`. */
  async look(channelId: string): Promise<Channel> {
    const { records } = this.#protocol;
    let { record } = await records.load(channelId);
    // A turn that was pending can have been written down while the record was on its way.
    if (record.turn && !this.#protocol.isUnderWay(channelId, record.turn)) {
      ({ record } = await records.load(channelId));
    }
    const { turn } = record;
    const message = turn && this.#protocol.knownToStand(channelId, turn);
    return this.#view(turn && message ? commit(record, turn, message) : record);
  }

  /**
   * Takes one turn: waits for this channel's turns ahead, settles what a crash left behind, has
   * `decide` choose what is told, posts it and moves the reading. Whatever `decide` throws ends
   * the turn with nothing changed; it can be asked again, where another process was faster. Throws
   * `Refused` and `NoTurn`; the reading then stays where it was, or, where only its record failed,
   * is settled by whoever comes next. Throws `AnsweredElsewhere` where another process sees to the
   * interaction. Where `decide` comes to a change without a post, that is stored and shown instead. Returns the reading as it is
   * written down now; none where the turn ended it, or where its record failed.
   */
  async turn(
    channelId: string,
    asker: Asker,
    decide: Decide<Step | Change>,
  ): Promise<Reading | undefined> {
    const { onTurn } = this.#options;
    const deadline = Date.now() + QUEUE_PATIENCE;
    return await this.#turnstile.enter(channelId, asker, async () => {
      try {
        if (Date.now() > deadline) throw new NoTurn('busy');
        return await this.#take(channelId, asker, decide);
      } catch (error) {
        onTurn({ error });
        if (error instanceof AnsweredElsewhere) throw error;
        await this.#protocol.release(channelId, asker);
        throw error;
      }
    });
  }

  /**
   * Changes the reading without a post, between two turns; a turn that a crash left behind is
   * settled first. Whatever `decide` throws changes nothing. Throws `NoTurn`. Returns the reading
   * as it is now.
   */
  async change(channelId: string, decide: Decide<Change>): Promise<Reading> {
    return await this.#turnstile.enter(channelId, undefined, async () => {
      for (let races = 0; races < MOST_RACES; races++) {
        const held = await this.#protocol.settled(channelId);
        const change = await decide(this.#view(held.record));
        const changed = { ...held.record, reading: change.changed };
        if (await this.#protocol.records.save(channelId, held, changed)) {
          return await this.#show(channelId, change);
        }
      }
      throw new NoTurn('busy');
    });
  }

  /** Settles the turns that a crash left behind in these channels, before anybody asks. Never throws. */
  async settle(channelIds: readonly string[]): Promise<void> {
    for (const channelId of channelIds) {
      await this.#turnstile
        .enter(channelId, undefined, () => this.#protocol.settled(channelId))
        .catch((error: unknown) =>
          this.#options.onTrouble(error, channelId, 'a turn stays unsettled'),
        );
    }
  }

  /** Takes a user's id out of all readings, one that is just beginning too. */
  async forget(userId: string): Promise<void> {
    const { channels } = this.#options;
    const isTheirs = (reading: Reading | undefined) => reading && names(reading, userId);
    const found: string[] = [];
    for await (const [channelId, { reading, left, turn }] of channels.entries()) {
      if ([reading, turn?.reading, ...left].some(isTheirs)) found.push(channelId);
    }
    const nameless = (reading: Reading) => withoutUser(reading, userId);
    for (const channelId of found) {
      // A turn that a crash left behind stays pending: forgetting does not wait for Discord.
      await this.#turnstile.enter(channelId, undefined, () =>
        channels.update(channelId, (record) => record && renamed(record, nameless)),
      );
    }
  }

  /** Resolves when no turn and no tidying up is under way. */
  async idle(): Promise<void> {
    await this.#turnstile.empty();
    await this.#background.empty();
  }

  async #take(
    channelId: string,
    asker: Asker,
    decide: Decide<Step | Change>,
  ): Promise<Reading | undefined> {
    const { arrived, claim, token, pressed } = asker;
    let loading: Promise<Held> | undefined = this.#protocol.records.load(channelId);
    loading.catch(() => {}); // until it is waited for
    await claim;
    for (let races = 0; races < MOST_RACES; races++) {
      const held = await this.#protocol.settled(channelId, loading);
      loading = undefined;
      const step = await decide(this.#view(held.record));
      if ('changed' in step) {
        const changed = { ...held.record, reading: step.changed };
        if (await this.#protocol.records.save(channelId, held, changed)) {
          this.#options.onTurn('changed');
          return await this.#show(channelId, step);
        }
        continue;
      }
      const turn: Turn = {
        at: arrived,
        ...(token !== undefined && { token }),
        ...(pressed !== undefined && { pressed }),
        ...step,
      };
      const pending = await this.#protocol.records.save(channelId, held, { ...held.record, turn });
      if (pending === undefined) continue;
      const told = await this.#protocol.tell(channelId, pending, turn, asker);
      this.#options.onTurn('told');
      return told;
    }
    throw new NoTurn('busy');
  }

  async #show(channelId: string, { changed, components, show }: Change): Promise<Reading> {
    const isShown = (await show?.()) ?? false;
    if (!isShown && components !== undefined && changed.message !== undefined) {
      await this.#options.answers.dress(channelId, changed.message, components);
    }
    return changed;
  }

  #view(record: ChannelRecord): Channel {
    const { reading, left } = record;
    const story = reading && this.#options.library.get(reading.story);
    return {
      left,
      ...(reading && { reading: story ? locate(reading, story) : reading }),
      ...(story && { story }),
    };
  }
}

/** The record with each of its readings changed. */
function renamed(
  { reading, left, turn, ...record }: ChannelRecord,
  rename: (reading: Reading) => Reading,
): ChannelRecord {
  return {
    ...record,
    left: left.map(rename),
    ...(reading && { reading: rename(reading) }),
    ...(turn && { turn: { ...turn, ...(turn.reading && { reading: rename(turn.reading) }) } }),
  };
}
