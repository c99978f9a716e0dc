import { type REST, Routes, SnowflakeUtil } from 'discord.js';
import { once, refusing } from '../arrival.ts';
import type { Clock } from '../clock.ts';
import { isTold, type MessageBody, type Turn } from '../reading/record.ts';
import { type Posts, Refused } from '../reading/turn.ts';
import { asRecord, isMessage, type ReceivedMessage } from '../received.ts';
import { silent } from '../webhook.ts';

/** How long a request may take, its wait for the channel's rate limit included, in ms. */
const PATIENCE = 15_000;
/**
 * For so long, in ms, Discord is trusted to know a nonce: "in the past few minutes"
 * (discord.com/developers/docs/resources/message#create-message).
 */
const NONCE_LIFE = 2 * 60_000;
/** Our clock may be ahead of Discord's, by which messages are numbered, by so many ms. */
const SKEW = 60_000;
/** Messages a page, and pages that are looked through for a lost post. */
const PAGE = 100;
const MOST_PAGES = 20;

export interface ChannelPostsOptions {
  /** Its requests are `withArrival`. */
  readonly rest: REST;
  /** The bot's user id; known once the client is ready. */
  readonly botId: () => string;
  readonly clock: Clock;
}

/** Messages that the bot posts by its own right, where nobody asked. */
export class ChannelPosts implements Posts {
  readonly #options: ChannelPostsOptions;

  constructor(options: ChannelPostsOptions) {
    this.#options = options;
  }

  /**
   * Posts a message, once however often it is sent within minutes with the same nonce (at most 25
   * characters), and returns its id. Calls nobody but the role in `mention`. Throws `Refused`, and
   * other errors where it may stand all the same.
   */
  async send(
    channelId: string,
    body: MessageBody,
    nonce: string,
    mention?: string,
  ): Promise<string> {
    const quiet = silent(body);
    const allowed_mentions = { parse: [], roles: mention === undefined ? [] : [mention] };
    const message = await once(() =>
      this.#options.rest.post(Routes.channelMessages(channelId), {
        body: { ...quiet, allowed_mentions, nonce, enforce_nonce: true },
        signal: AbortSignal.timeout(PATIENCE),
      }),
    );
    if (!isMessage(message)) throw new TypeError('Discord answered with no message');
    return message.id;
  }

  async settle(
    channelId: string,
    turn: Turn & { readonly nonce: string },
    after: string | undefined,
  ): Promise<string | undefined> {
    if (this.#options.clock.now() < turn.at + NONCE_LIFE) {
      try {
        return await this.send(channelId, turn.body, turn.nonce);
      } catch (error) {
        // What is refused now can have been taken a minute ago.
        if (!(error instanceof Refused)) throw error;
      }
    }
    return await this.#find(channelId, turn, after);
  }

  /**
   * Looks for the turn's message. Without Read Message History Discord shows no message at all,
   * and does not say so: then the passage counts as not told, and at worst one repeats.
   */
  async #find(channelId: string, turn: Turn, after = '0'): Promise<string | undefined> {
    const { rest, botId } = this.#options;
    const earliest = SnowflakeUtil.generate({ timestamp: turn.at - SKEW });
    let from = BigInt(after) > earliest ? BigInt(after) : earliest;
    for (let page = 0; page < MOST_PAGES; page++) {
      const query = new URLSearchParams({ after: String(from), limit: String(PAGE) });
      const signal = AbortSignal.timeout(PATIENCE);
      const found = await refusing(rest.get(Routes.channelMessages(channelId), { query, signal }));
      if (!Array.isArray(found)) throw new TypeError('Discord answered with no messages');
      const messages = found.filter(isMessage);
      const own = messages.find((one) => isBy(botId(), one) && isTold(turn, one));
      if (own !== undefined) return own.id;
      if (messages.length < PAGE) return undefined;
      for (const { id } of messages) if (BigInt(id) > from) from = BigInt(id);
    }
    return undefined;
  }
}

/** Whether Discord sent a message that this user wrote. */
function isBy(userId: string, message: ReceivedMessage): boolean {
  return 'author' in message && asRecord(message.author)['id'] === userId;
}
