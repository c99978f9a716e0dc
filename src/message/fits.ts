import { LIMITS } from '../story/limits.ts';
import type { Fits } from '../story/story.ts';
import { DELIMITERS_LENGTH } from './emphasis.ts';
import { footerLine, headingLine, MESSAGE_LIMIT, SCENE_LINE } from './frame.ts';
import { TITLE_LENGTH, toMarkdown } from './markdown.ts';

/** The most that a heading or the footer, with its line end, can take. */
const LINE_LENGTH = 2 * TITLE_LENGTH + 40;

/** Whether a passage, with its headings above it and the footer below, is one Discord message. */
export const fitsMessage: Fits = (part, headings, title) => {
  const { text, emphasis, scene } = part;
  if (text.length > MESSAGE_LIMIT) return false;
  const atMost =
    2 * text.length + DELIMITERS_LENGTH * emphasis.length + LINE_LENGTH * (headings.length + 2);
  if (atMost <= MESSAGE_LIMIT) return true;

  // How many passages a story has is not known while it is being split.
  const footer = footerLine(title, LIMITS.passages, LIMITS.passages);
  const lines = [
    ...headings.map(headingLine),
    ...(scene ? [SCENE_LINE] : []),
    toMarkdown(part),
    footer,
  ];
  return lines.join('\n').length <= MESSAGE_LIMIT;
};
