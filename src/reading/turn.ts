import type { Story } from '../story/story.ts';
import type { Components, MessageBody, Reading, Standing, Turn } from './record.ts';
import type { Waiter } from './turnstile.ts';

/** Whoever asks for a turn: the interaction, as far as the protocol needs it, or a schedule. */
export interface Asker extends Waiter {
  /** The interaction's. Absent for a schedule: its steps have a nonce. */
  readonly token?: string;
  /**
   * Resolves once this process has the interaction to itself. Rejects with `AnsweredElsewhere`, or
   * with `NoTurn` where that can't be known. Absent for a schedule.
   */
  readonly claim?: Promise<void>;
  /** The id of the message whose button was pressed. */
  readonly pressed?: string;
  /**
   * Posts the turn's message as this interaction's own response and returns its id where Discord
   * tells it. `after` is the newest message of the reading: a place above it is none. Throws
   * `Refused` when Discord certainly did not take it, `NoTurn` where it was not even tried; any
   * other error leaves open whether it stands.
   */
  post(body: MessageBody, after?: string): Promise<string | undefined>;
  /** Whether everybody sees a "thinking" of this asker's. */
  hasPlace(): boolean;
  /**
   * Takes such a "thinking" back. Not while a turn of this asker's is pending: whoever comes next
   * may finish it with the passage, and then it must not be taken away any more. Throws where it
   * may stand, or yet come to stand.
   */
  retract(): Promise<void>;
  /** It stays: it is for whoever settles the turn. */
  keep(): void;
}

/** Another process of ours sees to this interaction (see Claims): whoever meets this stays silent. */
export class AnsweredElsewhere extends Error {}

/** Discord said no: the message does not stand. `cause` is Discord's error. */
export class Refused extends Error {}

/** Why a turn could not be taken although nobody did anything wrong. The place is safe. */
export class NoTurn extends Error {
  readonly reason: 'store' | 'unsettled' | 'busy' | 'again' | 'version' | 'damaged';

  constructor(reason: NoTurn['reason'], options?: ErrorOptions) {
    super(`no turn: ${reason}`, options);
    this.reason = reason;
  }
}

/** What Discord tells about the answers to an interaction, by its token. */
export interface Answers {
  /**
   * The original response. `absent`: there is none. `expired`: the token is too old to ask.
   * Throws when Discord can't be asked.
   */
  original(
    token: string,
  ): Promise<{ id: string; content: string; thinking: boolean } | 'absent' | 'expired'>;
  /** Edits the original response and returns its id. Throws as `Asker.post` does. */
  edit(token: string, body: MessageBody): Promise<string | undefined>;
  /**
   * Deletes the original response, unless it is gone or out of reach for ever: returns whether it
   * was there. Throws where that failed.
   */
  remove(token: string): Promise<boolean>;
  /** Takes the buttons off a message, as far as that is possible; never throws. */
  unbutton(channelId: string, message: Standing): Promise<void>;
  /** Gives a message other buttons, as far as that is possible; never throws. */
  dress(channelId: string, message: Standing, components: Components): Promise<void>;
}

/** A channel as the commands see it: its reading at its place in the story as it is now. */
export interface Channel {
  readonly reading?: Reading;
  /** Absent when the reading's story is not in the library. */
  readonly story?: Story;
  /** Readings closed or replaced here, at most one a story. */
  readonly left: readonly Reading[];
}

/** What became of messages that were posted into a channel without an interaction. */
export interface Posts {
  /**
   * The id of the turn's message where it stands: sent once more while Discord knows its nonce,
   * later looked for among the channel's messages after `after`. Throws when Discord can't be asked.
   */
  settle(
    channelId: string,
    turn: Turn & { readonly nonce: string },
    after: string | undefined,
  ): Promise<string | undefined>;
}

/** What a turn posts, and the reading that holds once it stands; none when the reading ends. */
export interface Step {
  readonly body: MessageBody;
  /** For a post without an interaction: when it is made, in ms, and its nonce. */
  readonly at?: number;
  readonly nonce?: string;
  readonly reading?: Reading;
}

/** What changes without a post. */
export interface Change {
  readonly changed: Reading;
  /** The newest message's buttons from now on, where they are others. */
  readonly components?: Components;
  /**
   * Shows it to whoever asked, once it is stored and before the channel's next turn. Resolves with
   * whether the newest message has its buttons by that.
   */
  readonly show?: () => Promise<boolean>;
}

/** Chooses what becomes of a channel; what it throws ends the turn with nothing changed. */
export type Decide<Decision extends Step | Change> = (
  channel: Channel,
) => Decision | Promise<Decision>;
