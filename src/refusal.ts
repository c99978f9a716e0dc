import { UserError } from './command.ts';
import { type Trouble, troubleOf } from './reading/trouble.ts';
import { AnsweredElsewhere } from './reading/turn.ts';

/** Why somebody got a sentence, or nothing, in place of what they asked for. */
export type Refusal = UserError['by'] | Trouble | 'elsewhere';

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
  damaged: true,
  elsewhere: true,
  bug: true,
};

/** Every refusal there is. */
export const REFUSALS: readonly string[] = Object.keys(ALL);

export function refusalOf(error: unknown): Refusal {
  if (error instanceof AnsweredElsewhere) return 'elsewhere';
  return error instanceof UserError ? error.by : troubleOf(error);
}
