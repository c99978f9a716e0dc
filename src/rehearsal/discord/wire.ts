/** What Discord sends: its objects as the REST API and the gateway give them. */

export interface WireUser {
  id: string;
  username: string;
  global_name: string | null;
  discriminator: string;
  avatar: string | null;
  bot?: boolean;
  public_flags: number;
  flags: number;
}

export interface Emoji {
  id?: string | null;
  name: string;
}

export interface SelectOption {
  label: string;
  value: string;
  description?: string | null;
  default?: boolean | null;
  emoji?: Emoji | null;
}

/** Any component. Which fields a type has is Discord's schema's business, checked on the way in. */
export interface Component {
  type: number;
  id?: number | null;
  custom_id?: string | null;
  style?: number;
  label?: string | null;
  url?: string | null;
  sku_id?: string | null;
  disabled?: boolean | null;
  emoji?: Emoji | null;
  placeholder?: string | null;
  min_values?: number | null;
  max_values?: number | null;
  options?: SelectOption[];
  components?: Component[];
  accessory?: Component;
  content?: string;
}

export interface Embed {
  type?: string | null;
  title?: string | null;
  description?: string | null;
  url?: string | null;
  color?: number | null;
  timestamp?: string | null;
  author?: { name?: string | null } | null;
  footer?: { text?: string | null } | null;
  fields?: { name: string; value: string; inline?: boolean | null }[] | null;
  image?: object | null;
  thumbnail?: object | null;
}

export interface Attachment {
  id: string;
  filename: string;
  size: number;
  url: string;
  proxy_url: string;
  content_type?: string;
  description?: string;
}

export interface InteractionMetadata {
  id: string;
  type: number;
  user: WireUser;
  authorizing_integration_owners: Record<string, string>;
  original_response_message_id?: string;
  interacted_message_id?: string;
  target_message_id?: string;
}

/** A message. The rehearsal keeps one object for each and edits it in place. */
export interface Message {
  id: string;
  type: number;
  channel_id: string;
  author: WireUser;
  content: string;
  timestamp: string;
  edited_timestamp: string | null;
  tts: boolean;
  mention_everyone: boolean;
  mentions: WireUser[];
  mention_roles: string[];
  attachments: Attachment[];
  embeds: Embed[];
  components: Component[];
  pinned: boolean;
  flags: number;
  nonce?: string | number;
  webhook_id?: string;
  application_id?: string;
  interaction_metadata?: InteractionMetadata;
  message_reference?: { type: number; channel_id: string; message_id: string; guild_id?: string };
}

export const Flag = {
  suppressEmbeds: 1 << 2,
  ephemeral: 1 << 6,
  loading: 1 << 7,
  suppressNotifications: 1 << 12,
  componentsV2: 1 << 15,
} as const;
