import { ClientRefusal } from './discord/command-input.ts';
import { flatten } from './discord/components.ts';
import type { Discord } from './discord/discord.ts';
import type { Interaction } from './discord/interactions.ts';
import { Kind } from './discord/interactions.ts';
import type { Reader } from './discord/reader.ts';
import type { Message } from './discord/wire.ts';
import type { Channel } from './discord/world.ts';

/** The part of the bot that the rehearsal holds on to. */
export interface RunningBot {
  stop(patience: number): Promise<void>;
}

/** What somebody did that the bot answered with a message. */
export interface Deed {
  readonly by: string;
  readonly kind: 'used' | 'pressed' | 'chose';
  /** The command with its slash, or the button's label. */
  readonly what: string;
}

/** The people and places of the rehearsal, the same ones in every run. */
export interface Scene {
  readonly discord: Discord;
  /** Whoever sits at this machine. */
  readonly you: Reader;
  /** The channel that the terminal shows. */
  readonly story: Channel;
  readonly readers: readonly Reader[];
  /** Called when somebody new has taken a chair. */
  onNewReader(listener: () => void): void;
  /** The reader of this name, in whatever case; a new one takes a chair. Throws `ClientRefusal`. */
  reader(name: string): Reader;
  /** The channels that a reader sees. */
  channels(reader: Reader): Channel[];
  /** A message of any channel by its id. */
  message(id: string): Message | undefined;
  /** The private messages that their readers have put away. */
  readonly dismissed: Set<string>;
  /** What the bot's message answers. */
  deed(message: Message): Deed | undefined;
}

/** A name's length in UTF-16 units: docs.discord.com, "Usernames and Nicknames". */
const LONGEST_NAME = 32;
const MOST_READERS = 50;

export function setScene(discord: Discord): Scene {
  const story = discord.channel('story');
  const places = [
    story,
    discord.channel('night owls', { parent: story }),
    discord.channel('fireside'),
    discord.channel('after dark', { nsfw: true }),
  ];
  const you = discord.user('You');
  const readers = [
    you,
    discord.user('Mara', { permissions: { allow: ['ManageMessages'] } }),
    discord.user('Ben'),
    discord.user('Tomoko'),
  ];
  const listeners: (() => void)[] = [];
  const deeds = new Map<string, Deed>();
  const messages = new Map<string, Message>();
  discord.events.on('message', (message) => void messages.set(message.id, message));
  discord.events.on('delete', ({ id }) => void messages.delete(id));
  discord.events.on('interaction', (interaction) => {
    const deed = deedOf(interaction);
    if (deed) deeds.set(interaction.id, deed);
  });

  return {
    discord,
    you,
    story,
    readers,
    onNewReader: (listener) => void listeners.push(listener),
    reader(name) {
      const known = readers.find((one) => one.name.toLowerCase() === name.toLowerCase());
      if (known) return known;
      if (name.length > LONGEST_NAME || !/\S/.test(name)) {
        throw new ClientRefusal(`A name has 1 to ${LONGEST_NAME} characters.`);
      }
      if (readers.length >= MOST_READERS) {
        throw new ClientRefusal('All chairs are taken: speak as one of the readers there are.');
      }
      const reader = discord.user(name);
      readers.push(reader);
      for (const listener of listeners) listener();
      return reader;
    },
    channels: (reader) => [...places, discord.dm(reader)],
    message: (id) => messages.get(id),
    dismissed: new Set(),
    deed: ({ interaction_metadata: asked }) => asked && deeds.get(asked.id),
  };
}

function deedOf({ kind, name, contextMenu, person, pressed }: Interaction): Deed | undefined {
  const by = person.name;
  if (kind === Kind.command) return { by, kind: 'used', what: contextMenu ? name : `/${name}` };
  if (kind !== Kind.component) return undefined;
  const components = flatten(pressed?.message.components ?? []);
  const component = [...components].find(({ custom_id }) => custom_id === name);
  const label = component?.label ?? component?.emoji?.name ?? component?.placeholder ?? 'a button';
  return { by, kind: component?.options ? 'chose' : 'pressed', what: label };
}
