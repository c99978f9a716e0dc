import type { MessageBody } from '../reading/record.ts';
import type { Line, Story } from '../story/story.ts';
import { footerLine, MESSAGE_LIMIT } from './frame.ts';
import { toMarkdown } from './markdown.ts';

/** A line as a block quote, its story and passage under it. */
export function quoteMessage(story: Story, line: Line): MessageBody {
  const text = toMarkdown(line);
  const footer = footerLine(story.title, line.passage, story.passages.length);
  const quoted = `${text.replaceAll(/^/gm, '> ')}\n${footer}`;
  // A line of very many short verses can outgrow the message by its marks; without them it fits.
  const content = quoted.length <= MESSAGE_LIMIT ? quoted : `${text}\n${footer}`;
  return { content, components: [] };
}
