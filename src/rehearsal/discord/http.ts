/** The HTTP side: reads a request, lets a fault strike it, finds its route, answers as Discord does. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Failure, Faults } from './faults.ts';
import type { Upload } from './message.ts';
import { invalidJson, notFound, Refusal, unauthorized } from './refusal.ts';
import type { Reply, RequestRecord, Route } from './requests.ts';

const BASE = '/api/v10';
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;
const BUCKET_SIZE = 50;

export interface HttpOptions {
  readonly token: string;
  readonly routes: readonly Route[];
  readonly faults: Faults;
  readonly now: () => number;
  /** A request came in: it is logged before it is processed. */
  readonly onRequest: (request: RequestRecord) => void;
  readonly onReply: (request: RequestRecord) => void;
  readonly onUnknown: (route: string) => void;
}

export function createHttp(options: HttpOptions): Server {
  return createServer((request, response) => {
    serve(options, request, response).catch((error: unknown) => {
      // A mistake of the rehearsal's own: said in the answer, where the client's log shows it.
      finish(response, { status: 500, body: { message: `rehearsal: ${String(error)}`, code: 0 } });
    });
  });
}

/** Whether a request was addressed to this machine: no page of another site may drive the rehearsal. */
export function isLocal({ headers }: IncomingMessage): boolean {
  const origin = headers.origin;
  const originHost = origin === undefined ? undefined : URL.parse(origin)?.host;
  return (
    LOOPBACK.test(headers.host ?? '') &&
    (origin === undefined || (originHost !== undefined && LOOPBACK.test(originHost)))
  );
}

async function serve(
  options: HttpOptions,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const bytes = await read(incoming);
  if (!isLocal(incoming)) {
    return finish(response, { status: 403, body: { message: '403: Forbidden', code: 0 } });
  }
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  const known = url.pathname.startsWith(`${BASE}/`);
  const path = decodeURIComponent(known ? url.pathname.slice(BASE.length) : url.pathname);
  const head = {
    method: incoming.method ?? 'GET',
    path,
    query: url.searchParams,
    at: options.now(),
  };
  const parsed = await parse(bytes, incoming.headers['content-type'] ?? '');
  const request: RequestRecord = { ...head, body: parsed?.body, uploads: parsed?.uploads ?? [] };
  options.onRequest(request);

  const strike = options.faults.strike(request);
  const how = strike?.how;
  const late = typeof how === 'object' && 'delay' in how ? how : undefined;
  const authorized = incoming.headers.authorization === `Bot ${options.token}`;
  let text: string | undefined;
  if (how === undefined || processes(how)) {
    if (late?.before) {
      strike?.land();
      await wait(late.delay);
    }
    const reply = parsed ? route(options, request, authorized, known) : refused(invalidJson());
    request.status = reply.status;
    request.reply = reply.body;
    // The reply is as of now: what it shows may change while a fault keeps it waiting.
    text = reply.body === undefined ? undefined : JSON.stringify(reply.body);
  }
  if (!late?.before) strike?.land();
  if (late && !late.before) await wait(late.delay);
  if (how === 'destroy-before' || how === 'destroy-after') incoming.socket.destroy();
  else if (typeof how === 'object' && 'status' in how) fail(how, request, options.now(), response);
  else if (typeof how === 'object' && 'empty' in how) send(response, 204, undefined);
  else if (typeof how !== 'string') send(response, request.status ?? 500, text);
  options.onReply(request);
}

/** Whether a request is processed in spite of the fault that strikes it. */
function processes(how: Failure): boolean {
  if (typeof how === 'string') return how.endsWith('-after');
  return 'status' in how ? 'after' in how && how.after === true : true;
}

function fail(
  how: Extract<Failure, { status: number }>,
  request: RequestRecord,
  now: number,
  response: ServerResponse,
): void {
  request.status = how.status;
  if ('html' in how) {
    if (how.retryAfter !== undefined) response.setHeader('Retry-After', String(how.retryAfter));
    response.writeHead(how.status, { 'Content-Type': 'text/html; charset=UTF-8' });
    response.end('<!DOCTYPE html><title>Something stands before Discord</title>');
    return;
  }
  if ('retryAfter' in how) {
    const { retryAfter, global = false, scope = global ? 'global' : 'user' } = how;
    response.setHeader('Retry-After', String(Math.ceil(retryAfter)));
    response.setHeader('X-RateLimit-Scope', scope);
    if (global) response.setHeader('X-RateLimit-Global', 'true');
    else {
      response.setHeader('X-RateLimit-Limit', '5');
      response.setHeader('X-RateLimit-Remaining', '0');
      response.setHeader('X-RateLimit-Reset', (now / 1000 + retryAfter).toFixed(3));
      response.setHeader('X-RateLimit-Reset-After', retryAfter.toFixed(3));
      response.setHeader('X-RateLimit-Bucket', 'limited');
    }
    request.reply = { message: 'You are being rate limited.', retry_after: retryAfter, global };
  } else {
    const { message = `${how.status}: refused on request`, code = 0 } = how;
    request.reply = { message, code };
  }
  response.statusCode = how.status;
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(request.reply));
}

function route(
  options: HttpOptions,
  request: RequestRecord,
  authorized: boolean,
  known: boolean,
): Reply {
  for (const { method, path, open, handle } of known ? options.routes : []) {
    if (method !== request.method) continue;
    const match = path.exec(request.path);
    if (!match) continue;
    if (!open && !authorized) return refused(unauthorized());
    try {
      return handle(request, ...match.slice(1));
    } catch (error) {
      if (error instanceof Refusal) return refused(error);
      throw error;
    }
  }
  options.onUnknown(`${request.method} ${request.path}`);
  return refused(notFound());
}

function refused({ status, body }: Refusal): Reply {
  return { status, body };
}

async function read(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The JSON of a request and its files; undefined when it can't be read, as lone surrogates can't. */
async function parse(
  bytes: Buffer,
  type: string,
): Promise<{ body: unknown; uploads: Upload[] } | undefined> {
  if (bytes.length === 0) return { body: undefined, uploads: [] };
  try {
    if (!type.startsWith('multipart/form-data')) {
      return { body: json(bytes.toString()), uploads: [] };
    }
    const form = await new Response(new Uint8Array(bytes), {
      headers: { 'content-type': type },
    }).formData();
    const payload = form.get('payload_json');
    const uploads: Upload[] = [];
    for (const [key, part] of form) {
      if (typeof part === 'string') continue;
      const content = Buffer.from(await part.arrayBuffer());
      uploads.push({ key, name: part.name, size: part.size, type: part.type, content });
    }
    return { body: typeof payload === 'string' ? json(payload) : {}, uploads };
  } catch {
    return undefined;
  }
}

function json(text: string): unknown {
  return JSON.parse(text, /\\ud[89a-f]/i.test(text) ? wellFormed : undefined);
}

function wellFormed(_key: string, value: unknown): unknown {
  if (typeof value === 'string' && !value.isWellFormed()) throw new SyntaxError('lone surrogate');
  return value;
}

function finish(response: ServerResponse, { status, body }: Reply): void {
  if (!response.headersSent) send(response, status, JSON.stringify(body));
}

function send(response: ServerResponse, status: number, text: string | undefined): void {
  // Plausible limits that never bite: what is rate-limited, a fault says.
  response.setHeader('X-RateLimit-Limit', String(BUCKET_SIZE));
  response.setHeader('X-RateLimit-Remaining', String(BUCKET_SIZE - 1));
  response.setHeader('X-RateLimit-Reset-After', '1.000');
  response.statusCode = status;
  if (text === undefined) return void response.end();
  response.setHeader('Content-Type', 'application/json');
  response.end(text);
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}
