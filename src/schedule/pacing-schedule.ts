import {
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord.js';
import {
  type AnswerContext,
  type Choice,
  type Context,
  memberGuild,
  UserError,
} from '../command.ts';
import { span } from '../message/time.ts';
import { isInThread, needsIn } from '../needs.ts';
import { nextTelling } from '../reading/next-telling.ts';
import type { Schedule } from '../reading/pace.ts';
import { setPace } from '../telling/pacing.ts';
import type { Words } from '../words/words.ts';
import { parseDays, parseSpan, parseTime, parseZone, zonesLike } from './schedule-input.ts';

const SHORTEST = 60_000;
const LONGEST = 30 * 86_400_000;
/** The most choices that Discord shows. */
const MOST_CHOICES = 25;
const USUAL_SPANS = ['10m', '30m', '1h', '2h', '6h', '12h', '1d', '2d', '7d'];
const USUAL_DAYS = ['every day', 'weekdays', 'weekends', 'mon,wed,fri', 'tue,thu'];
const USUAL_ZONES = [
  'UTC',
  'Europe/London',
  'Europe/Berlin',
  'Europe/Paris',
  'America/New_York',
  'America/Chicago',
  'America/Los_Angeles',
  'America/Sao_Paulo',
  'Asia/Tokyo',
  'Asia/Shanghai',
  'Australia/Sydney',
];

/** `/pace every`: the story comes by itself, every so often. */
export async function setEvery(
  interaction: ChatInputCommandInteraction,
  context: AnswerContext,
): Promise<void> {
  const every = parseSpan(interaction.options.getString('every', true));
  if (every === undefined || every < SHORTEST || every > LONGEST) {
    throw new UserError(context.words('schedule.badSpan'));
  }
  await setSchedule(interaction, context, { every });
}

/** `/pace daily`: the story comes by itself, at a time of day. */
export async function setDaily(
  interaction: ChatInputCommandInteraction,
  context: AnswerContext,
): Promise<void> {
  const { words } = context;
  const at = parseTime(interaction.options.getString('at', true));
  if (at === undefined) throw new UserError(words('schedule.badTime'));
  const zone = parseZone(interaction.options.getString('zone', true));
  if (zone === undefined) throw new UserError(words('schedule.badZone'));
  const days = parseDays(interaction.options.getString('days') ?? '');
  if (days === undefined) throw new UserError(words('schedule.badDays'));
  await setSchedule(interaction, context, { at, zone, days });
}

/** The choices for the option of a schedule that is being typed. */
export async function suggestForSchedule(
  interaction: AutocompleteInteraction,
  { clock, words }: Context,
): Promise<Choice[]> {
  const { name, value } = interaction.options.getFocused(true);
  const typed = value.trim();
  const choices =
    name === 'zone'
      ? zoneChoices(typed, clock.now(), words)
      : name === 'days'
        ? dayChoices(typed)
        : spanChoices(typed, words);
  return choices.slice(0, MOST_CHOICES);
}

async function setSchedule(
  interaction: ChatInputCommandInteraction,
  context: AnswerContext,
  rhythm: Schedule['rhythm'],
): Promise<void> {
  const { answer, clock, words } = context;
  const { guildId, guildLocale, locale, options } = interaction;
  const isOwnDm = interaction.context === InteractionContextType.BotDM;
  if (memberGuild(interaction) === undefined && !isOwnDm) {
    throw new UserError(words('schedule.notHere'));
  }
  const passages = options.getInteger('passages');
  const isByChapter = options.getBoolean('chapter') ?? false;
  if (passages !== null && isByChapter) throw new UserError(words('schedule.both'));
  const mention = mentionOf(interaction, words);
  if (guildId !== null) {
    const names = await answer.while(missingNames(interaction), 'public');
    if (names.length > 0) {
      const list = new Intl.ListFormat(words('locale')).format(names.map((one) => `**${one}**`));
      throw new UserError(words('schedule.missing', { permissions: list }));
    }
  }
  await setPace(interaction, context, () => ({
    kind: 'schedule',
    rhythm,
    amount: isByChapter ? 'chapter' : (passages ?? 1),
    ...(mention !== undefined && { mention }),
    locale: guildLocale ?? locale,
    next: nextTelling(rhythm, clock.now()),
    failures: 0,
  }));
}

/** The id of the role that shall be called. Throws a `UserError` where this user may not call it. */
function mentionOf(interaction: ChatInputCommandInteraction, words: Words): string | undefined {
  const option = interaction.options.get('mention');
  if (option === null) return undefined;
  const id = String(option.value);
  // The role that everybody has is named like the server.
  if (id === interaction.guildId) throw new UserError(words('schedule.everyone'));
  const mayMention = interaction.memberPermissions?.has(PermissionFlagsBits.MentionEveryone);
  if (!isMentionable(interaction) && !mayMention) {
    throw new UserError(words('schedule.notYourRole'));
  }
  return id;
}

function isMentionable({ options }: ChatInputCommandInteraction): boolean {
  return options.get('mention')?.role?.mentionable ?? false;
}

/** What a schedule needs in this very channel and does not have, by Discord's names. */
async function missingNames(interaction: ChatInputCommandInteraction): Promise<string[]> {
  const { appPermissions, options } = interaction;
  const mentions = options.get('mention') !== null && !isMentionable(interaction);
  const inChannels = appPermissions.has(PermissionFlagsBits.SendMessages);
  const isSame = inChannels === appPermissions.has(PermissionFlagsBits.SendMessagesInThreads);
  const isThread = !isSame && (await isInThread(interaction));
  const needs = needsIn({ isThread, mentions }, appPermissions);
  return needs.filter(({ isMet }) => !isMet).map(({ name }) => name);
}

function spanChoices(typed: string, words: Words): Choice[] {
  const spans = [typed, ...USUAL_SPANS.filter((usual) => usual.startsWith(typed))];
  const seen = new Set<number>();
  return spans.flatMap((value) => {
    const ms = parseSpan(value);
    if (ms === undefined || ms < SHORTEST || ms > LONGEST || seen.has(ms)) return [];
    seen.add(ms);
    return [{ name: span(ms, words('locale')) ?? value, value }];
  });
}

function dayChoices(typed: string): Choice[] {
  const usual = USUAL_DAYS.filter((days) => days.startsWith(typed.toLowerCase()));
  const isOwn = typed !== '' && !usual.includes(typed) && parseDays(typed) !== undefined;
  return [...(isOwn ? [typed.slice(0, 100)] : []), ...usual].map((days) => ({
    name: days,
    value: days,
  }));
}

function zoneChoices(typed: string, now: number, words: Words): Choice[] {
  const zones = typed === '' ? USUAL_ZONES : zonesLike(typed).slice(0, MOST_CHOICES);
  return zones.map((zone) => {
    const format = { timeZone: zone, hour: '2-digit', minute: '2-digit', hour12: false } as const;
    const time = new Intl.DateTimeFormat(words('locale'), format).format(now);
    return { name: words('schedule.zone', { zone, time }), value: zone };
  });
}
