import { InteractionResponseType, type RawFile } from 'discord.js';
import type { Components, MessageBody } from './reading/record.ts';
import { AnsweredElsewhere, type Asker, NoTurn } from './reading/turn.ts';
import { DEFER_AFTER } from './reading/turnstile.ts';
import { flagsOf, isAnswered, silent, type Webhook } from './webhook.ts';

type Visibility = 'public' | 'private';

type FirstAnswer =
  | InteractionResponseType.ChannelMessageWithSource
  | InteractionResponseType.DeferredChannelMessageWithSource
  | InteractionResponseType.UpdateMessage;

/** The interaction, as far as answering it goes. */
export interface Addressee {
  readonly id: string;
  readonly token: string;
  /** The message whose button was pressed, and the button. */
  readonly pressed?: string;
  readonly key?: string;
}

/**
 * The answer to one interaction. Discord takes a single first answer within three seconds; this
 * keeps track of which one was given, so that whoever answers need not know.
 */
export class Answer implements Asker {
  readonly arrived = Date.now();
  /** When the answer stood, by `performance.now()`; a deferral is none yet. */
  stoodAt: number | undefined;
  readonly interaction: string;
  readonly token: string;
  readonly pressed?: string;
  readonly key?: string;
  readonly #webhook: Webhook;
  #first:
    | { kind: 'deferral' | 'message'; visibility: Visibility; sent: Promise<unknown> }
    | undefined;

  constructor(webhook: Webhook, { id, token, pressed, key }: Addressee) {
    this.#webhook = webhook;
    this.interaction = id;
    this.token = token;
    if (pressed !== undefined) this.pressed = pressed;
    if (key !== undefined) this.key = key;
  }

  async defer(visibility: Visibility): Promise<void> {
    this.#first ??= {
      kind: 'deferral',
      visibility,
      sent: this.#say(InteractionResponseType.DeferredChannelMessageWithSource, {
        flags: flagsOf(visibility),
      }),
    };
    await this.#first.sent;
  }

  async post(body: MessageBody, files: readonly RawFile[] = []): Promise<string | undefined> {
    if (this.#first === undefined) {
      const sent = this.#callback(
        InteractionResponseType.ChannelMessageWithSource,
        silent(body),
        files,
      );
      this.#first = { kind: 'message', visibility: 'public', sent };
      const id = await sent;
      this.#stands();
      return id ?? (await this.#originalId());
    }
    if (this.#first.visibility === 'private') throw new NoTurn('again');
    // A deferral that failed, or that Discord took without our hearing of it, shows in the edit.
    await this.#first.sent.catch(unlessElsewhere);
    const id = await this.#webhook.edit(this.token, body, undefined, files);
    this.#stands();
    return id;
  }

  /** Answers the asker alone, wherever the first answer stands by now. */
  async whisper(body: MessageBody): Promise<void> {
    const first = this.#first;
    const accepted = await first?.sent.then(
      () => true,
      () => false,
    );
    if (first === undefined || !accepted) {
      const sent = this.#say(InteractionResponseType.ChannelMessageWithSource, {
        ...silent(body),
        flags: flagsOf('private'),
      });
      this.#first = { kind: 'message', visibility: 'private', sent };
      await sent;
    } else if (first.kind === 'deferral' && first.visibility === 'private') {
      await this.#webhook.edit(this.token, body);
    } else {
      // A public "thinking" would hand its visibility on to the follow-up: it goes first.
      await this.retract();
      await this.#webhook.followUp(this.token, body, 'private');
    }
    this.#stands();
  }

  async retract(): Promise<void> {
    const first = this.#first;
    if (first?.kind !== 'deferral' || first.visibility !== 'public') return;
    const sent = first.sent.then(() => this.#removeThinking(), ifElsewhere);
    // Tried once: by the next time it can be somebody's passage.
    this.#first = { kind: 'message', visibility: 'public', sent: first.sent };
    await sent;
  }

  /**
   * Gives the very message whose button was pressed other buttons. Returns whether it did: not
   * where another first answer was given already.
   */
  async dress(components: Components): Promise<boolean> {
    if (this.#first !== undefined) return false;
    const sent = this.#say(InteractionResponseType.UpdateMessage, { components });
    this.#first = { kind: 'message', visibility: 'public', sent };
    await sent;
    this.#stands();
    return true;
  }

  /** Changes the very message whose button was pressed; after a deferral, answers beside it. */
  async update(body: MessageBody): Promise<void> {
    if (this.#first !== undefined) return await this.whisper(body);
    await this.#say(InteractionResponseType.UpdateMessage, silent(body));
    this.#stands();
  }

  /** Awaits something that can take long, and lets Discord show "thinking" meanwhile. */
  async while<T>(lookUp: Promise<T>, visibility: Visibility): Promise<T> {
    const wait = Math.max(0, this.arrived + DEFER_AFTER - Date.now());
    const timer = setTimeout(() => {
      // Where the deferral fails, the answer itself will, and says so.
      this.defer(visibility).catch(() => {});
    }, wait);
    try {
      return await lookUp;
    } finally {
      clearTimeout(timer);
    }
  }

  #stands(): void {
    this.stoodAt ??= performance.now();
  }

  /** What stands there by now can be a passage that another process has told. */
  async #removeThinking(): Promise<void> {
    const original = await this.#webhook.original(this.token);
    if (typeof original !== 'string' && original.thinking) await this.#webhook.remove(this.token);
  }

  async #originalId(): Promise<string | undefined> {
    const original = await this.#webhook.original(this.token).catch(() => 'absent' as const);
    return typeof original === 'string' ? undefined : original.id;
  }

  /** A first answer that is no passage: that it arrived, though unheard, is good enough. */
  async #say(type: FirstAnswer, data: object): Promise<void> {
    await this.#callback(type, data).catch((error: unknown) => {
      if (!isAnswered(error)) throw error;
    });
  }

  #callback(
    type: FirstAnswer,
    data: object,
    files: readonly RawFile[] = [],
  ): Promise<string | undefined> {
    return this.#webhook.callback(this.interaction, this.token, { type, data }, files);
  }
}

/** There is nothing of ours to take back. */
function ifElsewhere(error: unknown): void {
  if (!(error instanceof AnsweredElsewhere)) throw error;
}

/** A deferral of somebody else's may be private: what becomes of it is for them to see to. */
function unlessElsewhere(error: unknown): void {
  if (error instanceof AnsweredElsewhere) throw error;
}
