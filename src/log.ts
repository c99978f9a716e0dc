import { DiscordAPIError, HTTPError } from 'discord.js';
import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino';

export type Log = Logger;

/**
 * The log: JSON lines on `destination`. Each of `secrets` is struck out wherever it would appear,
 * and so are the tokens in Discord's addresses.
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
 * An error with its stack and causes. Of Discord's errors the address and the body stay out: they
 * hold the interaction's token and what people typed.
 */
function describe(error: Error): object {
  if (!(error instanceof DiscordAPIError || error instanceof HTTPError)) {
    return stdSerializers.errWithCause(error);
  }
  const { name, message, status, method, stack } = error;
  return { type: name, message, status, method, stack };
}
