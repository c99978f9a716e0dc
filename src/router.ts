import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AutocompleteInteraction,
  type Interaction,
  InteractionResponseType,
  type RepliableInteraction,
} from 'discord.js';
import type { AgeRestriction, AgeRestrictions } from './age-restrictions.ts';
import { Answer } from './answer.ts';
import { type Context, limitError, memberGuild, UserError } from './command.ts';
import type { Log } from './log.ts';
import { troubleText } from './message/trouble.ts';
import type { Asking, Meter } from './meter.ts';
import type { Claims } from './reading/claims.ts';
import { troubleOf } from './reading/trouble.ts';
import { AnsweredElsewhere, NoTurn } from './reading/turn.ts';
import { type Refusal, refusalOf } from './refusal.ts';
import { asRequest } from './request.ts';
import type { SentChannels } from './sent-channels.ts';
import type { Webhook } from './webhook.ts';
import { nameOf, route, suggest } from './whose.ts';
import { wordsFor } from './words/words.ts';

export interface Router {
  /** Answers an interaction, whatever becomes of it; never throws. */
  handle(interaction: Interaction): Promise<void>;
  /**
   * From now on interactions are answered with a request to try again. Resolves when all that
   * came before are answered.
   */
  close(): Promise<void>;
}

/** A process that is stopping leaves what comes in to another for so long, in ms. */
const SUCCESSOR_FIRST = 400;

type Outcome = 'answered' | Refusal;

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
  meter: Meter,
): Router {
  const underWay = new Set<Promise<void>>();
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

  async function answerIt(
    interaction: RepliableInteraction,
    answer: Answer,
    context: Context,
  ): Promise<Outcome> {
    const { words } = context;
    const roomWords = wordsFor(interaction.guildLocale ?? interaction.locale);
    try {
      if (isClosed) throw new UserError(words('trouble.stopping'), 'stopping');
      await limited(interaction, context, () =>
        route(interaction, { ...context, answer, roomWords }),
      );
      return 'answered';
    } catch (error) {
      const outcome = refusalOf(error);
      if (error instanceof AnsweredElsewhere) {
        const content = words('trouble.again');
        if (await answer.isAwaited()) await answer.whisper({ content, components: [] });
        return outcome;
      }
      if (!(error instanceof UserError)) {
        const level = outcome === 'bug' ? 'error' : outcome === 'late' ? 'info' : 'warn';
        log[level]({ err: error }, 'an answer failed');
        if (interaction.channelId !== null) {
          const { clock, problems } = context;
          problems.note(interaction.channelId, troubleOf(error), clock.now());
        }
      }
      const content = error instanceof UserError ? error.message : troubleText(error, words);
      // An interaction whose time is over takes no answer at all: Discord has said so itself.
      if (outcome !== 'late') await answer.whisper({ content, components: [] });
      return outcome;
    }
  }

  async function complete(
    interaction: AutocompleteInteraction,
    context: Context,
  ): Promise<Outcome> {
    let outcome: Outcome = 'answered';
    const mayHaveSome = !isClosed && context.limits.type(interaction.user.id);
    const suggestions = mayHaveSome ? suggest(interaction, context) : [];
    const choices = await Promise.resolve(suggestions).catch((err: unknown) => {
      log.error({ err }, 'an autocomplete failed');
      outcome = refusalOf(err);
      return [];
    });
    const type = InteractionResponseType.ApplicationCommandAutocompleteResult;
    const { id, token } = interaction;
    await webhook.callback(id, token, { type, data: { choices } }).catch((err: unknown) => {
      // Whoever types on does not wait for older choices, and neither does Discord.
      log.debug({ err }, 'choices came too late');
      outcome = 'late';
    });
    return outcome;
  }

  async function handle(interaction: Interaction): Promise<void> {
    const from = performance.now();
    const asking = askingOf(interaction);
    let outcome: Outcome = 'bug';
    let stoodAt: number | undefined;
    try {
      if (!isSound(interaction)) throw new TypeError('an interaction without its bearings');
      const words = wordsFor(interaction.locale);
      const ageRestriction = ageRestrictionIn(interaction);
      const context: Context = { ...shared, ageRestriction, log, words };
      if (interaction.isAutocomplete()) {
        outcome = await complete(interaction, context);
      } else if (interaction.isRepliable()) {
        const answer = new Answer(webhook, {
          id: interaction.id,
          token: interaction.token,
          claim: isClosed ? claimLate(interaction.id) : claims.take(interaction.id),
          ...(interaction.isMessageComponent() && {
            pressed: interaction.message.id,
            key: interaction.customId,
          }),
        });
        outcome = await answerIt(interaction, answer, context);
        ({ stoodAt } = answer);
      }
    } catch (err) {
      outcome = refusalOf(err);
      if (outcome === 'elsewhere') log.debug('an interaction is answered elsewhere');
      else log.error({ err }, 'an interaction failed');
    }
    const ms = (stoodAt ?? performance.now()) - from;
    if (outcome === 'answered') meter.answered(asking, ms);
    else meter.refused(outcome);
    log.debug({ asking, of: nameOf(interaction), ms, outcome }, 'an interaction is done with');
  }

  return {
    async handle(interaction) {
      const work = asRequest(interaction.id, () => handle(interaction));
      underWay.add(work);
      await work.finally(() => underWay.delete(work));
    },
    async close() {
      isClosed = true;
      await Promise.all(underWay);
    },
  };
}

/** Does what somebody asked for, within the limits that one person has. */
async function limited(
  interaction: RepliableInteraction,
  { limits, words }: Context,
  work: () => Promise<void>,
): Promise<void> {
  const { user } = interaction;
  const channelId = interaction.channelId ?? '';
  const leave = limits.enter(user.id, channelId);
  if (leave === undefined) throw new UserError(words('limit.atOnce'), 'limit');
  try {
    const wait = limits.ask(user.id, channelId, nameOf(interaction));
    if (wait > 0) throw limitError('limit.asking', wait, words);
    await work();
  } finally {
    leave();
  }
}

function askingOf(interaction: Interaction): Asking {
  if (interaction.isAutocomplete()) return 'autocomplete';
  return interaction.isMessageComponent() ? 'press' : 'command';
}

/**
 * Whether an interaction has what every answer goes by. Ids and token go into the addresses of
 * requests as they are.
 */
function isSound({ id, token, channelId, user, locale }: Interaction): boolean {
  return (
    [id, channelId, user.id].every((one) => typeof one === 'string' && /^\d{1,20}$/.test(one)) &&
    typeof token === 'string' &&
    /^[\w.~+=:-]{1,2000}$/.test(token) &&
    typeof locale === 'string'
  );
}
