import {
  type APIInteractionResponse,
  DefaultRestOptions,
  DiscordAPIError,
  MessageFlags,
  type RawFile,
  REST,
  RESTJSONErrorCodes,
  Routes,
} from 'discord.js';
import { once, withArrival } from './arrival.ts';
import { impatience, type MakeRequest, withRetryAfter } from './rate-limits.ts';
import type { Components, MessageBody, Standing } from './reading/record.ts';
import type { Answers } from './reading/turn.ts';
import { asRecord, isMessage } from './received.ts';

const REQUEST_TIMEOUT = 2000;
/**
 * An interaction's first answer has three seconds: one given up after this can be repeated in
 * them, even where it is a deferral. Discord takes the first that arrives and refuses the others.
 */
const CALLBACK_TIMEOUT = 1000;
/** By the end of longer rate limits, in ms, an interaction would be too old for its first answer. */
const CALLBACK_WAIT = 2000;
/** The channel waits with whoever waits for the edit of a deferral. */
const EDIT_WAIT = 10_000;
/** An interaction's token serves for 15 minutes; a little less, for the request's own way. */
const TOKEN_LIFETIME = 14.5 * 60_000;

type Visibility = 'public' | 'private';

export interface WebhookOptions {
  /** Base of Discord's REST API, without the version. */
  readonly apiUrl: string;
  /** The application's id; known once the client is ready. */
  readonly applicationId: () => string;
  /** Takes the components off one of the bot's own messages by the bot's own right. */
  readonly editInChannel: (channelId: string, messageId: string, body: object) => Promise<unknown>;
  /** Why a button could not be taken off; for the log. */
  readonly onTrouble: (error: unknown, channelId: string, what: string) => void;
}

/**
 * All requests that an interaction's token entitles to. They go through a REST client of their
 * own: Discord counts them apart from the bot's 50 a second, and they need patience of another
 * kind. Nothing here pings anybody.
 */
export class Webhook implements Answers {
  readonly #options: WebhookOptions;
  readonly #rest: REST;

  constructor(options: WebhookOptions) {
    this.#options = options;
    this.#rest = new REST({
      api: options.apiUrl,
      version: '10',
      timeout: REQUEST_TIMEOUT,
      makeRequest: withRetryAfter(withArrival(repeatable)),
      // discord.js would count 50 a second here too, and let an answer wait behind old buttons.
      globalRequestsPerSecond: Number.POSITIVE_INFINITY,
      // discord.js keeps a queue for every token it has met, otherwise for an hour: 8 kB a passage.
      handlerSweepInterval: 10_000,
      rejectOnRateLimit: impatience((route) =>
        route.endsWith('/callback') ? CALLBACK_WAIT : EDIT_WAIT,
      ),
    });
  }

  /**
   * Answers an interaction. Returns the id of the message where Discord tells one. Throws
   * `Refused`, `AnsweredElsewhere` where somebody else was faster, and other errors where Discord
   * may have taken the answer all the same.
   */
  async callback(
    id: string,
    token: string,
    body: APIInteractionResponse,
    files: readonly RawFile[] = [],
  ): Promise<string | undefined> {
    const query = new URLSearchParams({ with_response: 'true' });
    const answered = await once(() =>
      this.#rest.post(Routes.interactionCallback(id, token), {
        body,
        auth: false,
        query,
        files: [...files],
      }),
    );
    const { interaction, resource } = asRecord(answered);
    const { message } = asRecord(resource);
    if (isMessage(message)) return message.id;
    // A deferral's message, which is not shown.
    const { response_message_id: deferral } = asRecord(interaction);
    return typeof deferral === 'string' ? deferral : undefined;
  }

  async original(token: string): ReturnType<Answers['original']> {
    try {
      const original = await this.#rest.get(this.#route(token), { auth: false });
      if (!isMessage(original)) throw new TypeError('Discord answered with no message');
      const { id, content, flags = 0 } = original;
      // One that only the asker sees is not to be finished with a passage.
      const thinking =
        (flags & (MessageFlags.Loading | MessageFlags.Ephemeral)) === MessageFlags.Loading;
      return { id, content, thinking };
    } catch (error) {
      if (!(error instanceof DiscordAPIError)) throw error;
      if (isExpired(error)) return 'expired';
      if (isAbsent(error)) return 'absent';
      throw error;
    }
  }

  async edit(
    token: string,
    body: Partial<MessageBody>,
    id?: string,
    files: readonly RawFile[] = [],
  ): Promise<string | undefined> {
    const edited = await once(() =>
      this.#rest.patch(this.#route(token, id), {
        body: silent(body),
        auth: false,
        files: [...files],
      }),
    );
    return isMessage(edited) ? edited.id : undefined;
  }

  /**
   * Deletes the original response; one that is gone, or out of reach for ever, is as good. Returns
   * whether it was there.
   */
  async remove(token: string): Promise<boolean> {
    try {
      await this.#rest.delete(this.#route(token), { auth: false });
      return true;
    } catch (error) {
      if (!isAbsent(error) && !isExpired(error)) throw error;
      return false;
    }
  }

  async followUp(token: string, body: MessageBody, visibility: Visibility): Promise<void> {
    await this.#rest.post(Routes.webhook(this.#options.applicationId(), token), {
      body: { ...silent(body), flags: flagsOf(visibility) },
      auth: false,
    });
  }

  async unbutton(channelId: string, message: Standing): Promise<void> {
    await this.dress(channelId, message, []);
  }

  async dress(
    channelId: string,
    { id, token, at }: Standing,
    components: Components,
  ): Promise<void> {
    const { editInChannel, onTrouble } = this.#options;
    const body = { components };
    try {
      if (token !== undefined && Date.now() < at + TOKEN_LIFETIME) await this.edit(token, body, id);
      else if (id !== undefined) await editInChannel(channelId, id, body);
    } catch (error) {
      onTrouble(error, channelId, 'an old button stays');
    }
  }

  #route(token: string, id = '@original') {
    return Routes.webhookMessage(this.#options.applicationId(), token, id);
  }
}

function isExpired(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.InvalidWebhookToken;
}

function isAbsent(error: unknown): boolean {
  return (
    error instanceof DiscordAPIError &&
    (error.code === RESTJSONErrorCodes.UnknownMessage ||
      error.code === RESTJSONErrorCodes.UnknownWebhook)
  );
}

/** The body with every kind of ping switched off, whatever its text says. */
export function silent<Body extends object>(body: Body) {
  return { ...body, allowed_mentions: { parse: [] } };
}

export function flagsOf(visibility: Visibility): MessageFlags.Ephemeral | undefined {
  return visibility === 'private' ? MessageFlags.Ephemeral : undefined;
}

/**
 * One request. What is worth repeating fails as a reset connection does, which discord.js
 * repeats: also a connection that closes under the request, as an idle one can at any moment.
 */
const repeatable: MakeRequest = async (url, init) => {
  if (!url.includes('/callback'))
    return await repeatably(DefaultRestOptions.makeRequest(url, init));
  // A timer of our own: AbortSignal.timeout would fire, and be kept, long after the answer came.
  const limit = new AbortController();
  const abort = () => limit.abort();
  const timer = setTimeout(abort, CALLBACK_TIMEOUT);
  init.signal?.addEventListener('abort', abort);
  try {
    return await repeatably(DefaultRestOptions.makeRequest(url, { ...init, signal: limit.signal }));
  } finally {
    clearTimeout(timer);
    init.signal?.removeEventListener('abort', abort);
  }
};

async function repeatably<T>(request: Promise<T>): Promise<T> {
  try {
    return await request;
  } catch (cause) {
    const isClosed = cause instanceof Error && 'code' in cause && cause.code === 'UND_ERR_SOCKET';
    throw isClosed ? new Error('ECONNRESET: the connection closed', { cause }) : cause;
  }
}
