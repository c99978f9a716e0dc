import { type MessageComponentInteraction, MessageFlags } from 'discord.js';
import { type AnswerContext, EVERYWHERE, type SlashCommand, UserError } from '../src/command.ts';
import {
  catchupMessage,
  isAtEnd,
  type Room,
  stretchBefore,
  stretchFrom,
} from '../src/message/catchup.ts';
import { newestLink } from '../src/message/place.ts';
import type { Stretch } from '../src/message/stretch.ts';
import { anchorsAt, locate } from '../src/reading/locate.ts';
import type { MessageBody, Reading } from '../src/reading/record.ts';
import { storyKey } from '../src/story/key.ts';
import type { Story } from '../src/story/story.ts';
import { type Asking, beingRead, markSeen } from '../src/telling/telling.ts';
import { described } from '../src/words/words.ts';

export default {
  data: {
    name: 'catchup',
    ...described((words) => words('commands.catchup.description')),
    ...EVERYWHERE,
  },

  async execute(interaction, context) {
    const { answer } = context;
    await answer.whisper(await answer.while(stretchOf(interaction, 'open', context), 'private'));
  },

  /**
   * `state` is "open", or "after:<story's key>:<passage>:<its anchor>" for what comes after the
   * last passage shown, or "before:…" for what comes before the first.
   */
  async press(interaction, context, state) {
    const { answer } = context;
    const stretch = stretchOf(interaction, state, context);
    if (isPrivate(interaction)) await answer.update(await stretch);
    else await answer.whisper(await answer.while(stretch, 'private'));
  },
} satisfies SlashCommand;

function isPrivate({ message }: MessageComponentInteraction): boolean {
  return message.flags.has(MessageFlags.Ephemeral);
}

async function stretchOf(
  interaction: Asking,
  state: string,
  context: AnswerContext,
): Promise<MessageBody> {
  const { marks, readings, words } = context;
  const { channelId, user } = interaction;
  const channel = await readings.look(channelId);
  const { reading: current, story } = await beingRead(channel, context);
  const reading = placeHere(current, channel.left, story);
  const { position } = reading;
  if (position === 0) throw new UserError(words('catchup.nothing'));
  const link = newestLink(interaction, reading);
  const room: Room = { position, ...(link && { link }) };

  const mark = await marks.of(channelId, user.id, reading, story);
  const shown = shownBefore(state, story);
  let stretch: Stretch;
  let seen = mark;
  if (shown === undefined) {
    // The passage seen last comes first, to find back into the story.
    const from = mark === position ? position + 1 : Math.max(1, mark);
    stretch = stretchFrom(story, from, room, words);
  } else if (shown.where === 'before') {
    stretch = stretchBefore(story, shown.number, room, words);
  } else {
    seen = Math.max(mark, Math.min(shown.number, position));
    stretch = stretchFrom(story, shown.number + 1, room, words);
  }
  if (isAtEnd(story, stretch, room, words)) seen = position;
  if (seen > mark) {
    const anchors = anchorsAt(story, seen);
    await markSeen(interaction, context, { ...reading, position: seen, anchors });
  }
  return catchupMessage(story, stretch, room, words);
}

/** The reading here; while it has told nothing, the one left in the same story, told here too. */
function placeHere(reading: Reading, left: readonly Reading[], story: Story): Reading {
  const place = left.find((other) => other.story === story.slug);
  return reading.position === 0 && place !== undefined ? locate(place, story) : reading;
}

/** The passage that a button was beside, a number in the story as it is now; none in another story. */
function shownBefore(
  state: string,
  story: Story,
): { where: 'before' | 'after'; number: number } | undefined {
  const [, where, key, digits, hash] =
    /^(before|after):([^:]+):(\d{1,7})(?::([^:]+))?$/.exec(state) ?? [];
  if (key !== storyKey(story.slug)) return undefined;
  const number = Number(digits);
  const isSame = hash === undefined || story.passage(number)?.anchor === hash;
  const moved = isSame ? undefined : story.numbersOf(hash)[0];
  return { where: where === 'before' ? 'before' : 'after', number: moved ?? number };
}
