import { inThisRequest } from '../request.ts';

/** So many jobs are done at once. */
const LANES = 8;
/** How long a busy time is waited out before it is looked at again, in ms. */
const PAUSE = 20;
/** Beyond this many waiting jobs nothing waits any more; and no job does for longer, in ms. */
const MOST_WAITING = 10_000;
const LONGEST_WAIT = 1000;

/** Jobs that can wait, done in their order while there is nothing better to do. They never throw. */
export class Backlog {
  readonly #isBusy: () => boolean;
  readonly #waiting: { readonly job: () => Promise<void>; readonly since: number }[] = [];
  #running = 0;
  #timer: NodeJS.Timeout | undefined;
  /** Waited for by `empty`. */
  #done: PromiseWithResolvers<void> | undefined;

  constructor(isBusy: () => boolean) {
    this.#isBusy = isBusy;
  }

  add(job: () => Promise<void>): void {
    this.#waiting.push({ job: inThisRequest(job), since: Date.now() });
    if (this.#timer === undefined) this.#work();
  }

  /** Does what is waiting, however busy, and resolves when all is done. */
  async empty(): Promise<void> {
    if (this.#waiting.length === 0 && this.#running === 0) return;
    this.#done ??= Promise.withResolvers();
    this.#work();
    await this.#done.promise;
  }

  #work(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (this.#running < LANES) {
      if (this.#mayWait()) {
        this.#timer = setTimeout(() => this.#work(), PAUSE);
        return;
      }
      const next = this.#waiting.shift();
      if (next === undefined) break;
      this.#running++;
      void next.job().finally(() => {
        this.#running--;
        this.#work();
      });
    }
    if (this.#running === 0) {
      this.#done?.resolve();
      this.#done = undefined;
    }
  }

  #mayWait(): boolean {
    const [first] = this.#waiting;
    if (first === undefined || this.#done !== undefined) return false;
    if (this.#waiting.length >= MOST_WAITING) return false;
    // On a bot that is always busy they would wait for ever.
    return Date.now() < first.since + LONGEST_WAIT && this.#isBusy();
  }
}
