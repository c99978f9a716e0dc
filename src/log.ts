import { type DestinationStream, type Logger, pino } from 'pino';
import { requestFields } from './request.ts';

export type Log = Logger;

/**
 * The log: JSON lines on `destination`, each with the id of the request that it comes of. Each of
 * `secrets` is struck out wherever it would appear.
 */
export function createLog(
  level: string,
  secrets: readonly string[],
  destination: DestinationStream,
): Log {
  return pino(
    {
      level,
      base: null,
      mixin: requestFields,
      serializers: { err: describe },
      hooks: {
        streamWrite: (line) =>
          secrets.reduce((text, secret) => text.replaceAll(secret, '[secret]'), line),
      },
    },
    destination,
  );
}

/**
 * An error with its stack and causes, and of its other fields those that are known to be harmless:
 * Discord's errors also hold the address, with the interaction's token in it, and what was sent.
 */
function describe(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  const known = ['code', 'status', 'method', 'syscall'] as const;
  const fields = Object.entries(error).filter(([key]) => known.some((one) => one === key));
  return {
    type: name,
    message,
    ...Object.fromEntries(fields),
    stack,
    ...(cause !== undefined && { cause: describe(cause) }),
  };
}
