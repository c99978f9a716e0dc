import {
  type BaseInteraction,
  type ChatInputCommandInteraction,
  GuildMember,
  type MessageComponentInteraction,
  type MessageContextMenuCommandInteraction,
} from 'discord.js';
import {
  type AnswerContext,
  type Context,
  limitError,
  memberGuild,
  UserError,
} from '../command.ts';
import { messageLink } from '../message/place.ts';
import { creditLine, keepRow, type Quote, quoteText } from '../message/quote.ts';
import { locate } from '../reading/locate.ts';
import type { Channel } from '../reading/turn.ts';
import type { Line, Story } from '../story/story.ts';
import { assertMayHear } from '../telling/audience.ts';

type Quoting =
  | ChatInputCommandInteraction
  | MessageComponentInteraction
  | MessageContextMenuCommandInteraction;

/** How a quote is shown. */
export type Form = 'text' | 'card' | 'light-card';

/** Where finished stories are counted: in the server, or in this channel where there is none. */
export function roomOf(interaction: BaseInteraction & { readonly channelId: string }): string {
  return memberGuild(interaction) ?? interaction.channelId;
}

/**
 * The last passage of a story that this channel was ever told: by the reading under way, by one
 * that was left, or in another channel of a server that has finished the story. 0 for none. Throws
 * a `UserError` where the story's rating forbids it to be quoted, and `NoTurn`.
 */
export async function everTold(
  interaction: BaseInteraction & { readonly channelId: string },
  channel: Channel,
  story: Story,
  context: AnswerContext,
  visibility: 'public' | 'private',
): Promise<number> {
  const { answer, finished } = context;
  const readings = [channel.reading, ...channel.left].flatMap((reading) =>
    reading?.story === story.slug ? locate(reading, story).furthest : [],
  );
  const inFinished = finished.lastTold(roomOf(interaction), story);
  const last = Math.max(await answer.while(inFinished, visibility), ...readings);
  if (last > 0) await answer.while(assertMayHear(story, context), visibility);
  return last;
}

/**
 * Posts a line as a quote for everybody, in the form that was asked for where it can be. Throws a
 * `UserError` where the story's rating forbids it, and `NoTurn`.
 */
export async function postQuote(
  interaction: Quoting,
  context: AnswerContext,
  { story, line, form, isAhead }: { story: Story; line: Line; form: Form; isAhead: boolean },
): Promise<void> {
  const { answer, cards, limits, roomWords, toldMessages, words } = context;
  // Every quote gets out here, whoever found its line.
  await answer.while(assertMayHear(story, context), 'public');
  const { channelId, guildId, user } = interaction;
  const wait = limits.quote(user.id, channelId);
  if (wait > 0) throw limitError('limit.quotes', wait, words);
  const passage = story.passage(line.passage);
  const told = passage && toldMessages.find(channelId, story, passage);
  const id = await answer.while(told ?? Promise.resolve(undefined), 'public');
  const quote: Quote = {
    story,
    line,
    who: nameOf(interaction),
    ...(id !== undefined && { link: messageLink(guildId, channelId, id) }),
    isAhead,
  };
  const components = isAhead ? [] : keepRow(story, line, roomWords);
  if (form !== 'text') {
    const { title, author, language } = story;
    const theme = form === 'card' ? 'dark' : 'light';
    const picture = await answer.while(
      cards.paint({ prose: line, title, ...(author && { author }), language, theme }),
      'public',
    );
    // Where it can't be set in type, the plain quote says the same.
    if (picture !== undefined) {
      const name = isAhead ? 'SPOILER_quote.png' : 'quote.png';
      await answer.post(
        {
          content: creditLine(quote, roomWords),
          components,
          attachments: [{ id: '0', filename: name, description: line.text }],
        },
        undefined,
        [{ name, data: picture, contentType: 'image/png' }],
      );
      return;
    }
  }
  await answer.post({ content: quoteText(quote, roomWords), components });
}

/** The name in this server. discord.js hands a member on as it came where the bot is not in it. */
function nameOf({ member, user }: Quoting): string {
  if (member instanceof GuildMember) return member.displayName;
  return member?.nick ?? user.displayName;
}

/** The story of a key in a custom id. Throws a `UserError` when it is not in the library. */
export function storyOfKey({ library, words }: Context, key: string): Story {
  const story = library.byKey(key);
  if (story === undefined) throw new UserError(words('refusal.storyGone'));
  return story;
}
