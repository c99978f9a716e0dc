/** What may stand in a message: Discord's rules beyond its schemas. */

import type { AllowedMentions, MessageBody } from './body.ts';
import { componentErrors } from './components.ts';
import { emptyMessage, type FieldError, invalidForm } from './refusal.ts';
import { field } from './schema.ts';
import { type Embed, Flag, type Message } from './wire.ts';

const CONTENT_LIMIT = 2000;
const EMBED_LIMIT = 6000;

type Path = readonly (string | number)[];

/**
 * Throws what Discord answers to a body that makes or edits a message.
 * `v2` says whether the message will carry IS_COMPONENTS_V2; `at` is where in the request it stands.
 */
export function checkMessage(body: MessageBody, v2: boolean, at: Path = []): void {
  const errors = [
    ...contentErrors(body, at),
    ...(v2 ? legacyErrors(body, at) : []),
    ...componentErrors(body.components ?? [], v2, at),
    ...embedErrors(body.embeds ?? [], at),
    ...mentionErrors(body.allowed_mentions, at),
  ];
  if (errors.length > 0) throw invalidForm(errors);
}

/** Throws 50006 for a message that would show nothing. */
export function checkNotEmpty(message: Message, body: MessageBody): void {
  const shows =
    message.content !== '' ||
    message.embeds.length > 0 ||
    message.components.length > 0 ||
    message.attachments.length > 0 ||
    Boolean(body.poll) ||
    Boolean(body.sticker_ids?.length);
  if (!shows) throw emptyMessage();
}

function* contentErrors({ content }: MessageBody, at: Path): Generator<FieldError> {
  // The schema's 4000 is for people with Nitro: bots have 2000 everywhere.
  if (content && content.length > CONTENT_LIMIT) {
    yield field(
      [...at, 'content'],
      'BASE_TYPE_MAX_LENGTH',
      `Must be ${CONTENT_LIMIT} or fewer in length.`,
    );
  }
}

function* legacyErrors(body: MessageBody, at: Path): Generator<FieldError> {
  const legacy = {
    content: body.content,
    embeds: body.embeds?.length,
    poll: body.poll,
    sticker_ids: body.sticker_ids?.length,
  };
  for (const [name, value] of Object.entries(legacy)) {
    if (!value) continue;
    yield field(
      [...at, name],
      'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
      `The '${name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
    );
  }
}

function* embedErrors(embeds: readonly Embed[], at: Path): Generator<FieldError> {
  let size = 0;
  for (const [index, embed] of embeds.entries()) {
    size += embedSize(embed);
    if (size > EMBED_LIMIT) {
      yield field(
        [...at, 'embeds', index],
        'MAX_EMBED_SIZE_EXCEEDED',
        `Embed size exceeds maximum size of ${EMBED_LIMIT}`,
      );
    }
    const shows = embedSize(embed) > 0 || embed.image || embed.thumbnail || embed.timestamp;
    if (!shows) {
      yield field(
        [...at, 'embeds', index, 'description'],
        'BASE_TYPE_REQUIRED',
        'This field is required',
      );
    }
    for (const [number, { name, value }] of (embed.fields ?? []).entries()) {
      const here = [...at, 'embeds', index, 'fields', number];
      if (!name.trim())
        yield field([...here, 'name'], 'BASE_TYPE_REQUIRED', 'This field is required');
      if (!value.trim())
        yield field([...here, 'value'], 'BASE_TYPE_REQUIRED', 'This field is required');
    }
  }
}

function embedSize({ title, description, author, footer, fields }: Embed): number {
  const texts = [title, description, author?.name, footer?.text];
  for (const { name, value } of fields ?? []) texts.push(name, value);
  return texts.reduce((sum, text) => sum + (text?.trim().length ?? 0), 0);
}

function* mentionErrors(
  allowed: AllowedMentions | null | undefined,
  at: Path,
): Generator<FieldError> {
  for (const kind of ['users', 'roles'] as const) {
    if (allowed?.parse?.includes(kind) && allowed[kind]?.length) {
      yield field(
        [...at, 'allowed_mentions'],
        'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
        `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
      );
    }
  }
}

/** Whether a message's flags, as asked for, carry IS_COMPONENTS_V2. */
export function isV2(flags: number | null | undefined): boolean {
  return ((flags ?? 0) & Flag.componentsV2) !== 0;
}
