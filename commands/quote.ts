import { ApplicationCommandOptionType } from 'discord.js';
import { type Command, EVERYWHERE, UserError } from '../src/command.ts';
import { choiceName } from '../src/message/choice.ts';
import { quoteMessage } from '../src/message/quote.ts';
import type { Reading } from '../src/reading/record.ts';
import { lineIndex } from '../src/story/line-index.ts';
import { linesOf } from '../src/story/lines.ts';
import type { Line, Story } from '../src/story/story.ts';
import { beingRead } from '../src/telling.ts';
import { described } from '../src/words/words.ts';

const MOST_CHOICES = 25;

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
    ],
  },

  async execute(interaction, { answer, readings, words }) {
    const channel = await answer.while(readings.look(interaction.channelId), 'public');
    const { reading, story } = beingRead(channel, words);
    if (reading.furthest === 0) throw new UserError(words('refusal.toldNothing'));
    const wanted = interaction.options.getString('line');
    const line =
      wanted === null
        ? anyLine(story, reading.position)
        : await answer.while(lineFor(wanted, story, reading), 'public');
    // One refusal for whatever was not found: it must not tell which lines are still to come.
    if (line === undefined) throw new UserError(words('refusal.line'));
    await answer.post(quoteMessage(story, line));
  },

  async autocomplete(interaction, { readings }) {
    const { reading, story } = await readings.look(interaction.channelId);
    if (reading === undefined || story === undefined || reading.furthest === 0) return [];
    const typed = interaction.options.getFocused().trim();
    const lines = typed
      ? await lineIndex(story).suggest(typed, reading.furthest, MOST_CHOICES)
      : told(story, reading.position).slice(0, MOST_CHOICES);
    return lines.map(({ passage, number, text }) => ({
      name: choiceName(`${passage} · ${text}`),
      value: `#${passage}.${number}`,
    }));
  },
} satisfies Command;

/** The line that a choice names or, for anything else typed, the told line that fits it best. */
async function lineFor(
  wanted: string,
  story: Story,
  { furthest }: Reading,
): Promise<Line | undefined> {
  const [, passage, number] = /^#(\d{1,7})\.(\d{1,7})$/.exec(wanted) ?? [];
  if (passage === undefined) return await lineIndex(story).find(wanted, furthest);
  if (Number(passage) > furthest) return undefined;
  return told(story, Number(passage))[Number(number) - 1];
}

function anyLine(story: Story, position: number): Line | undefined {
  const lines = told(story, position);
  return lines[Math.floor(Math.random() * lines.length)];
}

function told(story: Story, number: number): Line[] {
  const passage = story.passages[number - 1];
  return passage ? linesOf(passage, story.language) : [];
}
