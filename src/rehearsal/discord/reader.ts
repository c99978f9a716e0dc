/** A person in front of Discord's client: types commands, presses buttons, chooses, speaks. */

import type { Choice } from './body.ts';
import {
  ClientRefusal,
  type OptionValues,
  type SentOption,
  typedOptions,
} from './command-input.ts';
import type { Command, Registry } from './commands.ts';
import { flatten } from './components.ts';
import { type Answer, createInteraction, type Interaction, Kind } from './interactions.ts';
import { blank } from './message.ts';
import { checkOffered, checkPresent, isAlwaysPrivate, ownersOf } from './payload.ts';
import { has } from './permissions.ts';
import { type Component, Flag, type Message } from './wire.ts';
import {
  addPost,
  type Channel,
  deletePost,
  isPrivate,
  memberPermissions,
  type Person,
  type Post,
  type World,
} from './world.ts';

const SLASH = 1;
const MESSAGE_COMMAND = 3;
const LINK_STYLE = 5;
const BUTTON = 2;

export interface Asking {
  /** Ms after which an acknowledged but unfinished answer resolves as 'thinking'. */
  readonly timeout?: number;
}

export interface Pressing extends Asking {
  /** The client hasn't seen the newest edit: the custom id is sent whatever the message shows now. */
  readonly stale?: boolean;
}

export interface Reader {
  readonly id: string;
  readonly name: string;
  readonly person: Person;
  /** Sends a slash command: `command` is its name, with the subcommand after a space. */
  slash(
    channel: Channel,
    command: string,
    options?: OptionValues,
    asking?: Asking,
  ): Promise<Answer>;
  /** Types into an option with autocomplete; the choices offered. Rejects when nobody answers. */
  type(
    channel: Channel,
    command: string,
    options: OptionValues,
    focused: string,
  ): Promise<readonly Choice[]>;
  /** Presses a button by its label or custom id. Throws ClientRefusal when there is none to press. */
  press(message: Message, button: string, pressing?: Pressing): Promise<Answer>;
  choose(
    message: Message,
    customId: string,
    values: readonly string[],
    pressing?: Pressing,
  ): Promise<Answer>;
  messageCommand(message: Message, command: string, asking?: Asking): Promise<Answer>;
  /** Writes an ordinary message. */
  say(channel: Channel, content: string): Message;
  /** Deletes a message: one's own, or in a server with Manage Messages anybody's. */
  delete(message: Message): void;
}

/** Hands an interaction to the bot, if one is connected. */
export type Deliver = (interaction: Interaction, data: object) => void;

export function createReader(
  world: World,
  registry: Registry,
  person: Person,
  deliver: Deliver,
): Reader {
  function ask(
    kind: number,
    channel: Channel,
    name: string,
    data: object,
    more: Partial<Pick<Interaction, 'pressed' | 'targetId' | 'contextMenu' | 'focusedType'>> = {},
  ): Interaction {
    const interaction = createInteraction(world, {
      kind,
      name,
      channel,
      person,
      owners: ownersOf(channel, person),
      alwaysPrivate: isAlwaysPrivate(channel, person),
      contextMenu: false,
      ...more,
    });
    deliver(interaction, data);
    return interaction;
  }

  function offered(channel: Channel, name: string, type: number): Command {
    checkPresent(channel, person);
    const command = registry.find(name, type, channel.guild?.id);
    if (!command) throw new ClientRefusal(`There is no command ${name}.`);
    checkOffered(command, channel, person);
    return command;
  }

  function command(
    channel: Channel,
    path: string,
    values: OptionValues,
    focused?: string,
  ): { name: string; data: object; focusedType: number | undefined } {
    const words = path.split(' ');
    const [name = ''] = words;
    const found = offered(channel, name, SLASH);
    const options = typedOptions(found, words, values, focused);
    const resolved = resolve(world, options);
    return {
      name,
      data: {
        ...head(found),
        ...(options.length > 0 ? { options } : {}),
        ...(resolved ? { resolved } : {}),
      },
      focusedType: leaves(options).find((option) => option.focused)?.type,
    };
  }

  function seen(message: Message): Post {
    const post = world.posts.get(message.id);
    if (!post || (post.onlyFor !== undefined && post.onlyFor !== person.id)) {
      throw new ClientRefusal(`${person.name} sees no such message.`);
    }
    checkPresent(post.channel, person);
    return post;
  }

  function target(post: Post, wanted: string, stale: boolean, fits: (one: Component) => boolean) {
    if (stale) return { custom_id: wanted, type: BUTTON, id: 0 };
    const all = [...flatten(post.message.components)].filter(fits);
    const found =
      all.find(({ custom_id }) => custom_id === wanted) ??
      all.find(({ label }) => label === wanted);
    if (!found) throw new ClientRefusal(`There is no "${wanted}" to press on this message.`);
    if (found.disabled) throw new ClientRefusal(`"${wanted}" is disabled.`);
    return found;
  }

  return {
    id: person.id,
    name: person.name,
    person,
    async slash(channel, path, values = {}, asking = {}) {
      const { name, data } = command(channel, path, values);
      return final(ask(Kind.command, channel, name, data), asking);
    },
    async type(channel, path, values, focused) {
      const { name, data, focusedType } = command(channel, path, values, focused);
      const more = focusedType === undefined ? {} : { focusedType };
      return ask(Kind.autocomplete, channel, name, data, more).choices.promise;
    },
    async press(message, wanted, { stale = false, ...asking } = {}) {
      const pressed = seen(message);
      const isButton = ({ type, style }: Component) => type === BUTTON && style !== LINK_STYLE;
      const { custom_id, id } = target(pressed, wanted, stale, isButton);
      const data = { custom_id, component_type: BUTTON, id };
      const name = custom_id ?? '';
      return final(ask(Kind.component, pressed.channel, name, data, { pressed }), asking);
    },
    async choose(message, customId, values, { stale = false, ...asking } = {}) {
      const pressed = seen(message);
      const select = target(pressed, customId, stale, ({ options }) => options !== undefined);
      if (!stale) checkValues(select, values);
      const data = {
        custom_id: customId,
        component_type: stale ? 3 : select.type,
        id: select.id,
        values,
      };
      return final(ask(Kind.component, pressed.channel, customId, data, { pressed }), asking);
    },
    async messageCommand(message, name, asking = {}) {
      const { channel } = seen(message);
      const found = offered(channel, name, MESSAGE_COMMAND);
      const data = {
        ...head(found),
        target_id: message.id,
        resolved: { messages: { [message.id]: message } },
      };
      const more = { targetId: message.id, contextMenu: true };
      return final(ask(Kind.command, channel, name, data, more), asking);
    },
    say(channel, content) {
      checkPresent(channel, person);
      const message = blank(world, channel, person.user);
      message.content = content.trim();
      addPost(world, { message, channel, deleted: false });
      return message;
    },
    delete(message) {
      const post = seen(message);
      const moderates = post.channel.guild && has(memberPermissions(person), 'ManageMessages');
      if (message.author.id !== person.id && !moderates) {
        throw new ClientRefusal(`${person.name} may not delete this message.`);
      }
      deletePost(world, post);
    },
  };
}

function head({ id, name, type, guild_id }: Command): object {
  return { id, name, type, ...(guild_id ? { guild_id } : {}) };
}

function checkValues(select: Component, values: readonly string[]): void {
  const options = select.options ?? [];
  const { min_values, max_values } = select;
  if (values.length < (min_values ?? 1) || values.length > (max_values ?? 1)) {
    throw new ClientRefusal(`${values.length} values are not what this menu takes.`);
  }
  for (const value of values) {
    if (!options.some((option) => option.value === value)) {
      throw new ClientRefusal(`The menu has no option "${value}".`);
    }
  }
}

function leaves(options: readonly SentOption[]): SentOption[] {
  return options.flatMap((one) => (one.options ? leaves(one.options) : [one]));
}

/** The people that an interaction's options name, as Discord resolves them. */
function resolve(world: World, options: readonly SentOption[]): object | undefined {
  const USER = 6;
  const users = leaves(options)
    .filter(({ type }) => type === USER)
    .flatMap(({ value }) => world.people.get(String(value)) ?? []);
  if (users.length === 0) return undefined;
  return { users: Object.fromEntries(users.map(({ id, user }) => [id, user])) };
}

async function final(interaction: Interaction, { timeout }: Asking): Promise<Answer> {
  const { promise } = interaction.settled;
  if (timeout === undefined) return promise;
  let timer: NodeJS.Timeout | undefined;
  const thinking = new Promise<Answer>((resolve) => {
    timer = setTimeout(() => {
      const message = interaction.original?.message;
      const loading = message !== undefined && (message.flags & Flag.loading) !== 0;
      resolve({
        kind: 'thinking',
        ...(loading ? { message } : {}),
        private: message ? isPrivate(message) : false,
      });
    }, timeout);
  });
  const answer = await Promise.race([promise, thinking]);
  clearTimeout(timer);
  return answer;
}
