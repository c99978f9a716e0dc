import type { Clock } from '../clock.ts';
import type { ChannelRecord, Reading } from '../reading/record.ts';
import type { Records } from '../reading/stored-records.ts';

/** After what is nobody's fault there (a store that is down, Discord away) it waits, in ms. */
const RETRY = 60_000;

export interface SchedulerOptions {
  readonly channels: Records<ChannelRecord>;
  readonly clock: Clock;
  /**
   * Tells one message in a channel whose telling is due; what holds then is noted here. Resolves
   * with `again` where it is to be tried again in a minute. Never throws.
   */
  readonly tell: (channelId: string) => Promise<'done' | 'again'>;
  /** The schedules could not be read at start-up; for the log. */
  readonly onTrouble: (error: unknown) => void;
}

/** Knows when the story is due where, and has one alarm: for the telling that comes first. */
export class Scheduler {
  readonly #options: SchedulerOptions;
  /** When each channel's next telling is due, in ms. */
  readonly #due = new Map<string, number>();
  /** Where one is being told just now. */
  readonly #telling = new Set<string>();
  #cancel: (() => void) | undefined;
  #isRunning = false;

  constructor(options: SchedulerOptions) {
    this.#options = options;
  }

  /** Takes up the schedules that are stored, again in a minute where the store is down. Never throws. */
  async start(): Promise<void> {
    const { channels, clock, onTrouble } = this.#options;
    this.#isRunning = true;
    try {
      // A turn that a crash left behind is settled when its channel's telling looks at it.
      for await (const [channelId, { reading }] of channels.entries()) {
        // What was noted meanwhile is newer.
        if (!this.#due.has(channelId) && reading?.pace) this.note(channelId, reading);
      }
    } catch (error) {
      onTrouble(error);
      clock.at(clock.now() + RETRY, () => {
        if (this.#isRunning) void this.start();
      });
    }
  }

  stop(): void {
    this.#isRunning = false;
    this.#cancel?.();
  }

  /** What holds in a channel from now on. */
  note(channelId: string, reading: Reading | undefined): void {
    const pace = reading?.pace;
    if (pace?.kind === 'schedule') this.#due.set(channelId, pace.next);
    else if (!this.#due.delete(channelId)) return;
    this.#arm();
  }

  #arm(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    if (!this.#isRunning) return;
    let first = Number.POSITIVE_INFINITY;
    for (const [channelId, due] of this.#due) {
      if (!this.#telling.has(channelId)) first = Math.min(first, due);
    }
    if (first < Number.POSITIVE_INFINITY) {
      this.#cancel = this.#options.clock.at(first, () => this.#wake());
    }
  }

  #wake(): void {
    const now = this.#options.clock.now();
    for (const [channelId, due] of this.#due) {
      if (due <= now && !this.#telling.has(channelId)) void this.#tell(channelId);
    }
    this.#arm();
  }

  async #tell(channelId: string): Promise<void> {
    const { clock, tell } = this.#options;
    this.#telling.add(channelId);
    const outcome = await tell(channelId);
    this.#telling.delete(channelId);
    if (outcome === 'again') this.#due.set(channelId, clock.now() + RETRY);
    // A telling of more than one passage is still due, and goes on at once.
    this.#arm();
  }
}
