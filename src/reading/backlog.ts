import { inThisRequest } from '../request.ts';

/** So many jobs are done at once. */
const LANES = 8;
/** How long a busy time is waited out before it is looked at again, in ms. */
const PAUSE = 20;
/** Beyond this many waiting jobs nothing waits any more. */
const MOST_WAITING = 10_000;

/** Jobs that can wait, done in their order while there is nothing better to do. They never throw. */
export class Backlog {
  readonly #isBusy: () => boolean;
  readonly #waiting: (() => Promise<void>)[] = [];
  #running = 0;
  #timer: NodeJS.Timeout | undefined;
  /** Waited for by `empty`. */
  #done: PromiseWithResolvers<void> | undefined;

  constructor(isBusy: () => boolean) {
    this.#isBusy = isBusy;
  }

  add(job: () => Promise<void>): void {
    this.#waiting.push(inThisRequest(job));
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
    const mayWait = this.#done === undefined && this.#waiting.length < MOST_WAITING;
    if (mayWait && this.#isBusy()) {
      this.#timer = setTimeout(() => this.#work(), PAUSE);
      return;
    }
    while (this.#running < LANES) {
      const job = this.#waiting.shift();
      if (job === undefined) break;
      this.#running++;
      void job().finally(() => {
        this.#running--;
        this.#work();
      });
    }
    if (this.#running === 0) {
      this.#done?.resolve();
      this.#done = undefined;
    }
  }
}
