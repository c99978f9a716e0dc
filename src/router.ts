import { setTimeout as sleep } from 'node:timers/promises';
import type { AutocompleteInteraction, Interaction, RepliableInteraction } from 'discord.js';
import { buttons, commands } from '../commands/index.ts';
import type { AgeRestriction, AgeRestrictions } from './age-restrictions.ts';
import { Answer } from './answer.ts';
import { type AnswerContext, type Context, memberGuild, UserError } from './command.ts';
import type { Log } from './log.ts';
import { troubleText } from './message/trouble.ts';
import type { Claims } from './reading/claims.ts';
import { troubleOf } from './reading/trouble.ts';
import { AnsweredElsewhere, NoTurn } from './reading/turn.ts';
import type { SentChannels } from './sent-channels.ts';
import type { Webhook } from './webhook.ts';
import { wordsFor } from './words/words.ts';

export interface Router {
  /** Answers an interaction, whatever becomes of it; never throws. */
  handle(interaction: Interaction): Promise<void>;
  /** From now on interactions are answered with a request to try again. */
  close(): void;
}

/** A process that is stopping leaves what comes in to another for so long, in ms. */
const SUCCESSOR_FIRST = 400;

const commandsByName = new Map(commands.map((command) => [command.data.name, command]));
const pressByName = new Map(Object.entries(buttons));

/** What each interaction's context is made of. */
export interface RouterContext extends Omit<Context, 'ageRestriction' | 'log' | 'words'> {
  readonly claims: Pick<Claims, 'take'>;
  readonly ageRestrictions: AgeRestrictions;
  readonly sentChannels: SentChannels;
}

/** Leads each interaction to its command. This is the one place where errors end. */
export function createRouter(
  { ageRestrictions, claims, sentChannels, ...shared }: RouterContext,
  webhook: Webhook,
  log: Log,
): Router {
  let isClosed = false;

  /** Asked for only where a story's rating calls for it: of a thread Discord has to be asked. */
  function ageRestrictionIn(interaction: Interaction): () => Promise<AgeRestriction> {
    const sent = sentChannels.take(interaction.id);
    return async () => {
      if (memberGuild(interaction) === undefined) return 'outside';
      return await ageRestrictions.of(sent).catch((cause: unknown) => {
        throw new NoTurn('unsettled', { cause });
      });
    };
  }

  /** Whoever takes over answers better than with a request to try again. */
  async function claimLate(interaction: string): Promise<void> {
    await sleep(SUCCESSOR_FIRST);
    await claims.take(interaction);
  }

  async function answerIt(interaction: RepliableInteraction, context: Context): Promise<void> {
    const { words } = context;
    const roomWords = wordsFor(interaction.guildLocale ?? interaction.locale);
    const answer = new Answer(webhook, {
      id: interaction.id,
      token: interaction.token,
      claim: isClosed ? claimLate(interaction.id) : claims.take(interaction.id),
      ...(interaction.isMessageComponent() && {
        pressed: interaction.message.id,
        key: interaction.customId,
      }),
    });
    try {
      if (isClosed) throw new UserError(words('trouble.stopping'));
      await route(interaction, { ...context, answer, roomWords });
    } catch (error) {
      if (error instanceof AnsweredElsewhere) {
        log.debug('an interaction is seen to elsewhere');
        const content = words('trouble.again');
        if (await answer.isAwaited()) await answer.whisper({ content, components: [] });
        return;
      }
      if (!(error instanceof UserError)) {
        log.error({ err: error }, 'an answer failed');
        if (interaction.channelId !== null) {
          const { clock, problems } = context;
          problems.note(interaction.channelId, troubleOf(error), clock.now());
        }
      }
      const content = error instanceof UserError ? error.message : troubleText(error, words);
      await answer.whisper({ content, components: [] });
    }
  }

  async function complete(interaction: AutocompleteInteraction, context: Context): Promise<void> {
    const choices = await suggest(interaction, context).catch((err: unknown) => {
      log.error({ err }, 'an autocomplete failed');
      return [];
    });
    await interaction.respond(choices).catch((err: unknown) => {
      // Whoever types on does not wait for older choices, and neither does Discord.
      log.debug({ err }, 'choices came too late');
    });
  }

  return {
    async handle(interaction) {
      const words = wordsFor(interaction.locale);
      const ageRestriction = ageRestrictionIn(interaction);
      const context: Context = { ...shared, ageRestriction, log, words };
      try {
        if (interaction.isAutocomplete()) await complete(interaction, context);
        else if (interaction.isRepliable()) await answerIt(interaction, context);
      } catch (err) {
        if (!(err instanceof AnsweredElsewhere)) log.error({ err }, 'an interaction failed');
      }
    },
    close() {
      isClosed = true;
    },
  };
}

async function suggest(interaction: AutocompleteInteraction, context: Context) {
  const command = commandsByName.get(interaction.commandName);
  if (!command || !('autocomplete' in command)) return [];
  return (await command.autocomplete?.(interaction, context)) ?? [];
}

/** Finds whose interaction it is: a command by its name, a button by its custom id's first part. */
async function route(interaction: RepliableInteraction, context: AnswerContext): Promise<void> {
  const { words } = context;
  if (interaction.isMessageComponent()) {
    const [, name = '', state = ''] = /^([^:]*):(.*)$/s.exec(interaction.customId) ?? [];
    const command = commandsByName.get(name);
    const press = command && 'press' in command ? command.press : pressByName.get(name);
    if (press === undefined) throw new UserError(words('refusal.unknownButton'));
    return await press(interaction, context, state);
  }
  const command = interaction.isCommand() ? commandsByName.get(interaction.commandName) : undefined;
  if (command && 'execute' in command && interaction.isChatInputCommand()) {
    return await command.execute(interaction, context);
  }
  if (command && 'onMessage' in command && interaction.isMessageContextMenuCommand()) {
    return await command.onMessage(interaction, context);
  }
  throw new UserError(words('refusal.unknownCommand'));
}
