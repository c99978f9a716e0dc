import { type AnswerContext, EVERYWHERE, type SlashCommand, UserError } from '../src/command.ts';
import { endingStep } from '../src/ending.ts';
import { inlineTitle } from '../src/message/markdown.ts';
import { isOver } from '../src/reading/move.ts';
import type { Channel, Step } from '../src/reading/turn.ts';
import { beingRead, passageStep, tell, whereNow } from '../src/telling.ts';
import { described } from '../src/words/words.ts';

export default {
  data: {
    name: 'next',
    ...described((words) => words('commands.next.description')),
    ...EVERYWHERE,
  },

  async execute(interaction, context) {
    await tell(interaction, context, (channel) => nextStep(interaction, channel, context));
  },

  /** `state` is "<reading's id>:<its serial>": only the newest message of the reading has both. */
  async press(interaction, context, state) {
    const { words } = context;
    await tell(interaction, context, (channel) => {
      const { reading } = channel;
      if (reading === undefined || state !== `${reading.id}:${reading.serial}`) {
        const isSame = reading !== undefined && state.startsWith(`${reading.id}:`);
        const refusal = words(isSame ? 'refusal.stale' : 'refusal.elsewhere');
        throw new UserError(`${refusal} ${whereNow(interaction, channel, words)}`);
      }
      return nextStep(interaction, channel, context);
    });
  },
} satisfies SlashCommand;

async function nextStep(
  { channelId }: { readonly channelId: string },
  channel: Channel,
  context: AnswerContext,
): Promise<Step> {
  const { words, roomWords } = context;
  const { reading, story } = beingRead(channel, words);
  if (isOver(reading, story)) {
    throw new UserError(words('refusal.ended', { title: inlineTitle(story.title) }));
  }
  if (reading.position < story.passages.length) {
    return passageStep(story, reading, reading.position + 1, roomWords);
  }
  return await endingStep(channelId, reading, story, context);
}
