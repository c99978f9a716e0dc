import type { ChatInputCommandInteraction, MessageComponentInteraction } from 'discord.js';
import { type AnswerContext, isUnheard, mayHost, UserError } from './command.ts';
import { inlineTitle } from './message/markdown.ts';
import { passageMessage } from './message/passage.ts';
import { messageLink, placeOf } from './message/place.ts';
import { moveTo } from './reading/move.ts';
import type { Reading } from './reading/record.ts';
import type { Channel, Step } from './reading/turn.ts';
import type { Story } from './story/story.ts';
import type { Words } from './words/words.ts';

export type Asking = ChatInputCommandInteraction | MessageComponentInteraction;

/** Takes a turn in the interaction's channel, where everybody would see what is told. */
export async function tell(
  interaction: Asking,
  context: AnswerContext,
  decide: (channel: Channel) => Step | Promise<Step>,
): Promise<void> {
  const { answer, readings, words } = context;
  if (isUnheard(interaction)) throw new UserError(words('refusal.private'));
  const told = await readings.turn(interaction.channelId, answer, decide);
  if (told !== undefined) await markSeen(interaction, context, told);
}

/**
 * Notes that whoever asked or pressed has seen the channel's passage. Never throws: a mark is a
 * convenience, and whoever asked has the answer already.
 */
export async function markSeen(
  { channelId, user }: Asking,
  { marks, log }: AnswerContext,
  reading: Reading,
): Promise<void> {
  await marks.note(channelId, user.id, reading).catch((err: unknown) => {
    log.warn({ err, channel: channelId }, 'a mark is not noted');
  });
}

/** The step that tells one passage, wherever it stands. */
export function passageStep(story: Story, reading: Reading, number: number, words: Words): Step {
  const moved = moveTo(reading, story, number);
  return { reading: moved, body: passageMessage(story, moved, words) };
}

/** The reading here and its story. Throws a `UserError` where one of them is missing. */
export function beingRead(channel: Channel, words: Words): { reading: Reading; story: Story } {
  const { reading, story } = channel;
  if (reading === undefined) throw new UserError(words('refusal.nothing'));
  if (story === undefined) {
    throw new UserError(words('refusal.gone', { title: inlineTitle(reading.title) }));
  }
  return { reading, story };
}

/** Throws a `UserError` unless this user may do what a host may. */
export function assertHost(interaction: Asking, reading: Reading, words: Words): void {
  if (!mayHost(interaction, reading)) {
    throw new UserError(words('refusal.host', { host: hostName(reading, words) }));
  }
}

/** The host as a mention, which shows the name and, with pings switched off, calls nobody. */
export function hostName({ host }: Reading, words: Words): string {
  return host === '' ? words('refusal.nobody') : `<@${host}>`;
}

/** Where the channel is now, with a link: "You are at 7 of 25. Here is the newest message." */
export function whereNow(interaction: Asking, channel: Channel, words: Words): string {
  const { reading, story } = channel;
  if (reading === undefined) return words('refusal.nothing');
  const place = placeOf(reading.position, story?.passages.length ?? reading.position);
  const id = reading.message?.id;
  const link = id && messageLink(interaction.guildId, interaction.channelId, id);
  return [
    words('standing.at', { place }),
    ...(link ? [words('standing.link', { link })] : []),
  ].join(' ');
}
