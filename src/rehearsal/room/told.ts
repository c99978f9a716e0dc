/** What the room tells the page. Types only: the page's modules read them too. */

import type { Mark } from '../markdown.ts';
import type { OfferedCommand } from '../offered.ts';

export type Told =
  | { readonly tell: 'room'; readonly room: RoomView }
  /** New, or changed, in the channel that the page shows. */
  | { readonly tell: 'message'; readonly message: MessageView }
  | { readonly tell: 'gone'; readonly id: string }
  /** Something was written in another channel. */
  | { readonly tell: 'elsewhere'; readonly channel: string }
  | { readonly tell: 'people'; readonly readers: readonly ReaderView[] }
  | { readonly tell: 'house'; readonly house: HouseView }
  | AnswerTold;

/** How something asked for went. */
export interface AnswerTold {
  readonly tell: 'answer';
  readonly to: number;
  /** A sentence that says why it can't be done. */
  readonly refused?: string;
  /** The bot did not answer in time. */
  readonly failed?: true;
  readonly choices?: readonly ChoiceView[];
}

export interface ChoiceView {
  readonly name: string;
  readonly value: string | number;
}

/** All that a page shows when it enters a channel. */
export interface RoomView {
  readonly you: ReaderView;
  readonly readers: readonly ReaderView[];
  readonly server: string;
  readonly channels: readonly ChannelView[];
  readonly channel: ChannelView;
  readonly commands: readonly OfferedCommand[];
  readonly troubles: readonly TroubleView[];
  readonly messages: readonly MessageView[];
  /** Whether there are older messages than these. */
  readonly cut: boolean;
  readonly house: HouseView;
}

export interface HouseView {
  /** Whether the bot is connected. */
  readonly online: boolean;
  /** The trouble that the bot's next answer will meet. */
  readonly trouble: string | null;
}

export interface ReaderView {
  readonly id: string;
  readonly name: string;
  readonly role: string;
}

export interface ChannelView {
  readonly id: string;
  readonly name: string;
  readonly kind: 'channel' | 'thread' | 'dm';
}

export interface TroubleView {
  readonly id: string;
  readonly label: string;
  readonly about: string;
}

export interface MessageView {
  readonly id: string;
  readonly author: { readonly id: string; readonly name: string; readonly bot: boolean };
  /** ISO 8601. */
  readonly at: string;
  readonly edited: boolean;
  readonly text: string;
  readonly marks: readonly Mark[];
  /** Who used which command, on what answers one. */
  readonly used?: { readonly by: string; readonly what: string };
  readonly reply?: ReplyView;
  /** Only this page's reader sees it. */
  readonly private: boolean;
  /** A deferral: the answer is still to come. */
  readonly thinking: boolean;
  readonly parts: readonly Part[];
  readonly embeds: readonly EmbedView[];
  readonly files: readonly FileView[];
}

export interface ReplyView {
  readonly id: string;
  /** Left out when the message is gone. */
  readonly author?: string;
  readonly excerpt: string;
}

export interface FileView {
  readonly name: string;
  /** Where the page finds it. */
  readonly url: string;
  readonly isImage: boolean;
  readonly description: string;
  readonly size: number;
}

export interface EmbedView {
  readonly colour?: string;
  readonly author: string;
  readonly title: string;
  readonly marks: readonly Mark[];
  readonly fields: readonly { readonly name: string; readonly marks: readonly Mark[] }[];
  readonly footer: string;
}

/** A message component. */
export type Part =
  | { readonly part: 'row'; readonly inside: readonly Part[] }
  | ButtonPart
  | SelectPart
  | { readonly part: 'text'; readonly marks: readonly Mark[] }
  | { readonly part: 'section'; readonly inside: readonly Part[]; readonly beside?: Part }
  | { readonly part: 'box'; readonly colour?: string; readonly inside: readonly Part[] }
  | { readonly part: 'rule' };

export interface ButtonPart {
  readonly part: 'button';
  readonly label: string;
  readonly style: 'primary' | 'secondary' | 'success' | 'danger' | 'link';
  readonly customId: string;
  readonly url: string;
  readonly disabled: boolean;
}

export interface SelectPart {
  readonly part: 'select';
  readonly customId: string;
  readonly placeholder: string;
  readonly many: boolean;
  readonly disabled: boolean;
  readonly options: readonly {
    readonly label: string;
    readonly value: string;
    readonly description: string;
    readonly chosen: boolean;
  }[];
}
