import type { Client } from 'discord.js';
import type { Log } from './log.ts';

/**
 * Has the client survive dispatches that make no sense. discord.js handles them where nobody
 * catches what its handlers throw: a rejection that nobody handles or, where the dispatch came
 * before the client was ready, the end of the process. It offers no other place to catch it in
 * than this method, which is private (discord.js 14, WebSocketManager#handlePacket).
 */
export function surviveDispatches({ ws }: Client, log: Log): void {
  const handle = ws['handlePacket'].bind(ws);
  ws['handlePacket'] = (packet, shard) => {
    try {
      return handle(packet, shard);
    } catch (err) {
      log.error({ err }, 'a dispatch of Discord’s could not be handled');
      return false;
    }
  };
}
