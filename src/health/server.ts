import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, isIP } from 'node:net';
import { ConfigError } from '../config.ts';
import { isForLoopback } from '../loopback.ts';

/** How long a request may take to arrive, in ms. */
const PATIENCE = 5000;
const MOST_CONNECTIONS = 64;

export interface HealthOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** What keeps Lamplight from telling stories just now, in a few words each. */
  readonly missing: () => Promise<readonly string[]>;
  readonly metrics: { readonly contentType: string; text(): Promise<string> };
}

export interface Health {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves /healthz, /readyz and /metrics to whoever watches over the process. Throws a
 * `ConfigError` when it can't listen there.
 */
export async function openHealth(options: HealthOptions): Promise<Health> {
  const { host, port } = options;
  const server = createServer((request, response) => {
    serve(options, request, response).catch(() => say(response, 500, 'something went wrong'));
  });
  server.requestTimeout = PATIENCE;
  server.headersTimeout = PATIENCE;
  server.maxConnections = MOST_CONNECTIONS;
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    const advice =
      code === 'EADDRINUSE'
        ? `HEALTH_PORT ${port} is taken on ${host}: choose another one, or leave it out.`
        : `HEALTH_PORT ${port} can't be opened on ${host} (${code}): choose another one, or another HEALTH_HOST.`;
    throw new ConfigError(advice, { cause });
  }
  const address = server.address() as AddressInfo; // A TCP server's address is never a string.
  return {
    port: address.port,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function serve(
  { host, missing, metrics }: HealthOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Cache-Control', 'no-store');
  if (!isAddressedHere(request, host) || request.headers.origin !== undefined) {
    return say(response, 403, 'this is not for pages of other sites');
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    return say(response, 405, 'there is nothing here but to read');
  }
  switch (request.url) {
    case '/healthz':
      return say(response, 200, 'ok');
    case '/readyz': {
      const lacks = await missing();
      return lacks.length === 0
        ? say(response, 200, 'ready')
        : say(response, 503, `not ready: ${lacks.join('; ')}`);
    }
    case '/metrics':
      response.setHeader('Content-Type', metrics.contentType);
      response.end(await metrics.text());
      return;
    default:
      return say(response, 404, 'there are /healthz, /readyz and /metrics');
  }
}

/**
 * Whether a request names this server by address. On another address than loopback there may be
 * any translation of addresses and ports in between; a name that only leads here is still no address.
 */
function isAddressedHere(request: IncomingMessage, host: string): boolean {
  if (isForLoopback(request)) return true;
  if (isLoopback(host)) return false;
  const named = URL.parse(`http://${request.headers.host ?? ''}`)?.hostname ?? '';
  return isIP(named.replace(/^\[(.*)\]$/, '$1')) !== 0;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}

function say(response: ServerResponse, status: number, sentence: string): void {
  if (!response.headersSent) {
    response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' });
  }
  response.end(`${sentence}\n`);
}
