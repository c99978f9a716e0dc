import { InteractionResponseType, type RawFile } from 'discord.js';
import { isAnswered } from './arrival.ts';
import { isBelow } from './reading/fate.ts';
import type { Components, MessageBody } from './reading/record.ts';
import { AnsweredElsewhere, type Asker, NoTurn, Refused } from './reading/turn.ts';
import { DEFER_AFTER } from './reading/turnstile.ts';
import { flagsOf, silent, type Webhook } from './webhook.ts';

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
  /** See Asker. */
  readonly claim: Promise<void>;
}

interface First {
  readonly kind: 'deferral' | 'message';
  visibility: Visibility;
  /** Resolves with the message's id, where Discord tells it. */
  readonly sent: Promise<string | undefined>;
}

/** A claim has this long, in ms: then the answer goes out unclaimed, and Discord takes the first. */
const CLAIM_WITHIN = 1200;

/**
 * The answer to one interaction. Discord takes a single first answer within three seconds; this
 * keeps track of which one was given, so that whoever answers need not know.
 */
export class Answer implements Asker {
  readonly arrived = Date.now();
  readonly claim: Promise<void>;
  /** When the answer stood, by `performance.now()`; a deferral is none yet. */
  stoodAt: number | undefined;
  readonly token: string;
  readonly pressed?: string;
  readonly key?: string;
  readonly #id: string;
  readonly #webhook: Webhook;
  #first: First | undefined;
  #isKept = false;

  constructor(webhook: Webhook, { id, token, pressed, key, claim }: Addressee) {
    this.#webhook = webhook;
    this.#id = id;
    this.claim = claim;
    claim.catch(() => {}); // whoever waits for it hears of it
    this.token = token;
    if (pressed !== undefined) this.pressed = pressed;
    if (key !== undefined) this.key = key;
  }

  async defer(visibility: Visibility): Promise<void> {
    this.#first ??= this.#deferral(visibility);
    await this.#first.sent;
  }

  async post(
    body: MessageBody,
    after?: string,
    files: readonly RawFile[] = [],
  ): Promise<string | undefined> {
    const first = this.#first;
    if (first === undefined) {
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
    const place = await first.sent;
    if (first.visibility === 'private') throw new NoTurn('again');
    if (place === undefined) throw new Error('where its "thinking" stands is not known');
    if (!isBelow(place, after)) throw new NoTurn('again');
    const id = await this.#webhook.edit(this.token, body, undefined, files);
    this.#stands();
    return id;
  }

  /** Answers the asker alone, wherever the first answer stands by now. */
  async whisper(message: MessageBody): Promise<void> {
    // What was typed comes back in it, and Discord refuses half a surrogate pair.
    const body = { ...message, content: message.content.toWellFormed() };
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
    } else if (!this.#isKept) {
      // A public "thinking" would hand its visibility on to the follow-up: it goes first.
      await this.retract();
      await this.#webhook.followUp(this.token, body, 'private');
    }
    this.#stands();
  }

  hasPlace(): boolean {
    return this.#first?.kind === 'deferral' && this.#first.visibility === 'public';
  }

  async retract(): Promise<void> {
    const first = this.#first;
    if (this.#isKept || first === undefined || !this.hasPlace()) return;
    // Tried once: by the next time it can be somebody's passage.
    this.#first = { kind: 'message', visibility: 'public', sent: first.sent };
    const [isOurs, isHeard] = await first.sent.then(
      () => [true, true],
      (error: unknown) => [!(error instanceof AnsweredElsewhere), error instanceof Refused],
    );
    if (!isOurs) return;
    // One that was not heard of can stand there all the same, or be late.
    const wasThere = await this.#webhook.remove(this.token);
    if (!isHeard && !wasThere) throw new Error('a "thinking" may yet come to stand');
  }

  keep(): void {
    this.#isKept = true;
  }

  /** Whether the asker sees a "thinking" that only this process can finish. */
  async isAwaited(): Promise<boolean> {
    const first = this.#first;
    if (first?.kind !== 'deferral' || first.visibility !== 'private') return false;
    return await first.sent.then(
      () => true,
      () => false,
    );
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

  /**
   * A first answer that takes its place now. Without a claim it is for the asker alone: everybody's
   * could be finished, or taken back, by another process.
   */
  #deferral(visibility: Visibility): First {
    const type = InteractionResponseType.DeferredChannelMessageWithSource;
    const sent = this.#isClaimed().then((isClaimed) => {
      if (!isClaimed) first.visibility = 'private';
      return this.#say(type, { flags: flagsOf(first.visibility) });
    });
    const first: First = { kind: 'deferral', visibility, sent };
    return first;
  }

  /** Whether this process has the interaction to itself, as far as can be known in time. */
  async #isClaimed(): Promise<boolean> {
    const limit = Promise.withResolvers<false>();
    const patience = Math.max(0, this.arrived + CLAIM_WITHIN - Date.now());
    const timer = setTimeout(() => limit.resolve(false), patience);
    try {
      return await Promise.race([this.claim.then(() => true), limit.promise]);
    } catch (error) {
      if (error instanceof AnsweredElsewhere) throw error;
      return false;
    } finally {
      clearTimeout(timer);
    }
  }

  async #originalId(): Promise<string | undefined> {
    const original = await this.#webhook.original(this.token).catch(() => 'absent' as const);
    return typeof original === 'string' ? undefined : original.id;
  }

  /** A first answer that is no passage: that it arrived, though unheard, is good enough. */
  async #say(type: FirstAnswer, data: object): Promise<string | undefined> {
    return await this.#callback(type, data).catch((error: unknown) => {
      if (!isAnswered(error)) throw error;
      return undefined;
    });
  }

  async #callback(
    type: FirstAnswer,
    data: object,
    files: readonly RawFile[] = [],
  ): Promise<string | undefined> {
    await this.#isClaimed();
    return await this.#webhook.callback(this.#id, this.token, { type, data }, files);
  }
}
