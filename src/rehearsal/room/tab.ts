import type { WebSocket } from 'ws';
import { ClientRefusal } from '../discord/command-input.ts';
import type { Answer } from '../discord/interactions.ts';
import type { Reader } from '../discord/reader.ts';
import type { Message } from '../discord/wire.ts';
import { type Channel, ChannelKind, isPrivate } from '../discord/world.ts';
import { offeredCommands } from '../offered.ts';
import { say } from '../say.ts';
import type { Scene } from '../scene.ts';
import { type Asked, readAsked } from './asked.ts';
import type { AnswerTold, ChannelView, HouseView, ReaderView, Told } from './told.ts';
import { troubleViews } from './troubles.ts';
import { messageView } from './view.ts';

/** The newest messages of a channel that a page gets. */
const MOST_MESSAGES = 500;
/** WebSocket close code "policy violation": RFC 6455, 7.4.1. */
const NOT_OURS = 1008;

export interface House {
  readonly scene: Scene;
  view(): HouseView;
  readers(): ReaderView[];
  trouble(id: string | null): void;
  restart(): Promise<void>;
}

export interface Tab {
  tell(told: Told): void;
  leave(): void;
}

/** One page, seen from here: a reader in a channel, over a WebSocket. */
export function openTab(socket: WebSocket, house: House): Tab {
  const { scene } = house;
  const { discord } = scene;
  const dismissed = scene.dismissed;
  let reader: Reader = scene.you;
  let channel: Channel = scene.story;

  const tell = (told: Told) => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(told));
  };

  const isSeen = (message: Message) =>
    !dismissed.has(message.id) &&
    (!isPrivate(message) || message.interaction_metadata?.user.id === reader.id);
  function show(message: Message): void {
    if (message.channel_id !== channel.id || !isSeen(message)) return;
    tell({ tell: 'message', message: messageView(message, scene) });
  }
  function notice(message: Message): void {
    const { channel_id: id } = message;
    const isElsewhere = id !== channel.id && scene.channels(reader).some((one) => one.id === id);
    if (isElsewhere && isSeen(message)) tell({ tell: 'elsewhere', channel: id });
  }
  const remove = ({ id }: Message) => tell({ tell: 'gone', id });
  discord.events.on('message', show);
  discord.events.on('message', notice);
  discord.events.on('edit', show);
  discord.events.on('delete', remove);

  function enter(name: string, channelId: string | undefined): void {
    reader = scene.reader(name);
    const channels = scene.channels(reader);
    channel = channels.find(({ id }) => id === channelId) ?? scene.story;
    const messages = discord.messages(channel, reader).filter(isSeen);
    tell({
      tell: 'room',
      room: {
        you: readerView(reader),
        readers: house.readers(),
        server: discord.home.name,
        channels: channels.map(channelView),
        channel: channelView(channel),
        commands: offeredCommands(discord.commands()),
        troubles: troubleViews,
        messages: messages.slice(-MOST_MESSAGES).map((message) => messageView(message, scene)),
        cut: messages.length > MOST_MESSAGES,
        house: house.view(),
      },
    });
  }

  function dismiss(message: Message): void {
    const isMine = message.interaction_metadata?.user.id === reader.id;
    if (isPrivate(message) && isMine) dismissed.add(message.id);
  }

  const message = (id: string): Message => {
    const found = scene.message(id);
    if (!found) throw new ClientRefusal('This message is gone.');
    return found;
  };

  async function act(asked: Asked): Promise<Partial<AnswerTold>> {
    switch (asked.ask) {
      case 'enter':
        enter(asked.reader, asked.channel);
        return {};
      case 'say':
        say(reader, channel, asked.text);
        return {};
      case 'slash':
        return outcome(await reader.slash(channel, asked.command, asked.values));
      case 'type': {
        const { command, values, focused } = asked;
        const choices = await reader.type(channel, command, values, focused).catch(() => []);
        return { choices: choices.map(({ name, value }) => ({ name, value })) };
      }
      case 'press':
        return outcome(await reader.press(message(asked.message), asked.customId));
      case 'choose':
        return outcome(await reader.choose(message(asked.message), asked.customId, asked.chosen));
      case 'message-command':
        return outcome(await reader.messageCommand(message(asked.message), asked.command));
      case 'dismiss':
        dismiss(message(asked.message));
        return {};
      case 'trouble':
        house.trouble(asked.trouble);
        return {};
      case 'restart':
        await house.restart();
        return {};
      case 'cut':
        discord.gateway.drop();
        return {};
    }
  }

  socket.on('message', (data) => {
    const asked = readAsked(String(data));
    if (!asked) return socket.close(NOT_OURS, 'No page of this room asks that.');
    act(asked)
      .catch((error: unknown) => {
        if (error instanceof ClientRefusal) return { refused: error.message };
        throw error;
      })
      .then((result) => tell({ ...result, tell: 'answer', to: asked.id }));
  });
  socket.on('error', () => {});

  return {
    tell,
    leave() {
      discord.events.off('message', show);
      discord.events.off('message', notice);
      discord.events.off('edit', show);
      discord.events.off('delete', remove);
    },
  };
}

export function readerView({ id, name, person }: Reader): ReaderView {
  const isModerator = person.permissions.allow?.includes('ManageMessages');
  return { id, name, role: isModerator ? 'moderator' : 'reader' };
}

function channelView({ id, name, type }: Channel): ChannelView {
  if (type === ChannelKind.dm) return { id, name: 'Lamplight', kind: 'dm' };
  return { id, name, kind: type === ChannelKind.thread ? 'thread' : 'channel' };
}

function outcome({ kind }: Answer): Partial<AnswerTold> {
  return kind === 'failed' ? { failed: true } : {};
}
