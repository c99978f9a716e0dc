import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import { missingFrom } from './reading/gone-guilds.ts';
import type { Readings } from './reading/readings.ts';
import type { ChannelRecord } from './reading/record.ts';
import type { openRecords } from './reading/records.ts';
import type { Processes } from './schedule/processes.ts';
import type { Scheduler } from './schedule/scheduler.ts';
import { isIn, type ShardRange, shardOf } from './shards.ts';

/** After the store failed it waits so long, in ms. */
const RETRY = 60_000;

export interface UpkeepOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly goThrough: ReturnType<typeof openRecords>['goThrough'];
  readonly readings: Pick<Readings, 'settle'>;
  readonly scheduler: Pick<Scheduler, 'find'>;
  /** Absent where no other process can use the store. */
  readonly processes?: Pick<Processes, 'isOrphan'> | undefined;
}

/**
 * What is done with the records unasked, in one pass: turns that a crash left behind are settled,
 * schedules taken up, and what belongs to servers that removed the bot is deleted. Each process
 * looks after its own shards' channels, and after those of shards that no living process runs.
 */
export class Upkeep {
  readonly #options: UpkeepOptions;
  #range: ShardRange | undefined;
  /** By shard, which servers its newest READY lacks; gone when a pass sees to it. */
  #missing = new Map<number, (guildId: string) => boolean>();
  /** The servers heard from since: a READY knows nothing of those that came after it. */
  readonly #heard = new Set<string>();
  #isRunning = false;
  #isWanted = false;
  #isStopped = false;
  #cancel: (() => void) | undefined;

  constructor(options: UpkeepOptions) {
    this.#options = options;
  }

  /** The servers that a shard's READY lists. */
  list(guildIds: readonly string[], shard: readonly [number, number]): void {
    this.#missing.set(shard[0], missingFrom(guildIds, shard));
  }

  /** Something happened in this server: the bot is there. */
  hear(guildId: string): void {
    if (this.#missing.size > 0 || this.#isRunning) this.#heard.add(guildId);
  }

  /** Whether this process is to look after what belongs to a server; without one, to a DM. */
  isMine(guildId: string | undefined): boolean {
    if (this.#range === undefined) return false;
    const shard = shardOf(guildId, this.#range.count);
    return isIn(this.#range, shard) || this.#options.processes?.isOrphan(shard) === true;
  }

  /** This process runs these shards: makes a first pass. */
  start(range: ShardRange): void {
    this.#range = range;
    this.run();
  }

  /** Makes a pass, again in a minute where the store is down. */
  run(): void {
    this.#isWanted = true;
    if (!this.#isRunning && this.#range !== undefined) void this.#work();
  }

  /** Makes a pass where READYs have not been seen to yet. */
  tidy(): void {
    if (this.#missing.size > 0) this.run();
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
  }

  async #work(): Promise<void> {
    const { clock, log } = this.#options;
    this.#isRunning = true;
    this.#cancel?.();
    try {
      while (this.#isWanted && !this.#isStopped) {
        this.#isWanted = false;
        await this.#pass();
      }
    } catch (err) {
      // Whoever stops closes the store under it.
      if (!this.#isStopped) {
        log.error({ err }, 'the records are not gone through yet: turns, schedules, servers gone');
        this.#isWanted = true;
        this.#cancel = clock.at(clock.now() + RETRY, () => void this.#work());
      }
    }
    this.#isRunning = false;
  }

  async #pass(): Promise<void> {
    const { goThrough, log, readings, scheduler } = this.#options;
    const pending: string[] = [];
    const missing = this.#missing;
    this.#missing = new Map();
    const visit = (channelId: string, { guild, reading, turn }: ChannelRecord) => {
      if (!this.isMine(guild)) return;
      if (turn !== undefined) pending.push(channelId);
      if (reading !== undefined) scheduler.find(channelId, reading);
    };
    try {
      const count = await goThrough(missing.size > 0 ? this.#isGone(missing) : undefined, visit);
      if (missing.size > 0) {
        log.info({ deleted: count }, 'servers that removed the bot are tidied up');
      }
    } catch (error) {
      this.#missing = new Map([...missing, ...this.#missing]);
      throw error;
    }
    if (this.#missing.size === 0) this.#heard.clear();
    // Discord can take its time over these.
    void readings.settle(pending);
  }

  #isGone(missing: ReadonlyMap<number, (guildId: string) => boolean>) {
    const count = this.#range?.count ?? 1;
    return (guildId: string) =>
      !this.#heard.has(guildId) && missing.get(shardOf(guildId, count))?.(guildId) === true;
  }
}
