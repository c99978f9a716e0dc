import { ApplicationCommandOptionType } from 'discord.js';
import { EVERYWHERE, type SlashCommand, UserError } from '../src/command.ts';
import { choiceName, fold } from '../src/message/choice.ts';
import { inlineTitle } from '../src/message/markdown.ts';
import type { Reading } from '../src/reading/record.ts';
import { isolated } from '../src/story/direction.ts';
import type { Story } from '../src/story/story.ts';
import { mayHear } from '../src/telling/audience.ts';
import { assertHost, beingRead, passageStep, tell } from '../src/telling/telling.ts';
import { described, type Words } from '../src/words/words.ts';

export default {
  data: {
    name: 'goto',
    ...described((words) => words('commands.goto.description')),
    ...EVERYWHERE,
    options: [
      {
        name: 'passage',
        ...described((words) => words('commands.goto.passage')),
        type: ApplicationCommandOptionType.Integer,
        min_value: 1,
      },
      {
        name: 'chapter',
        ...described((words) => words('commands.goto.chapter')),
        type: ApplicationCommandOptionType.String,
        autocomplete: true,
      },
    ],
  },

  async execute(interaction, context) {
    const { words } = context;
    const passage = interaction.options.getInteger('passage');
    const chapter = interaction.options.getString('chapter');
    await tell(interaction, context, async (channel) => {
      const { reading, story } = await beingRead(channel, context);
      assertHost(interaction, reading, words);
      if (passage !== null && chapter !== null) throw new UserError(words('refusal.gotoBoth'));
      if (passage === null && chapter === null) throw new UserError(words('refusal.goto'));
      const number = passage ?? firstOf(chapter ?? '', reading, story, words);
      if (number < 1 || number > story.length) {
        const [title, count] = [inlineTitle(story.title), story.length];
        throw new UserError(words('refusal.from', { title, count }));
      }
      return passageStep(story, reading, number, context);
    });
  },

  async autocomplete(interaction, context) {
    const { readings, words } = context;
    const { reading, story } = await readings.look(interaction.channelId);
    if (reading === undefined || story === undefined) return [];
    if (!(await mayHear(story, context))) return [];
    const typed = fold(interaction.options.getFocused());
    return chapterNames(reading, story, words)
      .map((name, index) => ({ name: choiceName(name), value: `#${index + 1}` }))
      .filter(({ name }) => fold(name).includes(typed))
      .slice(0, 25);
  },
} satisfies SlashCommand;

/** The first passage of a chapter, by the choice's value or by its title typed out. */
function firstOf(chosen: string, reading: Reading, story: Story, words: Words): number {
  const names = chapterNames(reading, story, words);
  const title = fold(chosen);
  const index = /^#\d+$/.test(chosen)
    ? Number(chosen.slice(1)) - 1
    : story.chapters.findIndex(
        (chapter, at) =>
          fold(names[at] ?? '') === title ||
          (chapter.first <= reading.furthest && fold(chapter.title) === title),
      );
  const chapter = story.chapters[index];
  if (chapter === undefined) throw new UserError(words('refusal.noChapter'));
  return chapter.first;
}

/** A chapter that was not reached yet is a number: its title could tell what is to come. */
function chapterNames(reading: Reading, story: Story, words: Words): string[] {
  return story.chapters.map(({ title, first }, index) =>
    first <= reading.furthest
      ? words('goto.chapter', { chapter: isolated(title), passage: first })
      : words('goto.hidden', { number: index + 1, passage: first }),
  );
}
