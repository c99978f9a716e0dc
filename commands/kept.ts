import type { MessageComponentInteraction } from 'discord.js';
import {
  type AnswerContext,
  EVERYWHERE,
  memberGuild,
  type SlashCommand,
  UserError,
} from '../src/command.ts';
import { choiceName } from '../src/message/choice.ts';
import { keptMessage } from '../src/message/kept.ts';
import { everTold, storyOfKey } from '../src/quoting/quoting.ts';
import type { KeptLine } from '../src/reading/kept.ts';
import { hashText } from '../src/story/anchor.ts';
import { lineMarked } from '../src/story/line-name.ts';
import { isForAll, mayHear } from '../src/telling/audience.ts';
import { described } from '../src/words/words.ts';

export default {
  data: {
    name: 'kept',
    ...described((words) => words('commands.kept.description')),
    ...EVERYWHERE,
  },

  async execute(interaction, context) {
    await context.answer.whisper(await keptHere(interaction, '0', context));
  },

  /**
   * `state` is "keep:<story>:<the line's mark>", the button under a quote; "page:<page>";
   * "forget:<page>", the menu, its value a line's hash; or "all".
   */
  async press(interaction, context, state) {
    const { answer, kept, words } = context;
    const { channelId, user } = interaction;
    const [what, ...rest] = state.split(':');
    switch (what) {
      case 'keep':
        return await keep(interaction, context, rest[0] ?? '', rest.slice(1).join(':'));
      case 'page':
        return await answer.update(await keptHere(interaction, rest[0] ?? '', context));
      case 'forget': {
        const [hash] = interaction.isStringSelectMenu() ? interaction.values : [];
        if (hash !== undefined) {
          await answer.while(kept.forget(channelId, user.id, hash), 'private');
        }
        return await answer.update(await keptHere(interaction, rest[0] ?? '', context));
      }
      case 'all': {
        const count = await answer.while(kept.forget(channelId, user.id), 'private');
        return await answer.update({ content: words('kept.forgotten', { count }), components: [] });
      }
      default:
        throw new UserError(words('refusal.unknownButton'));
    }
  },
} satisfies SlashCommand;

async function keep(
  interaction: MessageComponentInteraction,
  context: AnswerContext,
  key: string,
  mark: string,
): Promise<void> {
  const { answer, kept, readings, words } = context;
  const { channelId, user } = interaction;
  const story = storyOfKey(context, key);
  const channel = await answer.while(readings.look(channelId), 'private');
  const last = await everTold(interaction, channel, story, context, 'private');
  const line = await answer.while(lineMarked(story, mark, last), 'private');
  if (line === undefined) throw new UserError(words('refusal.rewritten'));
  const keeping = kept.keep(channelId, memberGuild(interaction), user.id, {
    story: story.slug,
    passage: line.passage,
    hash: hashText(line.text),
    excerpt: choiceName(line.text),
    ...(!isForAll(story.rating) && { rating: story.rating }),
  });
  const outcome = await answer.while(keeping, 'private');
  await answer.whisper({ content: words(`quote.${outcome}`), components: [] });
}

async function keptHere(
  { channelId, user }: { channelId: string; user: { id: string } },
  page: string,
  context: AnswerContext,
) {
  const { answer, kept, library, words } = context;
  const both = Promise.all([kept.of(channelId, user.id), kept.favourites(channelId)]);
  const [mine, favourites] = await answer.while(both, 'private');
  // A story can have left the library since.
  const ratingOf = (line: KeptLine) => library.get(line.story)?.rating ?? line.rating ?? 'general';
  const isRated = (line: KeptLine) => !isForAll(ratingOf(line));
  const rated = [...mine, ...favourites].filter(isRated);
  const [one] = rated;
  const isOpen =
    one === undefined ||
    (await answer.while(mayHear({ rating: ratingOf(one) }, context), 'private'));
  if (isOpen) return keptMessage({ mine, favourites, hidden: 0 }, page, words);
  const shown = (lines: readonly KeptLine[]) => lines.filter((line) => !isRated(line));
  const hidden = new Set(rated.map(({ story, hash }) => `${story}:${hash}`)).size;
  return keptMessage({ mine: shown(mine), favourites: shown(favourites), hidden }, page, words);
}
