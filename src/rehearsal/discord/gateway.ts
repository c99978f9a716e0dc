/** Discord's gateway, version 10, JSON: docs.discord.com, "Gateway". */

import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { readIdentify } from './identify.ts';
import { isRecord } from './schema.ts';
import type { SessionStarts } from './session-starts.ts';
import { hears, type Shard } from './shards.ts';

const Op = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  presence: 3,
  resume: 6,
  reconnect: 7,
  invalidSession: 9,
  hello: 10,
  heartbeatAck: 11,
} as const;

const Close = {
  unknownOpcode: 4001,
  decodeError: 4002,
  notAuthenticated: 4003,
  authenticationFailed: 4004,
  alreadyAuthenticated: 4005,
  invalidSeq: 4007,
  invalidVersion: 4012,
} as const;

/** Close codes after which Discord forgets the session. 1000 and 1001 are the client's own goodbye. */
const FINAL = new Set([1000, 1001, 4004, 4007, 4009, 4010, 4011, 4012, 4013, 4014]);
const HEARTBEAT_INTERVAL = 41_250;
/** Dispatches kept for a session to resume with; one that missed more must identify anew. */
const BACKLOG = 10_000;

interface Session {
  readonly id: string;
  readonly intents: number;
  readonly shard: Shard;
  seq: number;
  backlog: { readonly seq: number; readonly text: string }[];
  socket: WebSocket | undefined;
}

export interface GatewayOptions {
  readonly token: string;
  readonly url: () => string;
  readonly starts: SessionStarts;
  readonly ready: (shard: Shard) => Record<string, unknown>;
  /** The GUILD_CREATEs that follow READY for a session with the Guilds intent. */
  readonly guilds: (shard: Shard) => readonly object[];
  readonly onChange: () => void;
}

export interface Gateway {
  /**
   * Sends an event to every session of a shard that hears of it, however many a shard has; with
   * `intent`, to those that asked for it.
   */
  dispatch(event: string, data: object, intent?: number): void;
  /** Sends a frame as it is, whatever it is, on every connection. */
  frame(text: string): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Whether a bot has identified, or resumed, and is still connected. */
  readonly online: boolean;
  /** The shard of each session whose bot is connected. */
  readonly shards: readonly Shard[];
  /** Destroys the connections, as a network that went away. Their sessions can be resumed. */
  drop(): void;
  /** Asks the clients to reconnect and resume (op 7). */
  reconnect(): void;
  /** Tells the clients that their session is no longer valid (op 9). */
  invalidate(resumable: boolean): void;
  /** Closes the connections with a code; with `shard`, only those of that shard. */
  close(code: number, reason?: string, shard?: number): void;
  /** While on, new connections are refused. */
  refuse(on: boolean): void;
  /** How many times a client identified, one resumed, and one identified too soon. */
  readonly counts: { identified: number; resumed: number; hasty: number };
  stop(): void;
}

export function createGateway(options: GatewayOptions): Gateway {
  const server = new WebSocketServer({ noServer: true });
  const sessions = new Map<string, Session>();
  const counts = { identified: 0, resumed: 0, hasty: 0 };
  let refusing = false;

  const live = () => [...sessions.values()].filter(({ socket }) => socket !== undefined);

  function send(socket: WebSocket, op: number, d: unknown): void {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify({ op, d, s: null, t: null }));
  }

  function deliver(session: Session, event: string, json: string): void {
    session.seq += 1;
    const text = `{"op":0,"t":"${event}","s":${session.seq},"d":${json}}`;
    session.backlog.push({ seq: session.seq, text });
    if (session.backlog.length > BACKLOG) {
      if (session.socket) session.backlog.splice(0, BACKLOG / 2);
      else sessions.delete(session.id);
    }
    session.socket?.send(text);
  }

  function identify(socket: WebSocket, d: Record<string, unknown>): Session | undefined {
    const identity = readIdentify(d, options.token);
    if ('code' in identity) {
      socket.close(identity.code, identity.reason);
      return undefined;
    }
    const { intents, shard } = identity;
    if (!options.starts.admit(shard)) {
      counts.hasty += 1;
      send(socket, Op.invalidSession, false);
      return undefined;
    }
    const id = randomBytes(16).toString('hex');
    const session: Session = { id, intents, shard, seq: 0, backlog: [], socket };
    sessions.set(id, session);
    counts.identified += 1;
    const ready = {
      v: 10,
      ...options.ready(shard),
      session_id: id,
      resume_gateway_url: options.url(),
      shard,
    };
    deliver(session, 'READY', JSON.stringify(ready));
    if (intents & 1) {
      for (const guild of options.guilds(shard)) {
        deliver(session, 'GUILD_CREATE', JSON.stringify(guild));
      }
    }
    return session;
  }

  function resume(socket: WebSocket, d: Record<string, unknown>): Session | undefined {
    const session = sessions.get(String(d['session_id']));
    const seq = typeof d['seq'] === 'number' ? d['seq'] : 0;
    if (d['token'] !== options.token) {
      socket.close(Close.authenticationFailed, 'Authentication failed.');
      return undefined;
    }
    if (!session || session.seq - seq > session.backlog.length) {
      send(socket, Op.invalidSession, false);
      return undefined;
    }
    if (seq > session.seq) {
      socket.close(Close.invalidSeq, 'Invalid seq.');
      return undefined;
    }
    session.socket?.terminate();
    session.socket = socket;
    counts.resumed += 1;
    for (const missed of session.backlog) if (missed.seq > seq) socket.send(missed.text);
    deliver(session, 'RESUMED', '{}');
    return session;
  }

  server.on('connection', (socket) => {
    let session: Session | undefined;
    send(socket, Op.hello, { heartbeat_interval: HEARTBEAT_INTERVAL });
    socket.on('error', () => {});
    socket.on('close', (code) => {
      if (session?.socket !== socket) return;
      session.socket = undefined;
      if (FINAL.has(code)) sessions.delete(session.id);
      options.onChange();
    });
    socket.on('message', (data) => {
      const payload = parse(String(data));
      if (!payload) return socket.close(Close.decodeError, 'Error while decoding payload.');
      const d = isRecord(payload['d']) ? payload['d'] : {};
      switch (payload['op']) {
        case Op.heartbeat: {
          const seen = payload['d'];
          if (session && typeof seen === 'number') {
            session.backlog = session.backlog.filter(({ seq }) => seq > seen);
          }
          return send(socket, Op.heartbeatAck, null);
        }
        case Op.identify:
        case Op.resume:
          if (session?.socket === socket) {
            return socket.close(Close.alreadyAuthenticated, 'Already authenticated.');
          }
          session = payload['op'] === Op.identify ? identify(socket, d) : resume(socket, d);
          return options.onChange();
        default:
          if (session?.socket !== socket)
            return socket.close(Close.notAuthenticated, 'Not authenticated.');
          // Presence updates and member requests are legal, and change nothing here.
          if (payload['op'] === Op.presence || payload['op'] === 4 || payload['op'] === 8) return;
          return socket.close(Close.unknownOpcode, 'Unknown opcode.');
      }
    });
  });

  return {
    counts,
    dispatch(event, data, intent) {
      const wanting = [...sessions.values()].filter(
        ({ intents, shard }) =>
          (intent === undefined || (intents & intent) !== 0) && hears(shard, event, data),
      );
      if (wanting.length === 0) return;
      const json = JSON.stringify(data);
      for (const session of wanting) deliver(session, event, json);
    },
    frame(text) {
      for (const { socket } of live()) socket?.send(text);
    },
    upgrade(request, socket, head) {
      if (refusing) return void socket.destroy();
      server.handleUpgrade(request, socket, head, (client) => {
        const query = new URL(request.url ?? '/', 'ws://127.0.0.1').searchParams;
        // A client that isn't told to compress doesn't; json is the only encoding here.
        if (query.get('v') !== '10' || query.get('encoding') !== 'json' || query.has('compress')) {
          return client.close(Close.invalidVersion, 'Invalid API version');
        }
        server.emit('connection', client, request);
      });
    },
    get online() {
      return live().length > 0;
    },
    get shards() {
      return live().map(({ shard }) => shard);
    },
    drop() {
      for (const client of server.clients) client.terminate();
    },
    reconnect() {
      for (const { socket } of live()) if (socket) send(socket, Op.reconnect, null);
    },
    invalidate(resumable) {
      for (const session of live()) {
        const { socket } = session;
        // The connection stays open: the client may resume or identify on it.
        session.socket = undefined;
        if (!resumable) sessions.delete(session.id);
        if (socket) send(socket, Op.invalidSession, resumable);
      }
      options.onChange();
    },
    close(code, reason = '', shard) {
      for (const session of live()) {
        if (shard !== undefined && session.shard[0] !== shard) continue;
        if (FINAL.has(code)) sessions.delete(session.id);
        session.socket?.close(code, reason);
      }
    },
    refuse(on) {
      refusing = on;
    },
    stop() {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
