import { type Embed, Flag, type Message } from '../discord/wire.ts';
import { isPrivate } from '../discord/world.ts';
import { marksOf, type Names } from '../markdown.ts';
import { namesIn } from '../names.ts';
import type { Scene } from '../scene.ts';
import { partsOf } from './parts.ts';
import type { EmbedView, MessageView, ReplyView } from './told.ts';
import { isImage, uploadPath } from './uploads.ts';

/** As much of a message as stands above a reply to it, in UTF-16 units. */
const EXCERPT = 120;

/** A message as the page shows it. */
export function messageView(message: Message, scene: Scene): MessageView {
  const names = namesIn(scene);
  const { author, content } = message;
  const deed = scene.deed(message);
  const reply = replyView(message, scene);
  return {
    id: message.id,
    author: {
      id: author.id,
      name: author.global_name ?? author.username,
      bot: author.bot ?? false,
    },
    at: message.timestamp,
    edited: message.edited_timestamp !== null,
    text: content,
    marks: marksOf(content, names),
    ...(deed?.kind === 'used' ? { used: { by: deed.by, what: deed.what } } : {}),
    ...(reply ? { reply } : {}),
    private: isPrivate(message),
    thinking: (message.flags & Flag.loading) !== 0,
    parts: partsOf(message.components, names),
    embeds: message.embeds.map((embed) => embedView(embed, names)),
    files: message.attachments.map(
      ({ id, filename, description = '', size, content_type = '' }) => ({
        name: filename,
        url: uploadPath(id),
        isImage: isImage(content_type),
        description,
        size,
      }),
    ),
  };
}

function replyView({ message_reference: at }: Message, scene: Scene): ReplyView | undefined {
  if (!at) return undefined;
  const found = scene.message(at.message_id);
  if (!found) return { id: at.message_id, excerpt: 'Original message was deleted' };
  const { author, content } = found;
  const text = content.replaceAll(/^(#+|-#|>)\s|\*|\\(?=[^\w\s])/gm, '').replaceAll(/\s+/g, ' ');
  return {
    id: found.id,
    author: author.global_name ?? author.username,
    excerpt: text.slice(0, EXCERPT),
  };
}

function embedView(
  { color, author, title, description, fields, footer }: Embed,
  names: Names,
): EmbedView {
  const marks = (text: string | null | undefined) => marksOf(text ?? '', names);
  return {
    ...(typeof color === 'number' ? { colour: `#${color.toString(16).padStart(6, '0')}` } : {}),
    author: author?.name ?? '',
    title: title ?? '',
    marks: marks(description),
    fields: (fields ?? []).map(({ name, value }) => ({ name, marks: marks(value) })),
    footer: footer?.text ?? '',
  };
}
