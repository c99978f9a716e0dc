import { UserError } from './command.ts';
import { type Trouble, troubleOf } from './reading/trouble.ts';

/** Why somebody got a sentence, or nothing, in place of what they asked for. */
export type Refusal = UserError['by'] | Trouble;

const ALL: Readonly<Record<Refusal, true>> = {
  rule: true,
  limit: true,
  stopping: true,
  automod: true,
  permission: true,
  refused: true,
  late: true,
  store: true,
  unsettled: true,
  busy: true,
  again: true,
  version: true,
  bug: true,
};

/** Every refusal there is. */
export const REFUSALS: readonly string[] = Object.keys(ALL);

export function refusalOf(error: unknown): Refusal {
  return error instanceof UserError ? error.by : troubleOf(error);
}
