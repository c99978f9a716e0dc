import { GatewayDispatchEvents } from 'discord.js';
import { asRecord } from './received.ts';

/** A channel as Discord sent it, as far as its age restriction depends on it. */
export interface SentChannel {
  readonly type: number;
  /** Absent, and so false, for every thread: its parent's counts. */
  readonly nsfw: boolean;
  readonly parentId?: string;
}

/** Of so many interactions that nobody took up the channels are kept. */
const MOST = 1000;

/** What Discord sent as a channel; none where it is none. */
export function sentChannel(value: unknown): SentChannel | undefined {
  const { type, nsfw, parent_id: parentId } = asRecord(value);
  if (typeof type !== 'number') return undefined;
  // The id goes into a request's path.
  const isId = typeof parentId === 'string' && /^\d{1,20}$/.test(parentId);
  return { type, nsfw: nsfw === true, ...(isId && { parentId }) };
}

/**
 * The channel that came with each interaction, as it stood that very moment. discord.js drops it:
 * without the `Guilds` intent it knows no channel. It announces each packet before it handles it.
 */
export class SentChannels {
  readonly #byInteraction = new Map<string, SentChannel>();

  /** Notes the channel of a packet, if it is an interaction's. Never throws. */
  note(packet: unknown): void {
    const { t, d } = asRecord(packet);
    if (t !== GatewayDispatchEvents.InteractionCreate) return;
    const { id, channel } = asRecord(d);
    const sent = sentChannel(channel);
    if (typeof id !== 'string' || sent === undefined) return;
    this.#byInteraction.set(id, sent);
    const [oldest] = this.#byInteraction.keys();
    if (this.#byInteraction.size > MOST && oldest !== undefined) {
      this.#byInteraction.delete(oldest);
    }
  }

  /** The channel of an interaction, once. */
  take(interactionId: string): SentChannel | undefined {
    const sent = this.#byInteraction.get(interactionId);
    this.#byInteraction.delete(interactionId);
    return sent;
  }
}
