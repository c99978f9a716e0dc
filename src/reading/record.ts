import type { APIInteractionResponseCallbackData } from 'discord.js';
import { withoutIsolates } from '../story/direction.ts';
import type { Pace } from './pace.ts';

/** A short hash of a passage's text, with the number the passage had when the hash was taken. */
export interface Anchor {
  readonly passage: number;
  readonly hash: string;
}

/** A message of ours that stands in a channel, with the interaction token that may edit it. */
export interface Standing {
  /** Absent where Discord never told us the id; the token's `@original` serves then. */
  readonly id?: string;
  /** Absent where the message came by itself. */
  readonly token?: string;
  /** When the interaction reached us, in ms; its token serves for 15 minutes. */
  readonly at: number;
}

export const TELLING_BY = ['paragraph', 'page'] as const;
/** How much one message tells: a paragraph, or as many whole ones as are comfortable to read. */
export type TellingBy = (typeof TELLING_BY)[number];

/** Where a channel is in a story. */
export interface Reading {
  readonly id: string;
  readonly story: string;
  /** So that a story whose file is gone can still be named. */
  readonly title: string;
  /** The number of the last passage told, 0 before the first. */
  readonly position: number;
  /** The first passage of the newest message, where it is a page of several. */
  readonly start?: number;
  /** How much one message tells; a paragraph where absent. */
  readonly by?: TellingBy;
  /** The highest position there has ever been: the spoiler boundary. */
  readonly furthest: number;
  /**
   * How many messages this reading has told, the title card not counted. It is in the buttons'
   * custom ids: a button of any message but the newest carries an older count.
   */
  readonly serial: number;
  /** The id of the user who began the reading; empty once that user wants to be forgotten. */
  readonly host: string;
  /** The server, where the bot is a member of it; absent in DMs and user installs. */
  readonly guild?: string;
  readonly begun: number;
  /** When the newest passage was told. */
  readonly toldAt?: number;
  /** How the next passage comes; by Next alone where absent. */
  readonly pace?: Pace;
  /** Who is ready for the next passage: user ids. Gone with the turn. */
  readonly ready?: readonly string[];
  /**
   * Who asked or pressed lately, with the serial then, which grows whichever way the story goes:
   * the newest 50.
   */
  readonly present?: readonly (readonly [userId: string, serial: number])[];
  /** For the closing card: how often the room met, and who took part, the first 200. */
  readonly sittings?: number;
  readonly readers?: readonly string[];
  /** When the ending was told; absent until then. */
  readonly ended?: number;
  readonly anchors: readonly Anchor[];
  readonly furthestAnchors: readonly Anchor[];
  /** The newest message: the title card or the last passage. */
  readonly message?: Standing;
}

/** A message as Discord takes it. What Lamplight posts always has text. */
export type MessageBody = Pick<APIInteractionResponseCallbackData, 'attachments' | 'components'> & {
  readonly content: string;
};

export type Components = NonNullable<MessageBody['components']>;

/**
 * The record that a message is being posted right now. It is written before the post and is gone
 * with the write that moves the reading, so after a crash it says what to ask Discord about.
 */
export interface Turn {
  /** When the interaction reached us, or the telling fell due, in ms. */
  readonly at: number;
  readonly token?: string;
  /** In place of a token, where nobody asked: what Discord knows the message by for minutes. */
  readonly nonce?: string;
  /** The id of the message whose button was pressed: `@original` can be that message. */
  readonly pressed?: string;
  readonly body: MessageBody;
  /** What holds once the message stands; absent when the reading ends with it. */
  readonly reading?: Reading;
  /**
   * Its asker is answered otherwise: whatever stands in its place, a "thinking" or the message
   * itself, is deleted before the turn is over.
   */
  readonly isTakenBack?: true;
}

/** All that is stored for a channel, under the channel's id. */
export interface ChannelRecord {
  readonly version: 1;
  readonly guild?: string;
  readonly reading?: Reading;
  /** Readings closed or replaced, at most one a story. */
  readonly left: readonly Reading[];
  readonly turn?: Turn;
}

export const EMPTY: ChannelRecord = { version: 1, left: [] };

/** The record once the turn's message is known to stand in the channel. */
export function commit(record: ChannelRecord, turn: Turn, message: Standing): ChannelRecord {
  const { reading: old, left } = record;
  const now = turn.reading && { ...turn.reading, message };
  // A reading that is continued comes back under its own id.
  let kept = left.filter((place) => place.id !== now?.id);
  // One that told nothing leaves no place: it must not cover an older one in the same story.
  if (old !== undefined && old.id !== now?.id && old.serial > 0) {
    // Its pace goes with it: a place to go on from must not call anybody by itself.
    const { message: _, pace: __, ...place } = old;
    kept = [...kept.filter((other) => other.story !== old.story), place];
  }
  const guild = now?.guild ?? record.guild;
  return {
    version: 1,
    ...(guild !== undefined && { guild }),
    left: kept,
    ...(now && { reading: now }),
  };
}

/** The record once the turn's message is known not to stand: as it was before. */
export function withdraw({ turn: _, ...record }: ChannelRecord): ChannelRecord {
  return record;
}

export function isSameTurn(one: Turn, other: Turn): boolean {
  return one.token === other.token && one.nonce === other.nonce;
}

/** Whether a turn is still in the record; one that is taken back is nobody's to finish any more. */
export function isPending(record: ChannelRecord, turn: Turn): boolean {
  return record.turn !== undefined && isSameTurn(record.turn, turn) && !record.turn.isTakenBack;
}

/**
 * The turn's message, where a record in which it is not pending has it as the newest one told. By
 * the token, since another turn can have told the same passage; a nonce is of one passage only.
 */
export function toldIn({ reading }: ChannelRecord, turn: Turn): Standing | undefined {
  const { nonce, token, reading: moved } = turn;
  const isTold =
    nonce === undefined
      ? reading?.message?.token === token
      : reading?.id === moved?.id && (reading?.serial ?? 0) >= (moved?.serial ?? 0);
  return isTold ? reading?.message : undefined;
}

/**
 * Whether a message that Discord shows us is the turn's. The last line tells: it is the footer of
 * a passage, and no refusal, title card or other passage has the same.
 */
export function isTold(turn: Turn, message: { id: string; content: string }): boolean {
  return message.id !== turn.pressed && lastLine(message.content) === lastLine(turn.body.content);
}

function lastLine(content: string): string {
  // Nobody promises that Discord keeps characters that can't be seen.
  const text = withoutIsolates(content.trimEnd());
  return text.slice(text.lastIndexOf('\n') + 1);
}
