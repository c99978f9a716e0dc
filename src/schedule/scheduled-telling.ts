import { createHash } from 'node:crypto';
import { toldFrom } from '../message/page.ts';
import { lateNote } from '../message/schedule.ts';
import { followingTelling } from '../reading/next-telling.ts';
import type { Schedule } from '../reading/pace.ts';
import type { Reading } from '../reading/record.ts';
import type { Step } from '../reading/turn.ts';
import type { Story } from '../story/story.ts';
import { nextStep, type TellingContext } from '../telling/next-step.ts';
import { wordsFor } from '../words/words.ts';

/** A telling later than this, in ms, says that it is. */
const LATE = 3 * 60_000;

/** What a schedule's telling posts next. */
export interface ScheduledStep {
  readonly step: Step & { readonly nonce: string };
  /** A short message before the first passage: what was missed, and the role that is called. */
  readonly note?: string;
}

/**
 * The next message of a telling that is due, and the reading and schedule that hold after it. A
 * telling that reaches the story's last passage goes on to its ending, with which it stops.
 */
export async function scheduledStep(
  channelId: string,
  reading: Reading,
  story: Story,
  schedule: Schedule,
  context: Omit<TellingContext, 'roomWords' | 'words'>,
): Promise<ScheduledStep> {
  const words = wordsFor(schedule.locale);
  const now = context.clock.now();
  const { next, between } = followingTelling(schedule.rhythm, schedule.next, now);
  const missed = now - schedule.next < LATE ? 0 : between + 1;
  const note = schedule.rest === undefined ? lateNote(schedule, missed, words) : undefined;

  const { pace: _, ...unpaced } = reading;
  const after = scheduleAfter(schedule, reading, story, next);
  const paced = after === undefined ? unpaced : { ...unpaced, pace: after };
  const channel = { reading: paced, story, left: [] };
  const step = await nextStep(channelId, channel, { ...context, words, roomWords: words });
  const nonce = nonceOf(channelId, reading.id, reading.serial);
  return { step: { ...step, at: now, nonce }, ...(note !== undefined && { note }) };
}

/** The schedule once a telling's next message stands; none once that is the ending. */
function scheduleAfter(
  schedule: Schedule,
  reading: Reading,
  story: Story,
  next: number,
): Schedule | undefined {
  const from = reading.position + 1;
  if (from > story.length) return undefined;
  const { rest: before = amountOf(schedule, reading, story, from), ...resting } = schedule;
  const isLast = toldFrom(story, reading, from).to === story.length;
  const rest = isLast ? 1 : before - 1;
  return rest > 0 ? { ...resting, rest, failures: 0 } : { ...resting, next, failures: 0 };
}

/** How many messages a telling that begins with passage `from` has. */
function amountOf({ amount }: Schedule, reading: Reading, story: Story, from: number): number {
  if (amount !== 'chapter') return amount;
  const end = story.chapters.find(({ first }) => first > from)?.first ?? story.length + 1;
  let count = 0;
  for (let at = from; at < end; at = toldFrom(story, reading, at).to + 1) count++;
  return count;
}

/**
 * By this Discord knows a message for some minutes (at most 25 characters): whichever process
 * sends a reading's next message, and however often, it stands once.
 */
export function nonceOf(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(parts.join(':')).digest('base64url').slice(0, 25);
}
