import type { AnswerContext } from '../command.ts';
import { type Closing, endingMessage } from '../message/ending.ts';
import { end } from '../reading/move.ts';
import type { Reading } from '../reading/record.ts';
import type { Step } from '../reading/turn.ts';
import { lineOfHash } from '../story/line-name.ts';
import type { Line, Story } from '../story/story.ts';

/** The most of a room's favourite lines that stand on its closing card. */
const MOST_FAVOURITES = 3;
/** The ending does not wait longer for what goes on its card, in ms. */
const PATIENCE = 1000;

type EndingContext = Pick<
  AnswerContext,
  'clock' | 'finished' | 'kept' | 'library' | 'log' | 'roomWords'
>;

/**
 * The step that tells a story's ending, wherever it is told from. Of a store that fails or dawdles
 * the card says nothing, and the ending is told all the same.
 */
export async function endingStep(
  channelId: string,
  reading: Reading,
  story: Story,
  context: EndingContext,
): Promise<Step> {
  const ended = end(reading, context.clock.now());
  const late = Promise.withResolvers<Closing>();
  const timer = setTimeout(late.resolve, PATIENCE, { favourites: [], stories: [] });
  const closing = await Promise.race([closingOf(channelId, ended, story, context), late.promise]);
  clearTimeout(timer);
  return { reading: ended, body: endingMessage(story, ended, closing, context.roomWords) };
}

async function closingOf(
  channelId: string,
  reading: Reading,
  story: Story,
  { finished, kept, library, log }: EndingContext,
): Promise<Closing> {
  try {
    const [lines, read] = await Promise.all([
      kept.favourites(channelId),
      finished.storiesOf(reading.guild ?? channelId),
    ]);
    const favourites: Line[] = [];
    for (const { passage, hash } of lines.filter((line) => line.story === story.slug)) {
      const line = await lineOfHash(story, hash, passage, story.length);
      if (line !== undefined) favourites.push(line);
      if (favourites.length === MOST_FAVOURITES) break;
    }
    const isUnread = ({ slug }: Story) => slug !== story.slug && !read.includes(slug);
    return { favourites, stories: library.stories.filter(isUnread) };
  } catch (err) {
    log.warn({ err, channel: channelId }, 'a closing card goes without lines and stories');
    return { favourites: [], stories: [] };
  }
}
