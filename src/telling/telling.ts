import type { ChatInputCommandInteraction, MessageComponentInteraction } from 'discord.js';
import { type AnswerContext, isUnheard, mayHost, UserError } from '../command.ts';
import { inlineTitle } from '../message/markdown.ts';
import { toldFrom } from '../message/page.ts';
import { passageMessage } from '../message/passage.ts';
import { newestLink, placeOf } from '../message/place.ts';
import type { Stretch } from '../message/stretch.ts';
import { arrive } from '../reading/company.ts';
import { moveTo } from '../reading/move.ts';
import type { Reading } from '../reading/record.ts';
import type { Change, Channel, Decide, Step } from '../reading/turn.ts';
import type { Story } from '../story/story.ts';
import type { Words } from '../words/words.ts';
import { assertMayHear } from './audience.ts';

export type Asking = ChatInputCommandInteraction | MessageComponentInteraction;

/**
 * Takes a turn in the interaction's channel, where everybody would see what is told. To `decide`
 * whoever asks has arrived in the reading. Whatever it comes to, a story is told or gone on with
 * only where its rating allows.
 */
export async function tell(
  interaction: Asking,
  context: AnswerContext,
  decide: Decide<Step | Change>,
): Promise<void> {
  const { answer, library, readings, words } = context;
  if (isUnheard(interaction)) throw new UserError(words('refusal.private'));
  const told = await readings.turn(interaction.channelId, answer, async (channel) => {
    const decision = await decide(arrived(channel, interaction));
    const reading = 'changed' in decision ? decision.changed : decision.reading;
    const story = reading && library.get(reading.story);
    if (story !== undefined) await assertMayHear(story, context);
    return decision;
  });
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

/** The channel once a user has pressed or asked something in it. */
export function arrived(channel: Channel, { user }: Pick<Asking, 'user'>): Channel {
  const { reading } = channel;
  return reading === undefined ? channel : { ...channel, reading: arrive(reading, user.id) };
}

/** Throws a `UserError` unless a button's state, "<reading's id>:<its serial>", is the newest one. */
export function assertNewest(
  interaction: Asking,
  channel: Channel,
  state: string,
  words: Words,
): void {
  const { reading } = channel;
  if (reading !== undefined && state === `${reading.id}:${reading.serial}`) return;
  const isSame = reading !== undefined && state.startsWith(`${reading.id}:`);
  throw outdated(interaction, channel, isSame, words);
}

/** The refusal of a button whose time is over; `isSame` where its reading is the one here. */
export function outdated(
  interaction: Asking,
  channel: Channel,
  isSame: boolean,
  words: Words,
): UserError {
  const refusal = words(isSame ? 'refusal.stale' : 'refusal.elsewhere');
  return new UserError(`${refusal} ${whereNow(interaction, channel, words)}`);
}

/** The step that tells a passage, wherever it stands, or the page that begins with it. */
export function passageStep(
  story: Story,
  reading: Reading,
  number: number,
  context: Pick<AnswerContext, 'clock' | 'roomWords'>,
): Step {
  return stretchStep(story, reading, toldFrom(story, reading, number), context);
}

/** The step that tells these passages in one message. */
export function stretchStep(
  story: Story,
  reading: Reading,
  stretch: Stretch,
  { clock, roomWords }: Pick<AnswerContext, 'clock' | 'roomWords'>,
): Step {
  const moved = moveTo(reading, story, stretch, clock.now());
  return { reading: moved, body: passageMessage(story, moved, roomWords) };
}

export interface BeingRead {
  readonly reading: Reading;
  readonly story: Story;
}

/**
 * The reading here and its story. Throws a `UserError` where one of them is missing, or where the
 * story's rating forbids it to be told or quoted; and `NoTurn`.
 */
export async function beingRead(
  channel: Channel,
  context: Pick<AnswerContext, 'ageRestriction' | 'words'>,
): Promise<BeingRead> {
  const here = standingHere(channel, context.words);
  await assertMayHear(here.story, context);
  return here;
}

/** The same where nothing of the story is shown: whatever its rating. */
export function standingHere(channel: Channel, words: Words): BeingRead {
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
function whereNow(interaction: Asking, channel: Channel, words: Words): string {
  const { reading, story } = channel;
  if (reading === undefined) return words('refusal.nothing');
  const place = placeOf(reading.position, story?.length ?? reading.position);
  const link = newestLink(interaction, reading);
  return [
    words('standing.at', { place }),
    ...(link ? [words('standing.link', { link })] : []),
  ].join(' ');
}
