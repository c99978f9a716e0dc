import {
  type ChatInputCommandInteraction,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord.js';
import {
  type AnswerContext,
  EVERYWHERE,
  isUnheard,
  memberGuild,
  type SlashCommand,
  UserError,
} from '../src/command.ts';
import { doctorMessage, type Findings } from '../src/message/doctor.ts';
import { isInThread, type Need, needsIn } from '../src/needs.ts';
import type { Reading } from '../src/reading/record.ts';
import { type Channel, NoTurn } from '../src/reading/turn.ts';
import { assertHost } from '../src/telling/telling.ts';
import { described } from '../src/words/words.ts';

export default {
  data: {
    name: 'doctor',
    ...described((words) => words('commands.doctor.description')),
    ...EVERYWHERE,
  },

  async execute(interaction, context) {
    const { answer, words } = context;
    const found = await answer.while(examine(interaction, context), 'private');
    await answer.whisper(doctorMessage(found, words));
  },
} satisfies SlashCommand;

async function examine(
  interaction: ChatInputCommandInteraction,
  { problems, readings, words }: AnswerContext,
): Promise<Findings> {
  const { channelId, guildId } = interaction;
  const start = performance.now();
  const channel = await readings.look(channelId).catch(unlessStoreIsDown);
  const storeTook = Math.ceil(performance.now() - start);
  const reading = channel?.reading;
  const isModerator =
    guildId === null || interaction.memberPermissions?.has(PermissionFlagsBits.ManageMessages);
  if (!isModerator) {
    if (reading === undefined) throw new UserError(words('doctor.refused'));
    assertHost(interaction, reading, words);
  }

  const isThread = guildId !== null && (await isInThread(interaction));
  const problem = problems.of(channelId);
  return {
    place: placeOf(interaction),
    isUnheard: isUnheard(interaction),
    isThread,
    needs: needsOf(interaction, isThread, reading),
    ...(channel && { storeTook }),
    ...(reading && { reading }),
    ...(problem && { problem }),
    since: problems.since,
  };
}

/** A store that does not answer is a finding; whatever else went wrong is not. */
function unlessStoreIsDown(error: unknown): Channel | undefined {
  if (error instanceof NoTurn && error.reason === 'store') return undefined;
  throw error;
}

function placeOf(interaction: ChatInputCommandInteraction): Findings['place'] {
  if (memberGuild(interaction) !== undefined) return 'server';
  return interaction.context === InteractionContextType.BotDM ? 'dm' : 'guest';
}

function needsOf(
  interaction: ChatInputCommandInteraction,
  isThread: boolean,
  reading: Reading | undefined,
): Need[] {
  if (memberGuild(interaction) === undefined) return [];
  const pace = reading?.pace;
  const mentions = pace?.kind === 'schedule' && pace.mention !== undefined;
  return needsIn({ isThread, mentions }, interaction.appPermissions);
}
