import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * What the work under way belongs to, wherever it has got to. A child logger for each interaction
 * would cost the same (a fifth of a microsecond) and have to be passed through every layer, down to
 * those that know of no interaction. It is for the log alone; nothing may depend on it.
 */
const requests = new AsyncLocalStorage<{ id?: string }>();

/** Does work, and all that comes of it later, as the request of this id: the interaction's. */
export function asRequest<T>(id: string | undefined, work: () => T): T {
  return requests.run(id === undefined ? {} : { id }, work);
}

/** Gives the request its id where it became known only now: a schedule's post has its nonce. */
export function nameRequest(id: string): void {
  const request = requests.getStore();
  if (request !== undefined) request.id = id;
}

/** For every line of the log. */
export function requestFields(): { request?: string } {
  const id = requests.getStore()?.id;
  return id === undefined ? {} : { request: id };
}

/** The job, to be done as the present request whoever does it. */
export const inThisRequest = AsyncLocalStorage.bind;
