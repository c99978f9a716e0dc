import { setTimeout as sleep } from 'node:timers/promises';
import type { Backlog } from './backlog.ts';
import { ChannelRecords, type Held } from './channel-records.ts';
import { askFate, type Fate, standing, type Witnesses } from './fate.ts';
import {
  type ChannelRecord,
  commit,
  isPending,
  isSameTurn,
  type Reading,
  type Standing,
  type Turn,
  toldIn,
  withdraw,
} from './record.ts';
import type { Records } from './stored-records.ts';
import { type Asker, NoTurn, Refused } from './turn.ts';

/** After this long, in ms, Discord takes no first answer to an interaction any more. */
const ANSWER_WINDOW = 3000;
/** Another process's clock may differ from ours by so many ms. */
const SKEW = 10_000;
/** How long someone waits for the turns ahead, in ms: by then a turn of theirs is under way or none. */
export const QUEUE_PATIENCE = 60_000;
/** Another process has so long to tell its turn, in ms, before Discord is asked about it. */
const HEAD_START = 500;
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

/**
 * How a position moves: a Turn is written down, its message posted, and the reading written down.
 * Whoever finds a Turn settles it by what Discord says. Each write succeeds only where the record
 * is still what was loaded, so it does not matter which process does what; one that comes second
 * takes what the other has written. In one process a channel is for one at a time.
 */
export class PositionProtocol {
  readonly records: ChannelRecords;
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
    this.records = new ChannelRecords(options.channels, options.onSaved);
    this.#background = background;
  }

  /** Whether this process is about to tell it, or to write down what became of it. */
  isUnderWay(channelId: string, turn: Turn): boolean {
    return this.#ownTurn(channelId, turn) !== undefined;
  }

  /** The turn's message, where it is told although the store does not know it yet. */
  knownToStand(channelId: string, turn: Turn): Standing | undefined {
    return this.#ownTurn(channelId, turn)?.message;
  }

  /**
   * The channel's record with no turn pending: what became of one is asked, and written down.
   * Throws `NoTurn`. Reading it can have begun before.
   */
  async settled(channelId: string, loading = this.records.load(channelId)): Promise<Held> {
    let held = await loading;
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const { turn } = held.record;
      if (turn === undefined) return held;
      const settled = await this.#settle(channelId, held, turn);
      held = settled ?? (await this.records.load(channelId));
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

  /**
   * Takes back the "thinking" of an asker whose turn came to nothing, so that a sentence can take
   * its place. Never throws.
   */
  async release(channelId: string, asker: Asker): Promise<void> {
    if (!asker.hasPlace()) return;
    const own = this.#own.get(channelId)?.turn;
    const isOpen = own !== undefined && own.token === asker.token;
    try {
      if (isOpen) await this.#giveUp(channelId, own, asker);
      else await asker.retract();
    } catch (error) {
      if (isOpen) asker.keep();
      this.#options.onTrouble(error, channelId, 'a "thinking" stays');
    }
  }

  async #giveUp(channelId: string, own: Turn, asker: Asker): Promise<void> {
    const held = await this.records.load(channelId);
    const isOver =
      isPending(held.record, own) &&
      (await this.#takeBack(channelId, held, own, () => asker.retract()));
    // Somebody else has settled it.
    if (!isOver) asker.keep();
  }

  /**
   * Ends a turn in whose place something stands or can yet come to stand, by deleting that. It is
   * written down first: from then on nobody finishes it, or finds it told.
   */
  async #takeBack(
    channelId: string,
    held: Held,
    turn: Turn,
    remove: () => Promise<void>,
  ): Promise<Held | undefined> {
    const taken = { ...held.record, turn: { ...turn, isTakenBack: true } as const };
    const marked = turn.isTakenBack ? held : await this.records.save(channelId, held, taken);
    if (marked === undefined) return undefined;
    await remove();
    const settled = await this.records.save(channelId, marked, withdraw(taken));
    this.#own.delete(channelId);
    return settled;
  }

  async #post(channelId: string, pending: Held, turn: Turn, asker: Asker): Promise<Standing> {
    const { onTrouble } = this.#options;
    try {
      const newest = pending.record.reading?.message?.id;
      return standing(turn, await asker.post(turn.body, newest));
    } catch (error) {
      if (!(error instanceof Refused || error instanceof NoTurn)) {
        onTrouble(error, channelId, 'Discord is asked what became of a post');
        const fate = await this.#fate(channelId, pending, turn, turn.at + ANSWER_WINDOW);
        if (typeof fate === 'object') return fate;
      }
      // Whoever settled it just now can have found a "thinking", and be finishing it: see release.
      if (asker.hasPlace()) throw error;
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
    const takeBack = () => this.#takeBack(channelId, held, turn, () => this.#remove(turn));
    const seenAt = Date.now();
    const own = this.#ownTurn(channelId, turn);
    // The window opened before the turn was written down, so before we saw it; its time is by
    // another's clock.
    const closes = ANSWER_WINDOW + (own === undefined ? Math.min(seenAt, turn.at + SKEW) : turn.at);
    if (turn.isTakenBack) {
      // Its deferral can be late, and somebody else about to finish it: none comes after that.
      await sleep(Math.max(0, closes - seenAt));
      return await takeBack();
    }
    const isInHand = own === undefined && seenAt < turn.at + QUEUE_PATIENCE;
    if (isInHand && (await this.records.settlesUntil(seenAt + HEAD_START, channelId, turn))) {
      return undefined;
    }
    const fate = own?.message ?? (await this.#fate(channelId, held, turn, closes));
    if (fate === 'settled') return undefined;
    // Its own process may be about to finish it.
    if (fate === 'unfit') return await takeBack();
    if (fate !== 'untold') return await this.#move(channelId, held, turn, fate);
    const settled = await this.records.save(channelId, held, withdraw(held.record));
    this.#own.delete(channelId);
    return settled;
  }

  async #remove({ token }: Turn): Promise<void> {
    try {
      if (token !== undefined) await this.#options.answers.remove(token);
    } catch (cause) {
      throw new NoTurn('unsettled', { cause });
    }
  }

  /**
   * Asks Discord what became of a turn's message. That there is none is final only once Discord
   * would take none any more, at `closes` in ms: its process may be about to post it, and writes
   * that down. `settled`: somebody else has done with it.
   */
  async #fate(
    channelId: string,
    held: Held,
    turn: Turn,
    closes: number,
  ): Promise<Exclude<Fate, 'open'> | 'settled'> {
    const after = held.record.reading?.message?.id;
    for (;;) {
      const isOpen = Date.now() < closes;
      const fate = await askFate(this.#options, channelId, turn, after);
      if (fate !== 'open') return fate;
      if (!isOpen) return 'untold';
      if (await this.records.settlesUntil(closes, channelId, turn)) return 'settled';
    }
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
      const saved = await this.records.save(
        channelId,
        held,
        commit(record, record.turn ?? turn, message),
      );
      if (saved !== undefined) return saved;
      held = await this.records.load(channelId);
      if (isPending(held.record, turn)) continue;
      this.records.note(channelId, held.record);
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
      const saved = await this.records.save(channelId, held, withdraw(held.record));
      held = saved ?? (await this.records.load(channelId));
      if (isPending(held.record, turn)) continue;
      this.#own.delete(channelId);
      return toldIn(held.record, turn);
    }
    throw new NoTurn('busy');
  }
}
