import type { MessageComponentInteraction } from 'discord.js';
import { type AnswerContext, mayHost } from '../command.ts';
import { newestComponents } from '../message/newest.ts';
import { awaitedText } from '../message/ready.ts';
import { isReady, makeReady, readiness, unmakeReady, waitEnd } from '../reading/company.ts';
import type { Together } from '../reading/pace.ts';
import type { Reading } from '../reading/record.ts';
import type { Change, Channel, Step } from '../reading/turn.ts';
import { nextStep } from './next-step.ts';
import { type Asking, assertNewest, tell } from './telling.ts';

/**
 * A press of `Ready`, or of a `Next` that still stands there: says that this reader is ready, or
 * takes it back, or turns the page. `state` is "<reading's id>:<its serial>".
 */
export async function pressReady(
  interaction: MessageComponentInteraction,
  context: AnswerContext,
  state: string,
): Promise<void> {
  await tell(interaction, context, (channel) => {
    assertNewest(interaction, channel, state, context.words);
    return stepOrReady(interaction, channel, context);
  });
}

/**
 * What comes of somebody's asking for the next passage: the passage, or, where the room turns the
 * page together and is not ready yet, that this reader is. A command of those who may host turns
 * the page at once; their press counts like anybody's, since they read along.
 */
export async function stepOrReady(
  interaction: Asking,
  channel: Channel,
  context: AnswerContext,
): Promise<Step | Change> {
  const { channelId, user } = interaction;
  const { reading, story } = channel;
  const pace = reading?.pace;
  const isAwaited =
    reading !== undefined &&
    story !== undefined &&
    reading.ended === undefined &&
    pace?.kind === 'together' &&
    !isWaitOver(reading, pace, context.clock.now());
  const isPress = interaction.isMessageComponent();
  if (!isAwaited || (!isPress && mayHost(interaction, reading))) {
    return await nextStep(channelId, channel, context);
  }
  const made = makeReady(reading, user.id);
  const { ready, needed } = readiness(made, pace);
  if (ready >= needed) return await nextStep(channelId, { ...channel, reading: made }, context);
  const isTakenBack = isPress && isReady(reading, user.id);
  const changed = isTakenBack ? unmakeReady(reading, user.id) : made;
  return readyChange(interaction, { ...channel, reading: changed }, pace, context);
}

function isWaitOver(reading: Reading, pace: Together, now: number): boolean {
  const end = waitEnd(reading, pace);
  return end !== undefined && now >= end;
}

/** Stores and shows who is ready. A press shows it on the message itself, unless that fails. */
function readyChange(
  interaction: Asking,
  channel: Channel & { readonly reading: Reading },
  pace: Together,
  { answer, log, words, roomWords }: AnswerContext,
): Change {
  const { reading: changed } = channel;
  const components = newestComponents(channel, roomWords);
  return {
    changed,
    ...(components && { components }),
    async show() {
      if (interaction.isMessageComponent() && components) {
        const isShown = await answer.dress(components).catch((err: unknown) => {
          log.warn({ err, channel: interaction.channelId }, 'a count of readers is not shown');
          return false;
        });
        if (isShown) return true;
      }
      const content = awaitedText(changed, pace, interaction.user.id, words);
      await answer.whisper({ content, components: [] });
      return false;
    },
  };
}
