import { ChannelType, type REST, Routes } from 'discord.js';
import { refusing } from './arrival.ts';
import type { Clock } from './clock.ts';
import { Refused } from './reading/turn.ts';
import { type SentChannel, sentChannel } from './sent-channels.ts';

/**
 * Whether a place is age-restricted. `parentOff`, `parentUnseen`: a thread is what its channel is,
 * which is not, or which the bot may not see. `outside`: no channel of a server with the bot in it.
 */
export type AgeRestriction = 'on' | 'off' | 'parentOff' | 'parentUnseen' | 'outside';

/** For how long, in ms, a parent counts as age-restricted: that can be taken off. */
const TRUSTED = 5 * 60_000;
/** And as not: whoever sets it tries again soon. */
const DISTRUSTED = 10_000;
/** How long Discord is waited for, in ms. */
const PATIENCE = 5000;
const MOST_PARENTS = 1000;

/** Which channels are age-restricted, by what Discord sends and what it tells when asked. */
export class AgeRestrictions {
  readonly #rest: REST;
  readonly #clock: Clock;
  /** What was found of threads' parents, the newest last. */
  readonly #parents = new Map<string, { readonly found: AgeRestriction; readonly until: number }>();

  constructor(rest: REST, clock: Clock) {
    this.#rest = rest;
    this.#clock = clock;
  }

  /**
   * Of a channel as it came with an interaction. "Threads do not explicitly set the `nsfw` field"
   * (discord.com/developers/docs/topics/threads#nsfw-threads), so a thread's parent is asked for,
   * which needs View Channel. Throws where Discord can't be asked.
   */
  async of(channel: SentChannel | undefined): Promise<AgeRestriction> {
    if (channel === undefined || !isThread(channel)) return own(channel);
    const { parentId } = channel;
    if (parentId === undefined) return 'parentUnseen';
    const known = this.#parents.get(parentId);
    if (known !== undefined && this.#clock.now() < known.until) return known.found;
    const found = await this.#ofParent(parentId);
    this.#remember(parentId, found);
    return found;
  }

  /**
   * Of a channel as it is this moment. Throws `Refused` where Discord does not show it, and other
   * errors where Discord can't be asked.
   */
  async now(channelId: string): Promise<AgeRestriction> {
    const channel = await this.#get(channelId);
    if (channel === undefined || !isThread(channel)) return own(channel);
    return channel.parentId === undefined ? 'parentUnseen' : await this.#ofParent(channel.parentId);
  }

  async #ofParent(channelId: string): Promise<AgeRestriction> {
    try {
      return own(await this.#get(channelId)) === 'on' ? 'on' : 'parentOff';
    } catch (error) {
      if (error instanceof Refused) return 'parentUnseen';
      throw error;
    }
  }

  #remember(channelId: string, found: AgeRestriction): void {
    const until = this.#clock.now() + (found === 'on' ? TRUSTED : DISTRUSTED);
    this.#parents.delete(channelId);
    this.#parents.set(channelId, { found, until });
    const [oldest] = this.#parents.keys();
    if (this.#parents.size > MOST_PARENTS && oldest !== undefined) this.#parents.delete(oldest);
  }

  async #get(channelId: string): Promise<SentChannel | undefined> {
    const signal = AbortSignal.timeout(PATIENCE);
    return sentChannel(await refusing(this.#rest.get(Routes.channel(channelId), { signal })));
  }
}

/** Of a channel that is no thread. */
function own(channel: SentChannel | undefined): AgeRestriction {
  if (channel === undefined) return 'outside';
  const { type, nsfw } = channel;
  if (type === ChannelType.DM || type === ChannelType.GroupDM) return 'outside';
  return nsfw ? 'on' : 'off';
}

function isThread({ type }: SentChannel): boolean {
  return (
    type === ChannelType.PublicThread ||
    type === ChannelType.PrivateThread ||
    type === ChannelType.AnnouncementThread
  );
}
