import { createClient } from '@keyv/redis';
import { openNamespace } from './namespace.ts';
import { RedisAdapter, type RedisClient } from './redis.ts';
import { parseServerUrl, passwordsIn } from './server-url.ts';
import type { Store } from './store.ts';
import { StoreError } from './store-error.ts';

/** A connection has this long to come about, in ms. */
const CONNECT_WITHIN = 4000;
/** The longest pause before the next try, in ms. */
const LONGEST_PAUSE = 2000;

/**
 * Connects to Redis or Valkey: `redis[s]://[USER[:PASSWORD]@]HOST[:PORT][/DATABASE][?prefix=NAME]`.
 * Throws a StoreError. A connection that is lost later comes back by itself; what is asked meanwhile
 * fails at once.
 */
export async function openRedis(
  text: string,
  onConnection: (error: unknown) => void,
): Promise<Store> {
  const server = parseServerUrl(text, 'prefix', { name: 'lamplight', port: 6379 });
  const { url, address, name } = server;
  let isOpen = false;
  let isLost = false;
  let client: RedisClient;
  try {
    client = createClient({
      url,
      // A write that its caller has given up must not land later, over a newer one.
      disableOfflineQueue: true,
      socket: {
        connectTimeout: CONNECT_WITHIN,
        reconnectStrategy: (tries) => isOpen && Math.min(50 * 2 ** tries, LONGEST_PAUSE),
      },
    });
  } catch (error) {
    const hint = 'a Redis URL is redis://USER:PASSWORD@HOST:PORT/NUMBER';
    throw new StoreError(`STORE_URL can't be used: ${hint}.`, { cause: error });
  }
  client.setMaxListeners(0); // each adapter adds some
  client.on('error', (error: unknown) => {
    if (!isOpen || isLost) return;
    isLost = true;
    onConnection(error);
  });
  client.on('ready', () => {
    if (!isLost) return;
    isLost = false;
    onConnection(undefined);
  });

  // The client's own limit ends with the connection; a server can take that and say nothing.
  const timer = setTimeout(() => client.destroy(), CONNECT_WITHIN);
  try {
    await client.connect();
    isOpen = true;
  } catch (error) {
    throw new StoreError(`Redis at ${address} ${complaint(error, passwordsIn(text))}`, {
      cause: error,
    });
  } finally {
    clearTimeout(timer);
  }
  return {
    namespace: (namespace) => openNamespace(namespace, new RedisAdapter(client, name)),
    async close() {
      isOpen = false;
      if (client.isOpen) client.destroy();
    },
  };
}

function complaint(error: unknown, secrets: readonly string[]): string {
  const { code, message } = describe(error);
  if (/^(WRONGPASS|NOAUTH)|AUTH /.test(message)) {
    return 'refuses the password: correct the one in STORE_URL.';
  }
  if (message.startsWith('NOPERM')) {
    return 'does not let this user in (NOPERM): allow it all keys and commands, or correct STORE_URL.';
  }
  if (message.includes('DB index')) {
    return 'has no database of that number: correct the one in STORE_URL.';
  }
  const reason = secrets.reduce((line, secret) => line.replaceAll(secret, '***'), code || message);
  return `can't be reached (${reason}): start it, or correct STORE_URL.`;
}

function describe(error: unknown): { code: string; message: string } {
  if (!(error instanceof Error)) return { code: '', message: String(error) };
  const code = 'code' in error ? String(error.code) : '';
  const isSilent = error.name === 'DisconnectsClientError';
  return { code, message: isSilent ? `no answer within ${CONNECT_WITHIN} ms` : error.message };
}
