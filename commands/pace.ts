import { type APIApplicationCommandBasicOption, ApplicationCommandOptionType } from 'discord.js';
import { EVERYWHERE, type SlashCommand } from '../src/command.ts';
import { setDaily, setEvery, suggestForSchedule } from '../src/schedule/pacing-schedule.ts';
import { endPace, setTogether, showPace } from '../src/telling/pacing.ts';
import { byOption, setBy } from '../src/telling/telling-by.ts';
import { described } from '../src/words/words.ts';

/** How much each telling of a schedule tells, and whom it calls. */
const TELLING: APIApplicationCommandBasicOption[] = [
  {
    name: 'passages',
    ...described((words) => words('commands.pace.passages')),
    type: ApplicationCommandOptionType.Integer,
    min_value: 1,
    max_value: 10,
  },
  {
    name: 'chapter',
    ...described((words) => words('commands.pace.chapter')),
    type: ApplicationCommandOptionType.Boolean,
  },
  {
    name: 'mention',
    ...described((words) => words('commands.pace.mention')),
    type: ApplicationCommandOptionType.Role,
  },
];

export default {
  data: {
    name: 'pace',
    ...described((words) => words('commands.pace.description')),
    ...EVERYWHERE,
    options: [
      {
        name: 'together',
        ...described((words) => words('commands.pace.together')),
        type: ApplicationCommandOptionType.Subcommand,
        options: [
          {
            name: 'readers',
            ...described((words) => words('commands.pace.readers')),
            type: ApplicationCommandOptionType.Integer,
            min_value: 2,
            max_value: 20,
          },
          {
            name: 'wait',
            ...described((words) => words('commands.pace.wait')),
            type: ApplicationCommandOptionType.Integer,
            min_value: 0,
            max_value: 7 * 24 * 60,
          },
        ],
      },
      {
        name: 'every',
        ...described((words) => words('commands.pace.every')),
        type: ApplicationCommandOptionType.Subcommand,
        options: [
          {
            name: 'every',
            ...described((words) => words('commands.pace.everyTime')),
            type: ApplicationCommandOptionType.String,
            required: true,
            autocomplete: true,
          },
          ...TELLING,
        ],
      },
      {
        name: 'daily',
        ...described((words) => words('commands.pace.daily')),
        type: ApplicationCommandOptionType.Subcommand,
        options: [
          {
            name: 'at',
            ...described((words) => words('commands.pace.at')),
            type: ApplicationCommandOptionType.String,
            required: true,
          },
          {
            name: 'zone',
            ...described((words) => words('commands.pace.zone')),
            type: ApplicationCommandOptionType.String,
            required: true,
            autocomplete: true,
          },
          {
            name: 'days',
            ...described((words) => words('commands.pace.days')),
            type: ApplicationCommandOptionType.String,
            autocomplete: true,
          },
          ...TELLING,
        ],
      },
      {
        name: 'by',
        ...described((words) => words('commands.pace.by')),
        type: ApplicationCommandOptionType.Subcommand,
        options: [byOption(true)],
      },
      {
        name: 'show',
        ...described((words) => words('commands.pace.show')),
        type: ApplicationCommandOptionType.Subcommand,
      },
      {
        name: 'off',
        ...described((words) => words('commands.pace.off')),
        type: ApplicationCommandOptionType.Subcommand,
      },
    ],
  },

  async execute(interaction, context) {
    switch (interaction.options.getSubcommand()) {
      case 'together':
        return await setTogether(interaction, context);
      case 'every':
        return await setEvery(interaction, context);
      case 'daily':
        return await setDaily(interaction, context);
      case 'by':
        return await setBy(interaction, context);
      case 'off':
        return await endPace(interaction, context);
      default:
        return await showPace(interaction, context);
    }
  },

  async autocomplete(interaction, context) {
    return await suggestForSchedule(interaction, context);
  },
} satisfies SlashCommand;
