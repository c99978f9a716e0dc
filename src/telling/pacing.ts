import type { ChatInputCommandInteraction } from 'discord.js';
import { type AnswerContext, isUnheard, UserError } from '../command.ts';
import { inlineTitle } from '../message/markdown.ts';
import { newestComponents } from '../message/newest.ts';
import { paceText } from '../message/pace.ts';
import { readiness } from '../reading/company.ts';
import { isOver } from '../reading/move.ts';
import type { Pace } from '../reading/pace.ts';
import type { Reading } from '../reading/record.ts';
import type { Story } from '../story/story.ts';
import { assertMayHear } from './audience.ts';
import { arrived, assertHost, standingHere } from './telling.ts';

/** Minutes after which a room that waits for somebody can go on. */
const USUAL_WAIT = 10;
const MINUTE = 60_000;

/**
 * Gives the reading here a pace, or none, where the user may do so, and tells everybody what holds
 * now. A pace needs a story that may be told here; none can be had anywhere. Whatever `choose`
 * throws changes nothing.
 */
export async function setPace(
  interaction: ChatInputCommandInteraction,
  context: AnswerContext,
  choose: () => Pace | undefined,
): Promise<void> {
  const { answer, roomWords } = context;
  const { pace } = await changeReading(interaction, context, async (reading, story) => {
    // Whoever was ready was so for another pace.
    const { pace: _, ready: __, ...rest } = reading;
    const chosen = choose();
    if (chosen !== undefined) await assertMayHear(story, context);
    return { ...rest, ...(chosen && { pace: chosen }) };
  });
  await answer.post({ content: paceText(pace, roomWords), components: [] });
}

/**
 * Changes the reading here where the user may do so, for everybody to see, and returns it. The
 * newest message gets the buttons that go with it. Whatever `change` throws changes nothing.
 */
export async function changeReading(
  interaction: ChatInputCommandInteraction,
  { answer, readings, words, roomWords }: AnswerContext,
  change: (reading: Reading, story: Story) => Reading | Promise<Reading>,
): Promise<Reading> {
  if (isUnheard(interaction)) throw new UserError(words('refusal.private'));
  const setting = readings.change(interaction.channelId, async (channel) => {
    const { reading, story } = standingHere(arrived(channel, interaction), words);
    assertHost(interaction, reading, words);
    if (isOver(reading, story)) {
      throw new UserError(words('refusal.ended', { title: inlineTitle(story.title) }));
    }
    const changed = await change(reading, story);
    const components = newestComponents({ ...channel, reading: changed }, roomWords);
    return { changed, ...(components && { components }) };
  });
  return await answer.while(setting, 'public');
}

/** `/pace together`: the page turns when the room is ready. */
export async function setTogether(
  interaction: ChatInputCommandInteraction,
  context: AnswerContext,
): Promise<void> {
  const readers = interaction.options.getInteger('readers');
  const minutes = interaction.options.getInteger('wait') ?? USUAL_WAIT;
  await setPace(interaction, context, () => ({
    kind: 'together',
    ...(readers !== null && { readers }),
    // Nought minutes: it waits for as long as it takes.
    ...(minutes > 0 && { wait: minutes * MINUTE }),
    since: context.clock.now(),
  }));
}

/** `/pace off`: whoever asks turns the page. */
export async function endPace(
  interaction: ChatInputCommandInteraction,
  context: AnswerContext,
): Promise<void> {
  await setPace(interaction, context, () => undefined);
}

/** `/pace show`: what holds, for whoever asks alone. */
export async function showPace(
  { channelId }: ChatInputCommandInteraction,
  { answer, readings, words }: AnswerContext,
): Promise<void> {
  const channel = await answer.while(readings.look(channelId), 'private');
  const { reading } = standingHere(channel, words);
  const { pace } = reading;
  const count = pace?.kind === 'together' ? [words('pace.ready', readiness(reading, pace))] : [];
  const way = reading.by === 'page' ? [words('pace.by.page')] : [];
  const content = [paceText(pace, words), ...count, ...way].join(' ');
  await answer.whisper({ content, components: [] });
}
