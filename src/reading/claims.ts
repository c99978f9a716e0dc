import type { Kind } from './kind.ts';
import { hasShape, is } from './shape.ts';
import type { Records } from './stored-records.ts';
import { AnsweredElsewhere } from './turn.ts';

/** An interaction can be answered for 15 minutes, in ms: then its claim means nothing. */
const LIFETIME = 15 * 60_000;
/**
 * Those that have expired are swept out so often, in ms, and not before there are many: a sweep looks
 * at all that there are.
 */
const SWEEP_EVERY = LIFETIME / 3;
const SWEEP_AFTER = 1000;

export interface ClaimRecord {
  readonly version: 1;
}

export const claimKind: Kind<ClaimRecord> = {
  isWhole: hasShape<ClaimRecord>({ required: { version: is(1) }, optional: {} }),
  upgrades: [],
};

/**
 * Which interactions are taken care of. While one process takes over from another, Discord sends
 * each to both: whoever claims it first answers it. That Discord takes one answer only would not
 * do: an answer is deferred, taken back and edited by a token that both have.
 */
export class Claims {
  readonly #records: Records<ClaimRecord>;
  #count = 0;
  #sweptAt = Date.now();

  constructor(records: Records<ClaimRecord>) {
    this.#records = records;
  }

  /** Claims an interaction by its id. Throws `AnsweredElsewhere`, and `NoTurn` where the store fails. */
  async take(interaction: string): Promise<void> {
    const nothing = { value: undefined, text: undefined };
    const isFirst = await this.#records.swap(interaction, nothing, { version: 1 }, LIFETIME);
    if (isFirst === undefined) throw new AnsweredElsewhere();
    this.#count++;
    if (this.#count < SWEEP_AFTER || Date.now() < this.#sweptAt + SWEEP_EVERY) return;
    this.#count = 0;
    this.#sweptAt = Date.now();
    // Nobody's answer waits for it, or fails with it; what is left, the next one takes.
    this.#records.sweep().catch(() => {});
  }
}
