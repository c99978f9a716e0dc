import { EVERYWHERE, type SlashCommand, UserError } from '../src/command.ts';
import { endingMessage } from '../src/message/ending.ts';
import { inlineTitle } from '../src/message/markdown.ts';
import { end, isOver } from '../src/reading/move.ts';
import type { Channel, Step } from '../src/reading/turn.ts';
import { beingRead, passageStep, tell, whereNow } from '../src/telling.ts';
import { described, type Words } from '../src/words/words.ts';

export default {
  data: {
    name: 'next',
    ...described((words) => words('commands.next.description')),
    ...EVERYWHERE,
  },

  async execute(interaction, context) {
    const { words, roomWords } = context;
    await tell(interaction, context, (channel) => nextStep(channel, words, roomWords));
  },

  /** `state` is "<reading's id>:<its serial>": only the newest message of the reading has both. */
  async press(interaction, context, state) {
    const { words, roomWords } = context;
    await tell(interaction, context, (channel) => {
      const { reading } = channel;
      if (reading === undefined || state !== `${reading.id}:${reading.serial}`) {
        const isSame = reading !== undefined && state.startsWith(`${reading.id}:`);
        const refusal = words(isSame ? 'refusal.stale' : 'refusal.elsewhere');
        throw new UserError(`${refusal} ${whereNow(interaction, channel, words)}`);
      }
      return nextStep(channel, words, roomWords);
    });
  },
} satisfies SlashCommand;

function nextStep(channel: Channel, words: Words, roomWords: Words): Step {
  const { reading, story } = beingRead(channel, words);
  if (isOver(reading, story)) {
    throw new UserError(words('refusal.ended', { title: inlineTitle(story.title) }));
  }
  if (reading.position < story.passages.length) {
    return passageStep(story, reading, reading.position + 1, roomWords);
  }
  const ended = end(reading, Date.now());
  return { reading: ended, body: endingMessage(story, ended, roomWords) };
}
