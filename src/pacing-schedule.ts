import type { AutocompleteInteraction, ChatInputCommandInteraction } from 'discord.js';
import { type AnswerContext, type Choice, type Context, UserError } from './command.ts';

export async function setEvery(
  _interaction: ChatInputCommandInteraction,
  _context: AnswerContext,
): Promise<void> {
  throw new UserError('');
}

export async function setDaily(
  _interaction: ChatInputCommandInteraction,
  _context: AnswerContext,
): Promise<void> {
  throw new UserError('');
}

export async function suggestForSchedule(
  _interaction: AutocompleteInteraction,
  _context: Context,
): Promise<Choice[]> {
  return [];
}
