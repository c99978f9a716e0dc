import {
  ApplicationCommandOptionType,
  type ChatInputCommandInteraction,
  type MessageComponentInteraction,
} from 'discord.js';
import { type AnswerContext, EVERYWHERE, type SlashCommand, UserError } from '../src/command.ts';
import { choiceName } from '../src/message/choice.ts';
import { inlineTitle } from '../src/message/markdown.ts';
import type { Stretch } from '../src/message/stretch.ts';
import { linesOfMessage, offerLines } from '../src/quoting/offer-lines.ts';
import { everTold, type Form, postQuote, roomOf, storyOfKey } from '../src/quoting/quoting.ts';
import { shownBy } from '../src/reading/move.ts';
import { lineIndex } from '../src/story/line-index.ts';
import { isLineName, lineMarked, lineName, lineNamed } from '../src/story/line-name.ts';
import type { Line, Story } from '../src/story/story.ts';
import { assertMayHear, mayHear } from '../src/telling/audience.ts';
import { findStory, storyCalled, storyChoices } from '../src/telling/story-choice.ts';
import { assertHost, type BeingRead, beingRead, standingHere } from '../src/telling/telling.ts';
import { described, named } from '../src/words/words.ts';

const MOST_CHOICES = 25;
const FORMS: readonly Form[] = ['text', 'card', 'light-card'];

export default {
  data: {
    name: 'quote',
    ...described((words) => words('commands.quote.description')),
    ...EVERYWHERE,
    options: [
      {
        name: 'line',
        ...described((words) => words('commands.quote.line')),
        type: ApplicationCommandOptionType.String,
        autocomplete: true,
      },
      {
        name: 'as',
        ...described((words) => words('commands.quote.as')),
        type: ApplicationCommandOptionType.String,
        choices: [
          { ...named((words) => words('commands.quote.asText')), value: 'text' },
          { ...named((words) => words('commands.quote.asCard')), value: 'card' },
          { ...named((words) => words('commands.quote.asLightCard')), value: 'light-card' },
        ],
      },
      {
        name: 'spoiler',
        ...described((words) => words('commands.quote.spoiler')),
        type: ApplicationCommandOptionType.Boolean,
      },
      {
        name: 'story',
        ...described((words) => words('commands.quote.story')),
        type: ApplicationCommandOptionType.String,
        autocomplete: true,
      },
    ],
  },

  async execute(interaction, context) {
    const { answer, library, readings, words } = context;
    const wanted = interaction.options.getString('line');
    const form = FORMS.find((one) => one === interaction.options.getString('as')) ?? 'text';
    const isAhead = interaction.options.getBoolean('spoiler') ?? false;
    const slug = interaction.options.getString('story');

    const channel = await answer.while(readings.look(interaction.channelId), 'public');
    const named = slug === null ? undefined : findStory(library, slug, words);
    const source =
      named === undefined || named.slug === channel.reading?.story
        ? storyHere(await answer.while(beingRead(channel, context), 'public'))
        : await finishedStory(named, interaction, context);
    if (isAhead) {
      const { reading } = standingHere(channel, words);
      assertHost(interaction, reading, words);
      if (wanted === null) throw new UserError(words('refusal.lineAhead'));
    }
    const { story, newest } = source;
    const last = isAhead ? story.length : source.last;
    if (last === 0) throw new UserError(words('refusal.toldNothing'));
    const line =
      wanted === null ? anyLine(linesOfMessage(story, newest)) : await lineFor(wanted, story, last);
    // One refusal for whatever was not found: it must not tell which lines are still to come.
    if (line === undefined) throw new UserError(words('refusal.line'));
    await postQuote(interaction, context, { story, line, form, isAhead });
  },

  async autocomplete(interaction, context) {
    const { name, value } = interaction.options.getFocused(true);
    const { finished, library, readings } = context;
    if (name === 'story') {
      const slugs = await finished.storiesOf(roomOf(interaction));
      const stories = library.stories.filter((story) => slugs.includes(story.slug));
      return storyChoices(stories, value, context.words);
    }
    const slug = interaction.options.getString('story');
    const { reading, story } = await readings.look(interaction.channelId);
    const wanted = slug === null ? story : storyCalled(library, slug);
    if (wanted === undefined || !(await mayHear(wanted, context))) return [];
    if (wanted === story && reading !== undefined) {
      return await lineChoices(story, value, reading.furthest, shownBy(reading));
    }
    const last = await finished.lastTold(roomOf(interaction), wanted);
    return await lineChoices(wanted, value, last, { from: last, to: last });
  },

  /**
   * `state` is "lines:<story>:<passage>:<its hash>:<page>", the button on a passage and the pages
   * of its menu, or "choose:<story>", the menu: stories by their keys.
   */
  async press(interaction, context, state) {
    const [what, key = '', ...rest] = state.split(':');
    if (what === 'choose') return await quoteChosen(interaction, context, key);
    if (what === 'lines') return await offerLines(interaction, context, { key, rest });
    throw new UserError(context.words('refusal.unknownButton'));
  },
} satisfies SlashCommand;

interface Source {
  readonly story: Story;
  /** The last passage that may be quoted, and those whose lines come first. */
  readonly last: number;
  readonly newest: Stretch;
}

function storyHere({ reading, story }: BeingRead): Source {
  return { story, last: reading.furthest, newest: shownBy(reading) };
}

async function finishedStory(
  story: Story,
  interaction: ChatInputCommandInteraction,
  context: AnswerContext,
): Promise<Source> {
  const { answer, finished, words } = context;
  await answer.while(assertMayHear(story, context), 'public');
  const last = await answer.while(finished.lastTold(roomOf(interaction), story), 'public');
  if (last === 0) {
    throw new UserError(words('refusal.notFinished', { title: inlineTitle(story.title) }));
  }
  return { story, last, newest: { from: last, to: last } };
}

/** The line that a choice names or, for anything else typed, the line that fits it best. */
async function lineFor(wanted: string, story: Story, last: number): Promise<Line | undefined> {
  if (isLineName(wanted)) return lineNamed(story, wanted, last);
  return await lineIndex(story).find(wanted, last);
}

async function lineChoices(story: Story, typed: string, last: number, newest: Stretch) {
  if (last === 0) return [];
  const lines = typed.trim()
    ? await lineIndex(story).suggest(typed, last, MOST_CHOICES)
    : linesOfMessage(story, newest).slice(0, MOST_CHOICES);
  return lines.map((line) => ({
    name: choiceName(`${line.passage} · ${line.text}`),
    value: lineName(line),
  }));
}

function anyLine(lines: readonly Line[]): Line | undefined {
  return lines[Math.floor(Math.random() * lines.length)];
}

/** A line was chosen from a menu of this channel's. */
async function quoteChosen(
  interaction: MessageComponentInteraction,
  context: AnswerContext,
  key: string,
): Promise<void> {
  const { answer, readings, words } = context;
  const story = storyOfKey(context, key);
  const channel = await answer.while(readings.look(interaction.channelId), 'public');
  const last = await everTold(interaction, channel, story, context, 'public');
  const [mark = ''] = interaction.isStringSelectMenu() ? interaction.values : [];
  const line = await answer.while(lineMarked(story, mark, last), 'public');
  if (line === undefined) throw new UserError(words('refusal.rewritten'));
  await postQuote(interaction, context, { story, line, form: 'text', isAhead: false });
}
