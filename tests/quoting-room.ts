import type { Component, Message, SelectOption } from '../src/rehearsal/discord/wire.ts';
import { type House, type HouseOptions, openHouse } from './harness.ts';
import { buttoned, messageOf } from './seen.ts';

type Discord = House['discord'];
type Channel = ReturnType<Discord['channel']>;
type Reader = ReturnType<Discord['user']>;

export interface QuotingRoom extends House {
  readonly channel: Channel;
  /** The host. */
  readonly ann: Reader;
  readonly ben: Reader;
  /** The message of passage `number`, the newest. */
  passage(number: number): Message;
}

/** A channel where Ann, the host, has had the first `told` passages of a story told. */
export async function openRoom(
  story: string,
  told: number,
  options: HouseOptions = {},
): Promise<QuotingRoom> {
  const house = await openHouse(options);
  const { discord } = house;
  const channel = discord.channel('a');
  const ann = discord.user('Ann');
  await ann.slash(channel, 'read', { story });
  for (let passage = 1; passage <= told; passage++) await ann.slash(channel, 'next');
  // Once the old button is off, the last turn is written down.
  await discord.waitFor(() => buttoned(discord, channel).length === 1);
  return {
    ...house,
    channel,
    ann,
    ben: discord.user('Ben'),
    passage(number) {
      const isIt = ({ content }: Message) =>
        content.match(/\n-# .+ · (\d+) of \d+$/)?.[1] === `${number}`;
      const message = discord.messages(channel).findLast(isIt);
      if (message === undefined) throw new Error(`Passage ${number} was not told.`);
      return message;
    },
  };
}

/** A message's select menu. Throws when it has none. */
export function menuOf({ components }: Message): { id: string; options: readonly SelectOption[] } {
  const menu = components
    .flatMap((row: Component) => row.components ?? [])
    .find(({ options }) => options !== undefined);
  if (!menu?.custom_id) throw new Error('This message has no menu.');
  return { id: menu.custom_id, options: menu.options ?? [] };
}

/** Chooses, from the menu of a private message, the option whose label begins so. */
export async function pick(reader: Reader, menu: Message, label: string): Promise<Message> {
  const { id, options } = menuOf(menu);
  const value = options.find((option) => option.label.startsWith(label))?.value;
  if (value === undefined) throw new Error(`The menu does not offer "${label}".`);
  return messageOf(await reader.choose(menu, id, [value]));
}

/** The custom id of a message's button with this label. */
export function buttonId({ components }: Message, label: string): string {
  const button = components
    .flatMap((row: Component) => row.components ?? [])
    .find((one) => one.label === label);
  if (!button?.custom_id) throw new Error(`This message has no button "${label}".`);
  return button.custom_id;
}

/** The address of a message in a channel. */
export function linkTo({ id }: Message, channel: Channel): string {
  return `https://discord.com/channels/${channel.guild?.id ?? '@me'}/${channel.id}/${id}`;
}
