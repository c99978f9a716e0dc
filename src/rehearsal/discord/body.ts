/** What bots send: the parts of Discord's request bodies that the rehearsal acts on. */

import type { Component, Embed } from './wire.ts';

export interface AllowedMentions {
  parse?: (string | null)[] | null;
  users?: (string | null)[] | null;
  roles?: (string | null)[] | null;
  replied_user?: boolean | null;
}

export interface AttachmentBody {
  id: string;
  filename?: string | null;
  description?: string | null;
}

export interface MessageBody {
  content?: string | null;
  embeds?: Embed[] | null;
  components?: Component[] | null;
  allowed_mentions?: AllowedMentions | null;
  attachments?: AttachmentBody[] | null;
  flags?: number | null;
  tts?: boolean | null;
  poll?: object | null;
  sticker_ids?: string[] | null;
  nonce?: string | number | null;
  enforce_nonce?: boolean | null;
  message_reference?: { message_id: string; fail_if_not_exists?: boolean | null } | null;
}

export interface Choice {
  name: string;
  name_localizations?: Record<string, string> | null;
  value: string | number;
}

export interface CallbackBody {
  type: number;
  data?: (MessageBody & { choices?: (Choice | null)[] | null }) | null;
}

export interface OptionBody {
  type: number;
  name: string;
  name_localizations?: Record<string, string> | null;
  description: string;
  description_localizations?: Record<string, string> | null;
  required?: boolean | null;
  autocomplete?: boolean | null;
  choices?: Choice[] | null;
  options?: OptionBody[] | null;
  channel_types?: number[] | null;
  min_value?: number | null;
  max_value?: number | null;
  min_length?: number | null;
  max_length?: number | null;
}

export interface CommandBody {
  id?: string | null;
  type?: number | null;
  name: string;
  name_localizations?: Record<string, string> | null;
  description?: string | null;
  description_localizations?: Record<string, string> | null;
  options?: OptionBody[] | null;
  default_member_permissions?: number | string | null;
  dm_permission?: boolean | null;
  contexts?: number[] | null;
  integration_types?: number[] | null;
  handler?: number | null;
  nsfw?: boolean | null;
}
