import type { IncomingMessage } from 'node:http';

/**
 * Whether a request was addressed to this machine by a name of its own. A page of another site can
 * make a name of its own lead here (DNS rebinding), and its visitors' browsers would then read
 * what is served; the Host header still says that name.
 */
export function isForLoopback({ headers: { host = '' }, socket }: IncomingMessage): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].some((name) => host === `${name}:${socket.localPort}`);
}
