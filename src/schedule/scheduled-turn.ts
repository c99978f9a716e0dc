import { DiscordAPIError, RateLimitError, RESTJSONErrorCodes } from 'discord.js';
import type { AgeRestriction } from '../age-restrictions.ts';
import { inlineTitle } from '../message/markdown.ts';
import { newestComponents } from '../message/newest.ts';
import { isOver } from '../reading/move.ts';
import { followingTelling } from '../reading/next-telling.ts';
import type { Schedule } from '../reading/pace.ts';
import type { Readings } from '../reading/readings.ts';
import type { Reading } from '../reading/record.ts';
import { type Asker, type Change, type Channel, Refused } from '../reading/turn.ts';
import { asRequest, nameRequest } from '../request.ts';
import { RatingRefusal } from '../telling/audience.ts';
import type { TellingContext } from '../telling/next-step.ts';
import { type Words, wordsFor } from '../words/words.ts';
import type { ChannelPosts } from './posting.ts';
import { nonceOf, type ScheduledStep, scheduledStep } from './scheduled-telling.ts';

/** So many tellings that fail in a row end a schedule. */
const MOST_FAILURES = 3;

export interface ScheduledTurnContext
  extends Omit<TellingContext, 'ageRestriction' | 'roomWords' | 'words'> {
  /** Of a channel, this moment. Throws `Refused` where Discord does not show it. */
  readonly ageRestrictionOf: (channelId: string) => Promise<AgeRestriction>;
  readonly readings: Readings;
  readonly posts: ChannelPosts;
  /** What holds in a channel, where the schedule was not due after all. */
  readonly onNotDue: (channelId: string, reading: Reading | undefined) => void;
  /** What went wrong and was dealt with. For the log. */
  readonly onTrouble: (error: unknown, channelId: string, what: string) => void;
}

/** Another process told it, or the schedule is another or none by now. */
class NotDue extends Error {}

/** The story's file is not in the library. */
class StoryGone extends Error {}

/**
 * Posts the next message of a channel's telling, if one is due, and moves the reading and its
 * schedule. A refusal is a failure: the next telling comes at its time, unless it was the third in
 * a row. Where the story's rating forbids it, the schedule stops at once. Never throws; `again`
 * where it was nobody's fault there.
 */
export function takeScheduledTurn(
  channelId: string,
  context: ScheduledTurnContext,
): Promise<'done' | 'again'> {
  // Whoever noted the schedule has nothing to do with what it tells.
  return asRequest(undefined, () => takeTurn(channelId, context));
}

async function takeTurn(
  channelId: string,
  context: ScheduledTurnContext,
): Promise<'done' | 'again'> {
  const { onTrouble } = context;
  try {
    await tellOne(channelId, context);
    return 'done';
  } catch (error) {
    if (error instanceof NotDue) return 'done';
    onTrouble(error, channelId, 'a telling of a schedule fails');
    if (!isFailure(error)) return 'again';
    return await noteFailure(channelId, error, context).then(
      () => 'done' as const,
      (failure: unknown) => {
        if (failure instanceof NotDue) return 'done';
        onTrouble(failure, channelId, 'the failure of a telling is not written down');
        return 'again';
      },
    );
  }
}

async function tellOne(channelId: string, context: ScheduledTurnContext): Promise<void> {
  const { clock, posts, readings } = context;
  const stands = Promise.withResolvers<void>();
  let telling: (ScheduledStep & { readonly mention?: string | undefined }) | undefined;
  const asker: Asker = {
    arrived: Date.now(),
    // Whoever asks meanwhile has their answer after what is told here.
    defer: () => stands.promise,
    async post(body) {
      if (telling === undefined) throw new Error('a post before its step');
      const { note, mention, step } = telling;
      if (note !== undefined) {
        const nonce = nonceOf(step.nonce, 'note');
        await posts.send(channelId, { content: note }, nonce, mention);
      }
      return await posts.send(channelId, body, step.nonce);
    },
    hasPlace: () => false,
    async retract() {},
    keep() {},
  };
  try {
    await readings.turn(channelId, asker, async (channel) => {
      const { reading, schedule } = scheduled(channelId, channel, context);
      const { story } = channel;
      if (schedule.next > clock.now()) throw notDue(channelId, reading, context);
      if (story === undefined) throw new StoryGone(`the story ${reading.story} is gone`);
      if (isOver(reading, story)) return { changed: unpaced(reading) };
      const step = await scheduledStep(channelId, reading, story, schedule, {
        ...context,
        ageRestriction: () => context.ageRestrictionOf(channelId),
      });
      telling = { ...step, mention: schedule.mention };
      nameRequest(step.step.nonce);
      return step.step;
    });
  } finally {
    stands.resolve();
  }
}

type Failure = Refused | StoryGone | RatingRefusal;

/** Whether it is the channel's own trouble; anything else, rate limits too, is nobody's fault there. */
function isFailure(error: unknown): error is Failure {
  if (error instanceof Refused && error.cause instanceof RateLimitError) return false;
  return error instanceof Refused || error instanceof StoryGone || error instanceof RatingRefusal;
}

async function noteFailure(
  channelId: string,
  error: Failure,
  context: ScheduledTurnContext,
): Promise<void> {
  const { clock, posts, onTrouble, readings } = context;
  const { cause } = error;
  const isGone =
    cause instanceof DiscordAPIError && cause.code === RESTJSONErrorCodes.UnknownChannel;
  let stopped: Schedule | undefined;
  const { id, serial, title } = await readings.change(channelId, (channel): Change => {
    const { reading, schedule } = scheduled(channelId, channel, context);
    // Another process failed with the same telling, and has written it down.
    if (schedule.next > clock.now()) throw notDue(channelId, reading, context);
    const failures = schedule.failures + 1;
    if (isGone || error instanceof RatingRefusal || failures >= MOST_FAILURES) {
      stopped = schedule;
      const changed = unpaced(reading);
      const words = wordsFor(schedule.locale);
      const components = isGone
        ? undefined
        : newestComponents({ ...channel, reading: changed }, words);
      return { changed, ...(components && { components }) };
    }
    const { rest: _, ...resting } = schedule;
    const { next } = followingTelling(schedule.rhythm, schedule.next, clock.now());
    return { changed: { ...reading, pace: { ...resting, next, failures } } };
  });
  if (stopped === undefined) return;
  onTrouble(error, channelId, 'a schedule is stopped');
  if (isGone) return;
  const content = stopText(error, title, wordsFor(stopped.locale));
  await posts
    .send(channelId, { content }, nonceOf(channelId, id, serial, 'stopped'))
    .catch((failure: unknown) => onTrouble(failure, channelId, 'nobody is told that it stopped'));
}

/** Why the story does not come by itself any more, and what to do. */
function stopText(error: Failure, storyTitle: string, words: Words): string {
  const title = inlineTitle(storyTitle);
  if (error instanceof RatingRefusal) {
    const rating = words(`card.rating.${error.rating}`);
    return words('schedule.notRestricted', { title, rating });
  }
  return words(error instanceof StoryGone ? 'schedule.storyGone' : 'schedule.stopped', { title });
}

/** The reading and its schedule. Throws `NotDue` where there is none. */
function scheduled(
  channelId: string,
  { reading }: Channel,
  context: ScheduledTurnContext,
): { reading: Reading; schedule: Schedule } {
  if (reading?.pace?.kind !== 'schedule') throw notDue(channelId, reading, context);
  return { reading, schedule: reading.pace };
}

function notDue(
  channelId: string,
  reading: Reading | undefined,
  { onNotDue }: ScheduledTurnContext,
): NotDue {
  onNotDue(channelId, reading);
  return new NotDue('nothing is due here');
}

function unpaced({ pace: _, ...reading }: Reading): Reading {
  return reading;
}
