/** Faults that a test asks for: what goes wrong on the way, told before it happens. */

import type { RequestRecord } from './requests.ts';

export type Failure =
  /** Refused by Discord's rate limiter, before anything happens. `retryAfter` in seconds. */
  | {
      readonly status: 429;
      readonly retryAfter: number;
      readonly global?: boolean;
      readonly scope?: 'user' | 'shared' | 'global';
    }
  /**
   * Answered with this status before anything happens, or with `after` once it was processed all the
   * same; with `code` and `message` as one of Discord's errors.
   */
  | {
      readonly status: number;
      readonly code?: number;
      readonly message?: string;
      readonly after?: boolean;
    }
  /**
   * Refused by what stands before Discord, with a page of HTML; a 429 says in `Retry-After`, in
   * seconds, when it is over, or does not say.
   */
  | { readonly status: number; readonly html: true; readonly retryAfter?: number }
  /** Processed, and answered this many milliseconds late; with `before`, processed late too. */
  | { readonly delay: number; readonly before?: boolean }
  /** Processed, and answered 204 without a body. */
  | { readonly empty: true }
  /** Never processed, never answered. */
  | 'hang-before'
  /** Processed, and the answer never comes. */
  | 'hang-after'
  /** The connection is destroyed before anything is processed. */
  | 'destroy-before'
  /** Processed, and the connection destroyed in place of the answer. */
  | 'destroy-after';

/** Requests by their role, by a pattern on `METHOD /path`, or by anything else. */
export type Matching =
  | 'callback'
  | 'original'
  | 'edit-original'
  | 'follow-up'
  | 'send'
  | RegExp
  | ((request: RequestRecord) => boolean);

export interface FaultOptions {
  readonly on: Matching;
  readonly how: Failure;
  /** How many requests it strikes; once if not said. */
  readonly times?: number;
}

export interface Fault {
  /**
   * Resolves with the request when it first strikes: once that is processed, where the fault comes
   * after (and with `delay`), else on its arrival.
   */
  readonly hit: Promise<RequestRecord>;
  /** Requests struck so far. */
  readonly struck: readonly RequestRecord[];
  lift(): void;
}

export interface Strike {
  readonly how: Failure;
  /** To be called when what comes before the failure is done. */
  readonly land: () => void;
}

const ROLES: Record<Extract<Matching, string>, RegExp> = {
  callback: /^POST \/interactions\/\d+\/[^/]+\/callback$/,
  original: /^GET \/webhooks\/\d+\/[^/]+\/messages\/@original$/,
  'edit-original': /^PATCH \/webhooks\/\d+\/[^/]+\/messages\/@original$/,
  'follow-up': /^POST \/webhooks\/\d+\/[^/]+$/,
  send: /^POST \/channels\/\d+\/messages$/,
};

export interface Faults {
  add(options: FaultOptions): Fault;
  /** The fault that strikes this request, if any; it is used up by it. */
  strike(request: RequestRecord): Strike | undefined;
}

export function createFaults(): Faults {
  const waiting = new Set<{
    left: number;
    matches: (request: RequestRecord) => boolean;
    how: Failure;
    hit: (request: RequestRecord) => void;
  }>();
  return {
    add({ on, how, times = 1 }) {
      const hit = Promise.withResolvers<RequestRecord>();
      const struck: RequestRecord[] = [];
      const entry = {
        left: times,
        matches: matcher(on),
        how,
        hit(request: RequestRecord) {
          struck.push(request);
          hit.resolve(request);
        },
      };
      waiting.add(entry);
      return { hit: hit.promise, struck, lift: () => void waiting.delete(entry) };
    },
    strike(request) {
      for (const entry of waiting) {
        if (!entry.matches(request)) continue;
        entry.left -= 1;
        if (entry.left <= 0) waiting.delete(entry);
        return { how: entry.how, land: () => entry.hit(request) };
      }
      return undefined;
    },
  };
}

function matcher(on: Matching): (request: RequestRecord) => boolean {
  if (typeof on === 'function') return on;
  const pattern = on instanceof RegExp ? on : ROLES[on];
  return ({ method, path }) => pattern.test(`${method} ${path}`);
}
