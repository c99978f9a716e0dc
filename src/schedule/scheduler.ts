import type { Clock } from '../clock.ts';
import type { Reading } from '../reading/record.ts';

/** After what is nobody's fault there (a store that is down, Discord away) it waits, in ms. */
const RETRY = 60_000;

export interface SchedulerOptions {
  readonly clock: Clock;
  /** Whether this process is to tell what is due in a server, or without one in a DM. */
  readonly isMine: (guildId: string | undefined) => boolean;
  /**
   * Tells one message in a channel whose telling is due; what holds then is noted here. Resolves
   * with `again` where it is to be tried again in a minute. Never throws.
   */
  readonly tell: (channelId: string) => Promise<'done' | 'again'>;
}

interface Telling {
  /** When it is due, in ms. */
  readonly at: number;
  readonly guild: string | undefined;
}

/** Knows when the story is due where, and has one alarm: for the telling that comes first. */
export class Scheduler {
  readonly #options: SchedulerOptions;
  /** Each channel's next telling. */
  readonly #due = new Map<string, Telling>();
  /** Where one is being told just now. */
  readonly #telling = new Set<string>();
  #cancel: (() => void) | undefined;
  /** When the alarm rings. */
  #alarm = Number.POSITIVE_INFINITY;
  #isRunning = false;

  constructor(options: SchedulerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#isRunning = true;
    this.#arm();
  }

  stop(): void {
    this.#isRunning = false;
    this.#cancel?.();
  }

  /** What holds in a channel from now on. */
  note(channelId: string, reading: Reading | undefined): void {
    const pace = reading?.pace;
    if (pace?.kind === 'schedule')
      this.#due.set(channelId, { at: pace.next, guild: reading?.guild });
    else if (!this.#due.delete(channelId)) return;
    this.#arm();
  }

  /**
   * What was read among the records, and may be older than what is noted or, where another process
   * wrote it, newer. The earlier time holds: a telling that looks too early learns when it is due.
   */
  find(channelId: string, { guild, pace }: Reading): void {
    if (pace?.kind !== 'schedule') return;
    const known = this.#due.get(channelId)?.at ?? Number.POSITIVE_INFINITY;
    if (known <= pace.next) return;
    this.#due.set(channelId, { at: pace.next, guild });
    if (pace.next < this.#alarm) this.#arm();
  }

  #arm(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    if (!this.#isRunning) return;
    let first = Number.POSITIVE_INFINITY;
    for (const [channelId, { at }] of this.#due) {
      if (!this.#telling.has(channelId)) first = Math.min(first, at);
    }
    this.#alarm = first;
    if (first < Number.POSITIVE_INFINITY) {
      this.#cancel = this.#options.clock.at(first, () => this.#wake());
    }
  }

  #wake(): void {
    const { clock, isMine } = this.#options;
    const now = clock.now();
    for (const [channelId, telling] of this.#due) {
      if (telling.at > now || this.#telling.has(channelId)) continue;
      if (isMine(telling.guild)) void this.#tell(channelId, telling);
      // Its own process is back.
      else this.#due.delete(channelId);
    }
    this.#arm();
  }

  async #tell(channelId: string, { guild }: Telling): Promise<void> {
    const { clock, tell } = this.#options;
    this.#telling.add(channelId);
    const outcome = await tell(channelId);
    this.#telling.delete(channelId);
    if (outcome === 'again') this.#due.set(channelId, { at: clock.now() + RETRY, guild });
    // A telling of more than one passage is still due, and goes on at once.
    this.#arm();
  }
}
