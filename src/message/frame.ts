import { inlineTitle, titleLine } from './markdown.ts';
import { placeOf } from './place.ts';

/**
 * The most UTF-16 units that a message's content may have. Discord counts code points, which are
 * never more.
 * https://docs.discord.com/developers/resources/message#create-message
 */
export const MESSAGE_LIMIT = 2000;

/** The line over a chapter's first passage. */
export function headingLine(title: string): string {
  // Clients drop number signs from the end of a heading; behind a zero-width space they stay.
  return `### ${titleLine(title).replace(/#$/, '#\u200B')}`;
}

/** The line over a passage that opens a scene: an asterism, as printers set it. */
export const SCENE_LINE = '-# ⁂';

/**
 * The line under a passage. It is never translated: it tells the bot which passage a message is.
 * Under several, the last of which is `to`, it is another: "7–9 of 25" is no passage's.
 */
export function footerLine(title: string, number: number, total: number, to = number): string {
  return `-# ${inlineTitle(title)} · ${placeOf(to, total, number)}`;
}
