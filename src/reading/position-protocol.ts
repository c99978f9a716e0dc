import { setTimeout as sleep } from 'node:timers/promises';
import type { Backlog } from './backlog.ts';
import { askFate, standing, type Witnesses } from './fate.ts';
import {
  type ChannelRecord,
  commit,
  EMPTY,
  isSameTurn,
  type Reading,
  type Standing,
  type Turn,
  toldIn,
  withdraw,
} from './record.ts';
import type { Loaded, Records } from './stored-records.ts';
import { AnsweredElsewhere, type Asker, NoTurn, Refused } from './turn.ts';

/** After this long, in ms, Discord takes no first answer to an interaction any more. */
const ANSWER_WINDOW = 3000;
/** Another process's clock may be ahead of ours by so many ms. */
const SKEW = 1000;
/** How long someone waits for the turns ahead, in ms: by then a turn of theirs is under way or none. */
export const QUEUE_PATIENCE = 60_000;
/** Another process has so long to tell its turn, in ms, before Discord is asked about it. */
const HEAD_START = 500;
/** How soon somebody else's turn is looked at again, in ms: each time twice as late, but not later. */
const FIRST_GLANCE = 25;
const LAST_GLANCE = 250;
/** So often a write is tried anew where another process was faster. */
const MOST_TRIES = 10;

export interface ProtocolOptions extends Witnesses {
  readonly channels: Records<ChannelRecord>;
  /** What holds in a channel from now on, written down: after every turn and change. */
  readonly onSaved: (channelId: string, reading: Reading | undefined) => void;
  /** A turn was taken; no reading when it ended with it. What it goes on to do never throws. */
  readonly onTold: (channelId: string, reading: Reading | undefined) => Promise<void>;
  /** What went wrong and was dealt with. For the log. */
  readonly onTrouble: (error: unknown, channelId: string, what: string) => void;
}

/** A channel's record, and what it takes to write over it. */
export interface Held {
  readonly record: ChannelRecord;
  readonly loaded: Loaded<ChannelRecord>;
}

/**
 * How a position moves: a Turn is written down, its message posted, and the reading written down.
 * Whoever finds a Turn settles it by what Discord says. Each write succeeds only where the record
 * is still what was loaded, so it does not matter which process does what; one that comes second
 * takes what the other has written. In one process a channel is for one at a time.
 */
export class PositionProtocol {
  readonly #options: ProtocolOptions;
  /** What follows a turn, such as taking the old button off. */
  readonly #background: Backlog;
  /**
   * The turn that this process has under way in a channel, until its fate is written down; with
   * its message once that stands, which the store may not know yet.
   */
  readonly #own = new Map<string, { turn: Turn; message?: Standing }>();

  constructor(options: ProtocolOptions, background: Backlog) {
    this.#options = options;
    this.#background = background;
  }

  /** A channel's record as it is stored; an empty one where nothing is. Throws `NoTurn`. */
  async load(channelId: string): Promise<Held> {
    const loaded = await this.#options.channels.load(channelId);
    return { loaded, record: loaded.value ?? EMPTY };
  }

  /** Writes a record over the one that was loaded; nothing where another process was faster. */
  async save(channelId: string, held: Held, record: ChannelRecord): Promise<Held | undefined> {
    const { channels, onSaved } = this.#options;
    const loaded = await channels.swap(channelId, held.loaded, record);
    if (loaded === undefined) return undefined;
    if (record.turn === undefined) onSaved(channelId, record.reading);
    return { record, loaded };
  }

  /** The turn's message, where it is told although the store does not know it yet. */
  knownToStand(channelId: string, turn: Turn): Standing | undefined {
    return this.#ownTurn(channelId, turn)?.message;
  }

  /**
   * The channel's record with no turn pending: what became of one is asked, and written down.
   * Throws `NoTurn`, and `AnsweredElsewhere` where another process has seen to this interaction.
   */
  async settled(channelId: string, interaction?: string): Promise<Held> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const held = await this.load(channelId);
      const { answered, turn } = held.record;
      if (interaction !== undefined && answered?.includes(interaction)) {
        throw new AnsweredElsewhere();
      }
      if (turn === undefined) return held;
      const settled = await this.#settle(channelId, held, turn);
      if (settled !== undefined && settled.record.turn === undefined) return settled;
    }
    throw new NoTurn('busy');
  }

  /**
   * Posts the turn that `pending` holds and writes down that it was told. Throws what refused it;
   * the turn is then withdrawn, or, where that failed, settled by whoever comes next. Returns the
   * reading as it is written down now: none where the turn ended it, or where its record failed.
   */
  async tell(
    channelId: string,
    pending: Held,
    turn: Turn,
    asker: Asker,
  ): Promise<Reading | undefined> {
    this.#own.set(channelId, { turn });
    const message = await this.#post(channelId, pending, turn, asker);
    // The passage stands, so whoever asked is answered, whatever becomes of its record.
    try {
      return (await this.#move(channelId, pending, turn, message)).record.reading;
    } catch (error) {
      this.#options.onTrouble(error, channelId, 'a told passage is not written down yet');
      return undefined;
    }
  }

  async #post(channelId: string, pending: Held, turn: Turn, asker: Asker): Promise<Standing> {
    const { onTrouble } = this.#options;
    try {
      return standing(turn, await asker.post(turn.body));
    } catch (error) {
      if (!(error instanceof Refused || error instanceof NoTurn)) {
        onTrouble(error, channelId, 'Discord is asked what became of a post');
        const fate = await this.#fate(channelId, pending, turn, turn.at + ANSWER_WINDOW);
        if (typeof fate === 'object') return fate;
      }
      // Where the record can't be written, the next one to come asks Discord and learns the same.
      const message = await this.#withdraw(channelId, pending, turn).catch((failure: unknown) => {
        onTrouble(failure, channelId, 'a refused turn is not withdrawn yet');
      });
      if (message !== undefined) return message;
      throw error;
    }
  }

  /** What became of a turn that was found pending. Nothing where its record is another by now. */
  async #settle(channelId: string, held: Held, turn: Turn): Promise<Held | undefined> {
    const own = this.#ownTurn(channelId, turn);
    const isInHand = own === undefined && Date.now() < turn.at + QUEUE_PATIENCE;
    if (isInHand && (await this.#movesUntil(Date.now() + HEAD_START, channelId, held))) {
      return undefined;
    }
    const closes = turn.at + ANSWER_WINDOW + (own === undefined ? SKEW : 0);
    const fate = own?.message ?? (await this.#fate(channelId, held, turn, closes));
    if (fate === 'moved') return undefined;
    if (fate !== 'untold') return await this.#move(channelId, held, turn, fate);
    const settled = await this.save(channelId, held, withdraw(held.record));
    this.#own.delete(channelId);
    return settled;
  }

  /**
   * Asks Discord what became of a turn's message. That there is none is final only once Discord
   * would take none any more, at `closes` in ms: its process may be about to post it, and writes
   * that down. `moved`: the record is another by now.
   */
  async #fate(
    channelId: string,
    held: Held,
    turn: Turn,
    closes: number,
  ): Promise<Standing | 'untold' | 'moved'> {
    const after = held.record.reading?.message?.id;
    for (;;) {
      const isOpen = Date.now() < closes;
      const fate = await askFate(this.#options, channelId, turn, after);
      if (fate !== 'open') return fate;
      if (!isOpen) return 'untold';
      if (await this.#movesUntil(closes, channelId, held)) return 'moved';
    }
  }

  /** Waits until `time`, or until a channel's record is another; whether it is, if the store says so. */
  async #movesUntil(time: number, channelId: string, { loaded }: Held): Promise<boolean> {
    for (let pause = FIRST_GLANCE; Date.now() < time; pause = Math.min(2 * pause, LAST_GLANCE)) {
      await sleep(Math.min(time - Date.now(), pause));
      const now = await this.#options.channels.load(channelId).catch(() => loaded);
      if (now.text !== loaded.text) return true;
    }
    return false;
  }

  #ownTurn(channelId: string, turn: Turn): { turn: Turn; message?: Standing } | undefined {
    const own = this.#own.get(channelId);
    return own !== undefined && isSameTurn(own.turn, turn) ? own : undefined;
  }

  async #move(channelId: string, pending: Held, turn: Turn, message: Standing): Promise<Held> {
    const { answers, onTold } = this.#options;
    this.#own.set(channelId, { turn, message });
    const moved = await this.#commit(channelId, pending, turn, message);
    this.#own.delete(channelId);
    this.#background.add(() => onTold(channelId, moved.record.reading));
    const older = pending.record.reading?.message;
    if (older !== undefined) this.#background.add(() => answers.unbutton(channelId, older));
    return moved;
  }

  /** Writes down that a turn's message stands. Where another process did, what that has written. */
  async #commit(channelId: string, pending: Held, turn: Turn, message: Standing): Promise<Held> {
    let held = pending;
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const { record } = held;
      const saved = await this.save(channelId, held, commit(record, record.turn ?? turn, message));
      if (saved !== undefined) return saved;
      held = await this.load(channelId);
      if (isPending(held, turn) || isWithdrawn(held, pending)) continue;
      if (held.record.turn === undefined) this.#options.onSaved(channelId, held.record.reading);
      return held;
    }
    throw new NoTurn('busy');
  }

  /**
   * Takes a turn back whose message does not stand. Returns the message where it does after all:
   * another process has finished a "thinking" with it.
   */
  async #withdraw(channelId: string, pending: Held, turn: Turn): Promise<Standing | undefined> {
    let held = pending;
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const saved = await this.save(channelId, held, withdraw(held.record));
      held = saved ?? (await this.load(channelId));
      if (isPending(held, turn)) continue;
      this.#own.delete(channelId);
      return toldIn(held.record, turn);
    }
    throw new NoTurn('busy');
  }
}

/** Whether the turn is still in the record, in which somebody may have been forgotten meanwhile. */
function isPending({ record }: Held, turn: Turn): boolean {
  return record.turn !== undefined && isSameTurn(record.turn, turn);
}

/**
 * Whether the turn was taken out again and nothing else has changed. Its message stands all the
 * same: whoever withdrew it believed its window to be closed, by a clock that is far ahead.
 */
function isWithdrawn({ record }: Held, pending: Held): boolean {
  return JSON.stringify(record) === JSON.stringify(withdraw(pending.record));
}
