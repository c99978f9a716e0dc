/** What is served to whom: the page to this machine alone, and nothing of other sites to the page. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { isForLoopback } from '../../loopback.ts';
import type { PageFile } from './files.ts';

/** Whether it comes from our own page. Browsers always say where a WebSocket comes from. */
export function isOwnOrigin({ headers: { host, origin } }: IncomingMessage): boolean {
  return origin === `http://${host}`;
}

/** Answers a request for one of the page's files, which `find` knows by its path. */
export function servePage(
  request: IncomingMessage,
  response: ServerResponse,
  find: (path: string) => PageFile | undefined,
): void {
  const { host } = request.headers;
  response.setHeader('X-Content-Type-Options', 'nosniff');
  const refuse = (status: number, sentence: string) => {
    response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' });
    response.end(`${sentence}\n`);
  };
  if (!isForLoopback(request)) {
    refuse(403, 'This page is for 127.0.0.1 only.');
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    refuse(405, 'This page is only there to be read.');
    return;
  }
  const file = find(URL.parse(request.url ?? '/', 'http://127.0.0.1')?.pathname ?? '');
  if (!file) {
    refuse(404, 'There is no such page here.');
    return;
  }
  response.setHeader('Content-Type', file.type);
  response.setHeader('Cache-Control', 'no-cache');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader(
    'Content-Security-Policy',
    [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self'",
      `connect-src 'self' ws://${host}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
  );
  response.end(request.method === 'HEAD' ? undefined : file.body);
}
