import type { Discord } from '../discord/discord.ts';
import type { Failure, Fault } from '../discord/faults.ts';
import { Callback } from '../discord/interactions.ts';
import type { RequestRecord } from '../discord/requests.ts';
import { isRecord } from '../discord/schema.ts';
import type { TroubleView } from './told.ts';

interface Trouble extends TroubleView {
  readonly how: Failure;
}

const TROUBLES: readonly Trouble[] = [
  {
    id: 'permission',
    label: 'Missing permission',
    about: 'Discord refuses the answer.',
    how: { status: 403, code: 50013, message: 'Missing Permissions' },
  },
  {
    id: 'automod',
    label: 'AutoMod',
    about: 'The server’s AutoMod blocks the text.',
    how: { status: 400, code: 200000, message: 'Message was blocked by AutoMod' },
  },
  {
    id: 'slow',
    label: 'Slow network',
    about: 'The answer is two seconds on its way.',
    how: { delay: 2000, before: true },
  },
  {
    id: 'late',
    label: 'Too late',
    about: 'It arrives after the three seconds that Discord waits.',
    how: { delay: 3500, before: true },
  },
  {
    id: 'limit',
    label: 'Rate limit',
    about: 'Discord asks the bot to wait for a second.',
    how: { status: 429, retryAfter: 1 },
  },
  {
    id: 'broken',
    label: 'Discord breaks',
    about: 'Discord answers with an error of its own.',
    how: { status: 500 },
  },
  {
    id: 'cut',
    label: 'Dropped connection',
    about: 'The line is cut before the answer arrives.',
    how: 'destroy-before',
  },
  {
    id: 'lost',
    label: 'Lost reply',
    about: 'The answer is posted, but the line is cut before the bot hears so.',
    how: 'destroy-after',
  },
];

/** What the page lists. */
export const troubleViews: readonly TroubleView[] = TROUBLES.map(({ id, label, about }) => ({
  id,
  label,
  about,
}));

export interface Troubles {
  /** The one that waits for the bot's next answer. */
  readonly waiting: string | null;
  /** Makes the next answer fail in this way, and no other; `null` lets it pass. */
  wait(id: string | null): void;
}

/** One trouble at a time for the whole room; `onChange` when one is set, struck or lifted. */
export function createTroubles(discord: Discord, onChange: () => void): Troubles {
  let waiting: { readonly id: string; readonly fault: Fault } | undefined;
  return {
    get waiting() {
      return waiting?.id ?? null;
    },
    wait(id) {
      waiting?.fault.lift();
      const trouble = TROUBLES.find((one) => one.id === id);
      waiting = trouble && {
        id: trouble.id,
        fault: discord.fail({ on: isAnswer, how: trouble.how }),
      };
      const { fault } = waiting ?? {};
      fault?.hit.then(() => {
        if (waiting?.fault !== fault) return;
        waiting = undefined;
        onChange();
      });
      onChange();
    },
  };
}

/** Choices offered while somebody types are callbacks too, but nothing that anybody waits for. */
function isAnswer({ method, path, body }: RequestRecord): boolean {
  const isCallback = method === 'POST' && /^\/interactions\/\d+\/[^/]+\/callback$/.test(path);
  return isCallback && isRecord(body) && body['type'] !== Callback.choices;
}
