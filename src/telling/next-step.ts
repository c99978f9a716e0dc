import { type AnswerContext, UserError } from '../command.ts';
import { inlineTitle } from '../message/markdown.ts';
import { isOver } from '../reading/move.ts';
import type { Channel, Step } from '../reading/turn.ts';
import { endingStep } from './ending.ts';
import { beingRead, passageStep } from './telling.ts';

/** What it takes to tell what comes next: no interaction. */
export type TellingContext = Pick<
  AnswerContext,
  'ageRestriction' | 'clock' | 'finished' | 'kept' | 'library' | 'log' | 'roomWords' | 'words'
>;

/**
 * The step that tells the next passage, or the ending. Throws what `beingRead` does, and a
 * `UserError` after the ending.
 */
export async function nextStep(
  channelId: string,
  channel: Channel,
  context: TellingContext,
): Promise<Step> {
  const { words } = context;
  const { reading, story } = await beingRead(channel, context);
  if (isOver(reading, story)) {
    throw new UserError(words('refusal.ended', { title: inlineTitle(story.title) }));
  }
  if (reading.position < story.length) {
    return passageStep(story, reading, reading.position + 1, context);
  }
  return await endingStep(channelId, reading, story, context);
}
