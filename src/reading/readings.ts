import { setTimeout as sleep } from 'node:timers/promises';
import type { Keyv } from 'keyv';
import type { Library } from '../story/library.ts';
import { Backlog } from './backlog.ts';
import { ChannelRecords } from './channel-records.ts';
import { names, withoutUser } from './company.ts';
import { entries } from './entries.ts';
import { locate } from './locate.ts';
import {
  type ChannelRecord,
  commit,
  isTold,
  type Reading,
  type Standing,
  type Turn,
  withdraw,
} from './record.ts';
import {
  type Answers,
  type Asker,
  type Change,
  type Channel,
  type Decide,
  NoTurn,
  type Posts,
  Refused,
  type Step,
} from './turn.ts';
import { Turnstile } from './turnstile.ts';

export interface ReadingsOptions {
  readonly channels: Keyv<ChannelRecord>;
  readonly library: Library;
  readonly answers: Answers;
  readonly posts: Posts;
  /** What holds in a channel from now on, written down: after every turn and change. */
  readonly onSaved: (channelId: string, reading: Reading | undefined) => void;
  /** A turn was taken; no reading when it ended with it. What it goes on to do never throws. */
  readonly onTold: (channelId: string, reading: Reading | undefined) => Promise<void>;
  /** A turn was taken, or came to nothing by this error. */
  readonly onTurn: (outcome: 'told' | 'changed' | { readonly error: unknown }) => void;
  /** An access to a channel's record ended, after so many ms. */
  readonly onAccess: (ms: number, hasFailed: boolean) => void;
  /** What went wrong and was dealt with. For the log. */
  readonly onTrouble: (error: unknown, channelId: string, what: string) => void;
}

/** After this long, in ms, Discord takes no first answer to an interaction any more. */
const ANSWER_WINDOW = 3000;
/** How long someone waits for the turns ahead, in ms. */
const QUEUE_PATIENCE = 60_000;
/** With turns under way in more channels than this, old buttons wait. */
const CROWD = 4;

/** Where every channel is, and the one way to move on: a turn. */
export class Readings {
  readonly #options: ReadingsOptions;
  readonly #records: ChannelRecords;
  readonly #turnstile = new Turnstile();
  /** Messages that stand although the store could not be written, by channel. */
  readonly #told = new Map<string, { turn: Turn; message: Standing }>();
  /** What follows a turn, such as taking the old button off: answers go first. */
  readonly #background = new Backlog(() => this.#turnstile.size > CROWD);

  constructor(options: ReadingsOptions) {
    this.#options = options;
    this.#records = new ChannelRecords(options.channels, options.onAccess);
  }

  /** The channel as it is, without waiting for turns under way. Throws `NoTurn`. */
  async look(channelId: string): Promise<Channel> {
    const record = await this.#records.load(channelId);
    const { turn } = record;
    const message = turn && this.#knownToStand(channelId, turn);
    return this.#view(turn && message ? commit(record, turn, message) : record);
  }

  /**
   * Takes one turn: waits for this channel's turns ahead, settles what a crash left behind, has
   * `decide` choose what is told, posts it and moves the reading. Whatever `decide` throws ends
   * the turn with nothing changed. Throws `Refused` and `NoTurn`; the reading then stays where it
   * was, or, where only its record failed, is settled by whoever comes next. Where `decide` comes
   * to a change without a post, that is stored and shown instead. Returns the reading as it is
   * written down now; none where the turn ended it, or where its record failed.
   */
  async turn(
    channelId: string,
    asker: Asker,
    decide: Decide<Step | Change>,
  ): Promise<Reading | undefined> {
    const { onTrouble, onTurn } = this.#options;
    const deadline = Date.now() + QUEUE_PATIENCE;
    return await this.#turnstile.enter(channelId, asker, async () => {
      try {
        if (Date.now() > deadline) throw new NoTurn('busy');
        return await this.#take(channelId, asker, decide);
      } catch (error) {
        onTurn({ error });
        await asker.retract().catch((failure: unknown) => {
          onTrouble(failure, channelId, 'a "thinking" stays');
        });
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
      const record = await this.#settled(channelId);
      return await this.#apply(channelId, record, await decide(this.#view(record)));
    });
  }

  /** Settles every turn that a crash left behind. For start-up: nobody needs to ask first. */
  async settleAll(): Promise<void> {
    const { channels, onTrouble } = this.#options;
    const pending: string[] = [];
    for await (const [channelId, record] of entries(channels)) {
      if (record.turn !== undefined) pending.push(channelId);
    }
    for (const channelId of pending) {
      await this.#turnstile
        .enter(channelId, undefined, () => this.#settled(channelId))
        .catch((error: unknown) => onTrouble(error, channelId, 'a turn stays unsettled'));
    }
  }

  /** Takes a user's id out of all readings, one that is just beginning too. */
  async forget(userId: string): Promise<void> {
    const { channels } = this.#options;
    const isTheirs = (reading: Reading | undefined) => reading && names(reading, userId);
    const found: string[] = [];
    for await (const [channelId, { reading, left, turn }] of entries(channels)) {
      if ([reading, turn?.reading, ...left].some(isTheirs)) found.push(channelId);
    }
    const nameless = (reading: Reading) => withoutUser(reading, userId);
    for (const channelId of found) {
      await this.#turnstile.enter(channelId, undefined, async () => {
        // A turn that a crash left behind stays pending: forgetting does not wait for Discord.
        const { reading, left, turn, ...record } = await this.#records.load(channelId);
        await this.#save(channelId, {
          ...record,
          left: left.map(nameless),
          ...(reading && { reading: nameless(reading) }),
          ...(turn && {
            turn: { ...turn, ...(turn.reading && { reading: nameless(turn.reading) }) },
          }),
        });
      });
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
    const record = await this.#settled(channelId);
    const step = await decide(this.#view(record));
    if ('changed' in step) {
      const changed = await this.#apply(channelId, record, step);
      this.#options.onTurn('changed');
      return changed;
    }
    const turn: Turn = {
      at: asker.arrived,
      ...(asker.token !== undefined && { token: asker.token }),
      ...(asker.pressed !== undefined && { pressed: asker.pressed }),
      ...step,
    };
    await this.#save(channelId, { ...record, turn });
    const message = await this.#post(channelId, record, turn, asker);
    this.#options.onTurn('told');
    // The passage stands, so whoever asked is answered, whatever becomes of its record.
    try {
      return (await this.#move(channelId, record, turn, message)).reading;
    } catch (error) {
      this.#options.onTrouble(error, channelId, 'a told passage is not written down yet');
      return undefined;
    }
  }

  async #apply(channelId: string, record: ChannelRecord, change: Change): Promise<Reading> {
    const { changed, components, show } = change;
    await this.#save(channelId, { ...record, reading: changed });
    const isShown = (await show?.()) ?? false;
    if (!isShown && components !== undefined && changed.message !== undefined) {
      await this.#options.answers.dress(channelId, changed.message, components);
    }
    return changed;
  }

  async #post(channelId: string, record: ChannelRecord, turn: Turn, asker: Asker) {
    const { onTrouble } = this.#options;
    try {
      return standing(turn, await asker.post(turn.body));
    } catch (error) {
      if (!(error instanceof Refused || error instanceof NoTurn)) {
        onTrouble(error, channelId, 'Discord is asked what became of a post');
        const message = await this.#ask(channelId, record, turn);
        if (message !== undefined) return message;
      }
      // Where the record can't be written, the next one to come asks Discord and learns the same.
      await this.#save(channelId, withdraw(record)).catch((failure: unknown) =>
        onTrouble(failure, channelId, 'a refused turn is not withdrawn yet'),
      );
      throw error;
    }
  }

  async #move(
    channelId: string,
    record: ChannelRecord,
    turn: Turn,
    message: Standing,
  ): Promise<ChannelRecord> {
    this.#told.set(channelId, { turn, message });
    const ahead = await this.#movedElsewhere(channelId, turn);
    const moved = ahead ?? commit(record, turn, message);
    if (ahead === undefined) await this.#save(channelId, moved);
    else this.#options.onSaved(channelId, ahead.reading);
    this.#told.delete(channelId);
    this.#background.add(() => this.#options.onTold(channelId, moved.reading));
    const older = record.reading?.message;
    if (older !== undefined) {
      this.#background.add(() => this.#options.answers.unbutton(channelId, older));
    }
    return moved;
  }

  /** The record where another process has told this very message of a schedule and moved on. */
  async #movedElsewhere(
    channelId: string,
    { nonce, reading }: Turn,
  ): Promise<ChannelRecord | undefined> {
    if (nonce === undefined || reading === undefined) return undefined;
    const record = await this.#records.load(channelId);
    const { reading: stored } = record;
    return stored?.id === reading.id && stored.serial >= reading.serial ? record : undefined;
  }

  /** The turn's message, where it is told although the store does not know it yet. */
  #knownToStand(channelId: string, turn: Turn): Standing | undefined {
    const told = this.#told.get(channelId);
    const isSame = told?.turn.token === turn.token && told?.turn.nonce === turn.nonce;
    return isSame ? told?.message : undefined;
  }

  /** The channel's record with no turn pending: what became of one is asked, and written down. */
  async #settled(channelId: string): Promise<ChannelRecord> {
    const record = await this.#records.load(channelId);
    const { turn } = record;
    if (turn === undefined) return record;
    const message =
      this.#knownToStand(channelId, turn) ?? (await this.#ask(channelId, record, turn));
    if (message !== undefined) return await this.#move(channelId, record, turn, message);
    const settled = withdraw(record);
    await this.#save(channelId, settled);
    return settled;
  }

  /** The turn's message if it stands. A deferral still "thinking" is finished by editing it in. */
  async #ask(channelId: string, record: ChannelRecord, turn: Turn): Promise<Standing | undefined> {
    const { answers, posts } = this.#options;
    const { token, nonce } = turn;
    try {
      if (nonce !== undefined) {
        const id = await posts.settle(channelId, { ...turn, nonce }, record.reading?.message?.id);
        return id === undefined ? undefined : standing(turn, id);
      }
      if (token === undefined) return undefined;
      let original = await answers.original(token);
      const open = turn.at + ANSWER_WINDOW - Date.now();
      if (original === 'absent' && open > 0) {
        // The request may still be on its way; after the window Discord would refuse it.
        await sleep(open);
        original = await answers.original(token);
      }
      if (original === 'absent' || original === 'expired') return undefined;
      if (original.thinking) return standing(turn, await answers.edit(token, turn.body));
      return isTold(turn, original) ? standing(turn, original.id) : undefined;
    } catch (error) {
      if (error instanceof Refused) return undefined;
      throw new NoTurn('unsettled', { cause: error });
    }
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

  async #save(channelId: string, record: ChannelRecord): Promise<void> {
    await this.#records.save(channelId, record);
    if (record.turn === undefined) this.#options.onSaved(channelId, record.reading);
  }
}

function standing(turn: Turn, id: string | undefined): Standing {
  return {
    at: turn.at,
    ...(turn.token !== undefined && { token: turn.token }),
    ...(id !== undefined && { id }),
  };
}
