import { clearLine, createInterface, cursorTo } from 'node:readline';
import { readCommand } from './command-line.ts';
import { complete } from './completion.ts';
import { ClientRefusal } from './discord/command-input.ts';
import type { Answer } from './discord/interactions.ts';
import type { Reader } from './discord/reader.ts';
import { Flag, type Message } from './discord/wire.ts';
import { isPrivate } from './discord/world.ts';
import { namesIn } from './names.ts';
import { CommandType, offeredCommands } from './offered.ts';
import { say } from './say.ts';
import type { Scene } from './scene.ts';
import { buttonLabels, messageText } from './terminal-text.ts';

const HELP = [
  '/read story:…   begins a story; Tab completes commands, options and stories',
  '/next, /where … the other commands',
  'Enter           presses the first button of the newest message that has one',
  'press Next      presses the button of that name',
  'as Ben          speaks as another reader; "as You" comes back',
  'anything else   is said in the channel',
  'Ctrl-D          leaves',
].join('\n');

export interface Terminal {
  readonly scene: Scene;
  /** The lines that say what this is. */
  readonly welcome: readonly string[];
  /** Called when whoever sits here has had enough, or the piped lines have all been answered. */
  readonly onEnd: () => void;
}

/** The rehearsal room in the terminal: shows the channel as it fills and takes what is typed. */
export function openTerminal({ scene, welcome, onEnd }: Terminal): void {
  const { stdin, stdout } = process;
  const { discord, story: channel } = scene;
  const isInteractive = stdin.isTTY && stdout.isTTY;
  let reader: Reader = scene.you;

  const lines = createInterface({
    input: stdin,
    ...(isInteractive ? { output: stdout, completer } : {}),
    terminal: isInteractive,
  });

  function completer(line: string, done: (error: null, result: [string[], string]) => void): void {
    complete(line, { scene, reader, channel }).then(
      ({ choices, typed }) => done(null, [[...choices], typed]),
      () => done(null, [[], line]),
    );
  }

  function prompt(): void {
    if (!isInteractive) return;
    lines.setPrompt(`${reader.name} > `);
    lines.prompt(true);
  }

  function print(text: string): void {
    if (isInteractive) {
      cursorTo(stdout, 0);
      clearLine(stdout, 1);
    }
    stdout.write(`${text}\n`);
    prompt();
  }

  const printed = new Map<string, { content: string; buttons: string }>();
  function show(message: Message): void {
    const isLoading = (message.flags & Flag.loading) !== 0;
    const isForMe = !isPrivate(message) || message.interaction_metadata?.user.id === reader.id;
    if (message.channel_id !== channel.id || isLoading || !isForMe) return;
    const { content } = message;
    const buttons = buttonLabels(message)
      .map((label) => `[${label}]`)
      .join(' ');
    const before = printed.get(message.id);
    printed.set(message.id, { content, buttons });
    if (before?.content === content) {
      if (buttons !== '' && buttons !== before.buttons) print(buttons);
      return;
    }
    const [deed, names] = [scene.deed(message), namesIn(scene)];
    print(`\n${messageText({ message, deed, names, styled: stdout.isTTY })}`);
  }
  discord.events.on('message', show);
  discord.events.on('edit', show);

  async function run(line: string): Promise<void> {
    const [, name] = /^as\s+(.+)$/i.exec(line) ?? [];
    const [, label] = /^press\s+(.+)$/i.exec(line) ?? [];
    if (line === 'help') return print(HELP);
    if (name !== undefined) return become(name);
    if (label !== undefined || line === '') return tell(await press(label));
    if (!line.startsWith('/')) return say(reader, channel, line);
    const known = offeredCommands(discord.commands()).filter(
      ({ type }) => type === CommandType.slash,
    );
    const { command, values } = readCommand(line, known);
    tell(await reader.slash(channel, command.name, values));
  }

  function become(name: string): void {
    reader = scene.reader(name);
    print(`You speak as ${reader.name} now.`);
  }

  async function press(wanted: string | undefined): Promise<Answer> {
    const fits = (label: string) => label.toLowerCase() === wanted?.toLowerCase();
    for (const message of discord.messages(channel, reader).toReversed()) {
      const labels = buttonLabels(message);
      const label = wanted === undefined ? labels[0] : labels.find(fits);
      if (label !== undefined) return await reader.press(message, label);
    }
    throw new ClientRefusal(
      wanted === undefined
        ? 'There is no button to press: begin a story with /read, or type help.'
        : `There is no button “${wanted}” here.`,
    );
  }

  function tell({ kind }: Answer): void {
    if (kind === 'failed') print('Lamplight did not answer in time. (only you see this)');
  }

  let isPiped = false;
  let last = Promise.resolve();
  const enqueue = (line: string) => {
    isPiped = true;
    last = last
      .then(() => run(line.trim()))
      .catch((error: unknown) => {
        if (!(error instanceof ClientRefusal)) throw error;
        print(error.message);
      })
      .finally(prompt);
  };
  lines.on('line', enqueue);
  lines.on('SIGINT', () => lines.close());
  lines.on('close', () => {
    // Input that ends before its first line is a service's or a container's: stay up for the page.
    if (isInteractive || stdin.isTTY || isPiped) last.finally(onEnd);
  });
  // Whoever read along (`| head`) has seen enough.
  stdout.on('error', onEnd);

  for (const line of welcome) print(line);
}
