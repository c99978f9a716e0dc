/** A request as the log and the routes know it. */

import type { Upload } from './message.ts';

export interface RequestRecord {
  readonly method: string;
  /** Without the base and the version: /channels/1/messages */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The JSON that came, or the payload_json of a multipart request. */
  readonly body: unknown;
  readonly uploads: readonly Upload[];
  readonly at: number;
  /** Set once it is answered. */
  status?: number;
  /** What was answered. */
  reply?: unknown;
}

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
}

export type Handler = (request: RequestRecord, ...params: string[]) => Reply;

/** Method, pattern of the path (its groups go to the handler), handler, and whether the bot's token is needed. */
export interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly open?: boolean;
  readonly handle: Handler;
}
