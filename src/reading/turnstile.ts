import { NoTurn } from './turn.ts';

/** Someone who waits for a turn and whom Discord gives three seconds. */
export interface Waiter {
  /** When the interaction reached us, in ms. */
  readonly arrived: number;
  /** Two waiters with the same key want the very same thing: the button they pressed. */
  readonly key?: string;
  /**
   * Claims a place in the channel with Discord's "thinking"; where the answer is already on its
   * way, waits for that. A private claim shows to the asker alone.
   */
  defer(visibility: 'public' | 'private'): Promise<void>;
}

/** Waiting longer than this, in ms after arrival, makes a waiter defer. */
export const DEFER_AFTER = 1500;
/** By then, in ms after arrival, whoever is ahead must have a place, or there is no time for one. */
const PLACE_WITHIN = 2500;

/** More than a lively room presses at once; whoever comes then would wait in vain. */
const MOST_WAITING = 200;

/** One at a time per key, in the order of arrival; different keys do not wait for each other. */
export class Turnstile {
  readonly #last = new Map<string, Ticket>();
  /** How many are inside or waiting. */
  readonly #present = new Map<string, number>();

  /**
   * Runs `work` when everyone who came before for this key has left. Throws `NoTurn` for a waiter
   * behind too many others.
   */
  async enter<T>(key: string, waiter: Waiter | undefined, work: () => Promise<T>): Promise<T> {
    const present = this.#present.get(key) ?? 0;
    if (waiter !== undefined && present >= MOST_WAITING) throw new NoTurn('busy');
    this.#present.set(key, present + 1);
    const ticket = new Ticket(this.#last.get(key), waiter);
    this.#last.set(key, ticket);
    try {
      await ticket.turn;
      return await work();
    } finally {
      ticket.leave();
      const left = (this.#present.get(key) ?? 1) - 1;
      if (left > 0) this.#present.set(key, left);
      else this.#present.delete(key);
      if (this.#last.get(key) === ticket) this.#last.delete(key);
    }
  }

  /** For how many keys there is somebody inside or waiting. */
  get size(): number {
    return this.#last.size;
  }

  /** Resolves when nobody is inside or waiting. */
  async empty(): Promise<void> {
    while (this.#last.size > 0) {
      await Promise.all([...this.#last.values()].map((ticket) => ticket.left));
    }
  }
}

class Ticket {
  readonly turn: Promise<void>;
  readonly #waiter: Waiter | undefined;
  readonly #left = Promise.withResolvers<void>();
  readonly #timer: NodeJS.Timeout | undefined;
  /** Forgotten when it leaves, or a busy channel would keep every ticket it ever had. */
  #ahead: Ticket | undefined;
  #gone = false;
  #place: Promise<boolean> | undefined;

  constructor(ahead: Ticket | undefined, waiter: Waiter | undefined) {
    this.#ahead = ahead;
    this.#waiter = waiter;
    this.turn = (ahead?.left ?? Promise.resolve()).then(() => {
      this.#ahead = undefined;
    });
    if (waiter !== undefined) {
      const patience = Math.max(0, waiter.arrived + DEFER_AFTER - Date.now());
      this.#timer = setTimeout(() => void this.#takePlace(), patience);
    }
  }

  get left(): Promise<void> {
    return this.#left.promise;
  }

  leave(): void {
    clearTimeout(this.#timer);
    this.#gone = true;
    this.#left.resolve();
  }

  /**
   * A passage stands where its deferral was posted, so deferrals go out in the order of the
   * queue, each after the one ahead of it has its place. A press behind another press of the same
   * button will be refused unless that one fails: it waits in private, not in front of everybody.
   * So does whoever would wait too long for those ahead: a place out of order is worse than none.
   * Resolves with whether those behind may have a place now. A deferral that Discord refuses shows
   * again, and is handled, when the answer itself is posted.
   */
  #takePlace(): Promise<boolean> {
    this.#place ??= this.#defer().catch(() => true);
    return this.#place;
  }

  async #defer(): Promise<boolean> {
    if (this.#isBehindItsLike()) {
      const ahead = this.#ahead;
      await this.#waiter?.defer('private');
      return ahead === undefined || (await ahead.#takePlace());
    }
    const isInTime = await this.#placeAhead();
    if (this.#gone) return true;
    const isInOrder = isInTime || this.#ahead === undefined;
    await this.#waiter?.defer(isInOrder ? 'public' : 'private');
    return isInOrder;
  }

  async #placeAhead(): Promise<boolean> {
    const ahead = this.#ahead;
    if (ahead === undefined) return true;
    // Nobody waits for a place here, but those behind have theirs after those ahead.
    if (this.#waiter === undefined) return await ahead.#takePlace();
    const limit = Promise.withResolvers<boolean>();
    const patience = Math.max(0, this.#waiter.arrived + PLACE_WITHIN - Date.now());
    const timer = setTimeout(() => limit.resolve(false), patience);
    const isInTime = await Promise.race([ahead.#takePlace(), limit.promise]);
    clearTimeout(timer);
    return isInTime;
  }

  #isBehindItsLike(): boolean {
    const key = this.#waiter?.key;
    if (key === undefined) return false;
    for (let other = this.#ahead; other !== undefined; other = other.#ahead) {
      if (other.#waiter?.key === key) return true;
    }
    return false;
  }
}
