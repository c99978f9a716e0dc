import {
  type APIApplicationCommandOptionChoice,
  ApplicationIntegrationType,
  type AutocompleteInteraction,
  type BaseInteraction,
  type ChatInputCommandInteraction,
  InteractionContextType,
  type MessageComponentInteraction,
  type MessageContextMenuCommandInteraction,
  PermissionFlagsBits,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  type RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from 'discord.js';
import type { AgeRestriction } from './age-restrictions.ts';
import type { Answer } from './answer.ts';
import type { CardPainter } from './card/painter.ts';
import type { Clock } from './clock.ts';
import type { Limits } from './limits.ts';
import type { Log } from './log.ts';
import type { Finished } from './reading/finished.ts';
import type { KeptLines } from './reading/kept.ts';
import type { Marks } from './reading/marks.ts';
import type { Problems } from './reading/problems.ts';
import type { Readings } from './reading/readings.ts';
import type { Reading } from './reading/record.ts';
import type { ToldMessages } from './reading/told-messages.ts';
import type { Library } from './story/library.ts';
import type { Words } from './words/words.ts';

/** What every command works with. */
export interface Context {
  readonly library: Library;
  readonly readings: Readings;
  /** Where each channel's passages were told. */
  readonly toldMessages: ToldMessages;
  /** Which stories each server or DM has read to the end. */
  readonly finished: Finished;
  /** The lines that readers keep. */
  readonly kept: KeptLines;
  /** How far each reader has come in each channel. */
  readonly marks: Marks;
  /** What went wrong in each channel last. */
  readonly problems: Problems;
  /** Paints a line as a picture; `undefined` where it can't, and then text serves. Never throws. */
  readonly cards: Pick<CardPainter, 'paint'>;
  readonly clock: Clock;
  /** What one person may ask for. */
  readonly limits: Limits;
  /** Of the place where somebody asks. Throws `NoTurn` where Discord can't be asked. */
  readonly ageRestriction: () => Promise<AgeRestriction>;
  readonly log: Log;
  /** In the language of whoever asks. */
  readonly words: Words;
}

/** The same for an interaction that can be answered with a message. */
export interface AnswerContext extends Context {
  readonly answer: Answer;
  /** In the language of the channel: for what everybody sees. */
  readonly roomWords: Words;
}

export type Choice = APIApplicationCommandOptionChoice<string>;

/** A command in a message's own menu. */
export interface MessageCommand {
  readonly data: RESTPostAPIContextMenuApplicationCommandsJSONBody;
  onMessage(
    interaction: MessageContextMenuCommandInteraction,
    context: AnswerContext,
  ): Promise<void>;
}

export interface SlashCommand {
  /** As Discord's command list has it, its texts from `words/`. */
  readonly data: RESTPostAPIChatInputApplicationCommandsJSONBody;
  execute(interaction: ChatInputCommandInteraction, context: AnswerContext): Promise<void>;
  /** The choices for the option being typed: at most 25, names and values of 1 to 100 characters. */
  autocomplete?(interaction: AutocompleteInteraction, context: Context): Promise<Choice[]>;
  /** A button whose custom id is this command's name and, after a colon, `state`. */
  press?: Press;
}

/** Answers the press of a button, by the rest of its custom id. */
export type Press = (
  interaction: MessageComponentInteraction,
  context: AnswerContext,
  state: string,
) => Promise<void>;

export type Command = SlashCommand | MessageCommand;

/** A refusal: its message is for whoever asked, and is shown to them alone. */
export class UserError extends Error {
  /** What is refused by: a rule of the reading's, a limit, or that the bot is being stopped. */
  readonly by: 'rule' | 'limit' | 'stopping';

  constructor(message: string, by: UserError['by'] = 'rule') {
    super(message);
    this.by = by;
  }
}

/** The refusal of whoever asks for too much, with the ms until they may ask again. */
export function limitError(
  sentence: 'limit.asking' | 'limit.quotes',
  ms: number,
  words: Words,
): UserError {
  return new UserError(words(sentence, { count: Math.ceil(ms / 1000) }), 'limit');
}

/** Where every command serves: servers, DMs with the bot, group DMs; by either kind of install. */
export const EVERYWHERE = {
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
  integration_types: [
    ApplicationIntegrationType.GuildInstall,
    ApplicationIntegrationType.UserInstall,
  ],
};

/** The server, where the bot is a member of it: neither in a DM nor by a user install alone. */
export function memberGuild(interaction: BaseInteraction): string | undefined {
  const { authorizingIntegrationOwners: installs, guildId } = interaction;
  return guildId !== null && installs.guildId === guildId ? guildId : undefined;
}

/** Whether this user may do what a host may. In a DM everyone is host. */
export function mayHost(interaction: BaseInteraction, reading: Reading): boolean {
  return (
    interaction.guildId === null ||
    interaction.user.id === reading.host ||
    interaction.memberPermissions?.has(PermissionFlagsBits.ManageMessages) === true
  );
}

/**
 * Whether Discord would show every answer to the asker alone: the bot is not in the server, only
 * with this user, who lacks Use External Apps
 * (discord.com/developers/docs/resources/application#user-install-permission).
 */
export function isUnheard(interaction: BaseInteraction): boolean {
  const { authorizingIntegrationOwners: installs, guildId, memberPermissions } = interaction;
  return (
    guildId !== null &&
    installs.guildId === null &&
    installs.userId !== null &&
    memberPermissions?.has(PermissionFlagsBits.UseExternalApps) === false
  );
}
