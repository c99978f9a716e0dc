/** The rehearsal's page: a small Discord for the browser, on loopback and for nobody else. */

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { WebSocketServer } from 'ws';
import { isForLoopback } from '../../loopback.ts';
import type { Scene } from '../scene.ts';
import { readPage } from './files.ts';
import { isOwnOrigin, servePage } from './serve.ts';
import { type House, openTab, readerView, type Tab } from './tab.ts';
import type { Told } from './told.ts';
import { createTroubles } from './troubles.ts';
import { findUpload } from './uploads.ts';

/** How many ports after the wanted one are tried before any free one is taken. */
const PORTS_TRIED = 20;
/** No page of ours sends more in one message, in bytes. */
const MAX_PAYLOAD = 64 * 1024;

export interface RoomOptions {
  readonly scene: Scene;
  /** The next free one is taken when it isn't. */
  readonly port: number;
  /** Stops the bot and starts it again. */
  readonly restartBot: () => Promise<void>;
}

export interface Room {
  /** The page's address. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the page, on 127.0.0.1. */
export async function openRoom({ scene, port, restartBot }: RoomOptions): Promise<Room> {
  const files = await readPage();
  const tabs = new Set<Tab>();
  const { discord } = scene;
  const tellAll = (told: Told) => {
    for (const tab of tabs) tab.tell(told);
  };
  const tellHouse = () => tellAll({ tell: 'house', house: house.view() });
  const troubles = createTroubles(discord, tellHouse);
  const house: House = {
    scene,
    view: () => ({ online: discord.gateway.online, trouble: troubles.waiting }),
    readers: () => scene.readers.map(readerView),
    trouble: (id) => troubles.wait(id),
    restart: restartBot,
  };
  scene.onNewReader(() => tellAll({ tell: 'people', readers: house.readers() }));
  let wasOnline = discord.gateway.online;
  discord.events.on('change', () => {
    if (discord.gateway.online === wasOnline) return;
    wasOnline = discord.gateway.online;
    tellHouse();
  });

  const http = createServer((request, response) =>
    servePage(request, response, (path) => files.get(path) ?? findUpload(discord, path)),
  );
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_PAYLOAD });
  http.on('upgrade', (request, socket, head) => {
    socket.on('error', () => {});
    const isOurs = isForLoopback(request) && isOwnOrigin(request) && request.url === '/live';
    if (!isOurs) return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    sockets.handleUpgrade(request, socket, head, (client) => {
      const tab = openTab(client, house);
      tabs.add(tab);
      client.on('close', () => {
        tabs.delete(tab);
        tab.leave();
      });
    });
  });
  return {
    url: `http://127.0.0.1:${await listen(http, port)}`,
    async close() {
      for (const client of sockets.clients) client.terminate();
      http.close();
      http.closeAllConnections();
      await once(http, 'close');
    },
  };
}

async function listen(http: Server, wanted: number): Promise<number> {
  for (const port of [...Array.from({ length: PORTS_TRIED }, (_, more) => wanted + more), 0]) {
    if (port > 65_535) continue;
    try {
      http.listen(port, '127.0.0.1');
      await once(http, 'listening');
      const address = http.address();
      return typeof address === 'object' && address ? address.port : port;
    } catch (error) {
      const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!isTaken) throw error;
    }
  }
  throw new Error('There is no free port on 127.0.0.1.');
}
