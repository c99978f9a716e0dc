import type { DefaultRestOptions, RateLimitData } from 'discord.js';

/** How a REST client of discord.js makes a request. */
export type MakeRequest = typeof DefaultRestOptions.makeRequest;

/** What a rate limit that does not say when it ends is taken for, in seconds. */
const UNKNOWN_END = 60;
/** A limit met so long, in ms, after the last one was over has nothing to do with it. */
const SLACK = 5000;
/** Requests whose waits are remembered. */
const MOST_WAITS = 10_000;

/**
 * How long a request may be kept waiting by rate limits, however many it meets: discord.js alone
 * would wait, and ask again, for ever, and whoever waits for the answer with it. For
 * `rejectOnRateLimit`, which makes a `RateLimitError` of it; `patienceOf` gives ms for a route.
 */
export function impatience(
  patienceOf: (route: string) => number,
): (limit: RateLimitData) => boolean {
  const waits = new Map<string, { readonly since: number; readonly until: number }>();
  return ({ method, url, route, timeToReset, retryAfter }) => {
    const key = `${method} ${url}`;
    const now = Date.now();
    const until = now + Math.max(timeToReset, retryAfter);
    const before = waits.get(key);
    const since = before !== undefined && now < before.until + SLACK ? before.since : now;
    waits.delete(key);
    if (until - since > patienceOf(route)) return true;
    waits.set(key, { since, until });
    const [oldest] = waits.keys();
    if (waits.size > MOST_WAITS && oldest !== undefined) waits.delete(oldest);
    return false;
  };
}

/**
 * The same requests, but a 429 always says when it is over. Discord's do; what stands before
 * Discord need not, and discord.js would repeat those at once, without end.
 */
export function withRetryAfter(makeRequest: MakeRequest): MakeRequest {
  return async (url, init) => {
    const response = await makeRequest(url, init);
    const { status, headers } = response;
    if (status === 429 && !(Number(headers.get('Retry-After') ?? Number.NaN) >= 0)) {
      headers.set('Retry-After', String(UNKNOWN_END));
    }
    return response;
  };
}
