import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands between the bot and its store's server, and can stand in the way. */
export interface TcpProxy {
  readonly port: number;
  /** `cut`: every connection breaks, new ones too. `hang`: nothing goes through. */
  set(state: 'well' | 'cut' | 'hang'): void;
  close(): void;
}

/** A TCP proxy on loopback in front of a server. */
export async function openProxy(host: string, port: number): Promise<TcpProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let state: 'well' | 'cut' | 'hang' = 'well';
  const server = createServer((client) => {
    if (state === 'cut') return void client.destroy();
    const behind = connect(port, host);
    const pair = [client, behind] as const;
    pairs.add(pair);
    for (const [from, to] of [pair, [behind, client] as const]) {
      from.on('error', () => {});
      from.on('close', () => {
        to.destroy();
        pairs.delete(pair);
      });
      from.on('data', (chunk) => void to.write(chunk));
      if (state === 'hang') from.pause();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address() as AddressInfo; // A TCP server's address is never a string.
  return {
    port: address.port,
    set(next) {
      state = next;
      for (const socket of [...pairs].flat()) {
        if (state === 'cut') socket.destroy();
        else if (state === 'hang') socket.pause();
        else socket.resume();
      }
    },
    close() {
      server.close();
      for (const socket of [...pairs].flat()) socket.destroy();
    },
  };
}
