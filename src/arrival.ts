import { AsyncLocalStorage } from 'node:async_hooks';
import { DiscordAPIError, RateLimitError, RESTJSONErrorCodes } from 'discord.js';
import type { MakeRequest } from './rate-limits.ts';
import { AnsweredElsewhere, Refused } from './reading/turn.ts';

/** What `once` has sent and waits for. */
const underWay = new AsyncLocalStorage<{ mayHaveArrived: boolean }>();

/** The same requests, of which `once` knows whether one that failed may have arrived. */
export function withArrival(makeRequest: MakeRequest): MakeRequest {
  return async (url, init) => {
    const request = underWay.getStore() ?? { mayHaveArrived: false };
    const had = request.mayHaveArrived;
    request.mayHaveArrived = true;
    const response = await makeRequest(url, init);
    // An error of the server's own can come after it has done what it was asked.
    if (response.status < 500) request.mayHaveArrived = had;
    return response;
  };
}

/**
 * Sends a request by a REST client whose requests are `withArrival`. A refusal means that Discord
 * has not done it: discord.js repeats what failed on its way, and where an earlier try may have
 * arrived, a refusal of a later one says nothing about it. Throws `Refused`; `AnsweredElsewhere`
 * where an interaction has its answer already; any other error leaves open whether it was done.
 */
export async function once<T>(send: () => Promise<T>): Promise<T> {
  const request = { mayHaveArrived: false };
  try {
    return await underWay.run(request, () => refusing(send()));
  } catch (error) {
    if (request.mayHaveArrived) throw error instanceof Refused ? error.cause : error;
    throw isAnswered(error) ? new AnsweredElsewhere('', { cause: error }) : error;
  }
}

/**
 * Discord's refusals as `Refused`. Not among them: what discord.js can get for a request that it
 * repeated after a first one had arrived, and whatever is no answer of Discord's at all.
 */
export async function refusing<T>(request: Promise<T>): Promise<T> {
  try {
    return await request;
  } catch (error) {
    const certain =
      error instanceof RateLimitError ||
      (error instanceof DiscordAPIError &&
        error.code !== RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged &&
        error.code !== RESTJSONErrorCodes.UnknownInteraction);
    throw certain ? new Refused('Discord refused', { cause: error }) : error;
  }
}

/**
 * Whether Discord says that an interaction has its answer already. To a request that was repeated
 * it says so where the first try had arrived although its reply was lost.
 */
export function isAnswered(error: unknown): boolean {
  return (
    error instanceof DiscordAPIError &&
    error.code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged
  );
}
