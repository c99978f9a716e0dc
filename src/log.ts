import { type DestinationStream, type Logger, pino } from 'pino';
import { requestFields } from './request.ts';
import { striker } from './secrets.ts';

/** Of an error's message and stack so many characters: a bug's may hold all that Discord sent. */
const LONGEST_MESSAGE = 500;
const LONGEST_STACK = 5000;

/** And so many causes, of causes. */
const MOST_CAUSES = 5;

export type Log = Logger;

/**
 * The log: JSON lines on `destination`, each with the id of the request that it comes of. Each of
 * `secrets` is struck out wherever it would appear, and so is whatever has the look of one.
 */
export function createLog(
  level: string,
  secrets: readonly string[],
  destination: DestinationStream,
): Log {
  const strike = striker(secrets);
  return pino(
    {
      level,
      base: null,
      mixin: requestFields,
      // Struck before it is cut, or the rest of a secret could stay.
      serializers: { err: (error: unknown) => describe(error, strike, MOST_CAUSES) },
      hooks: { streamWrite: strike },
    },
    destination,
  );
}

/**
 * An error with its stack and causes, and of its other fields those that are known to be harmless:
 * Discord's errors also hold the address, with the interaction's token in it, and what was sent.
 */
function describe(error: unknown, strike: (text: string) => string, causes: number): object {
  if (!(error instanceof Error)) {
    return { message: strike(String(error)).slice(0, LONGEST_MESSAGE) };
  }
  const { name, message, stack, cause } = error;
  const known = ['code', 'status', 'method', 'syscall'] as const;
  const fields = Object.entries(error).filter(([key]) => known.some((one) => one === key));
  const within = (inner: unknown) => describe(inner, strike, causes - 1);
  return {
    type: name,
    message: strike(message).slice(0, LONGEST_MESSAGE),
    ...Object.fromEntries(fields),
    stack: stack && strike(stack).slice(0, LONGEST_STACK),
    ...(cause !== undefined && causes > 0 && { cause: within(cause) }),
    ...(error instanceof AggregateError &&
      causes > 0 && { errors: error.errors.slice(0, MOST_CAUSES).map(within) }),
  };
}
