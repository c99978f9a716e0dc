import { describe, expect, onTestFinished, test } from 'vitest';
import { parts, readCommand } from '../src/rehearsal/command-line.ts';
import { complete } from '../src/rehearsal/completion.ts';
import { startDiscord } from '../src/rehearsal/discord/discord.ts';
import { marksOf } from '../src/rehearsal/markdown.ts';
import { offeredCommands } from '../src/rehearsal/offered.ts';
import { setScene } from '../src/rehearsal/scene.ts';
import { messageText } from '../src/rehearsal/terminal-text.ts';
import { openHouse } from './harness.ts';

const nobody = { user: () => undefined, channel: () => undefined };

describe('a command line', () => {
  const [quote, read] = offeredCommands([
    {
      name: 'quote',
      description: 'd',
      type: 1,
      options: [{ name: 'line', description: 'd', type: 3 }],
    },
    {
      name: 'read',
      description: 'd',
      type: 1,
      options: [
        { name: 'story', description: 'd', type: 3, required: true },
        { name: 'from', description: 'd', type: 4 },
      ],
    },
  ]);
  const commands = [quote, read].flatMap((one) => one ?? []);

  test.for([
    ['/read story:a from:3', { story: 'a', from: 3 }],
    ['/read from:3 story:a', { story: 'a', from: 3 }],
    ['/read  story: a b  from: 3 ', { story: 'a b', from: 3 }],
    ['/read story:"a from:4" from:3', { story: 'a from:4', from: 3 }],
    ['/read story:5', { story: '5' }],
    ['/quote line:"so," she said', { line: '"so," she said' }],
    ['/quote line:he said: no', { line: 'he said: no' }],
    ['/quote', {}],
  ] as const)('%j', ([line, values]) => {
    expect(readCommand(line, commands).values).toEqual(values);
  });

  test('names a subcommand as its own command', () => {
    const [together, off] = offeredCommands([
      {
        name: 'pace',
        description: 'd',
        type: 1,
        options: [
          {
            name: 'together',
            description: 'd',
            type: 1,
            options: [{ name: 'readers', description: 'd', type: 4 }],
          },
          { name: 'off', description: 'd', type: 1 },
        ],
      },
    ]);
    const paces = [together, off].flatMap((one) => one ?? []);
    const typed = readCommand('/pace together readers:3', paces);
    expect([typed.command.name, typed.values]).toEqual(['pace together', { readers: 3 }]);
    expect(readCommand('/pace off', paces).command).toBe(off);
    expect(() => readCommand('/pace', paces)).toThrow(
      '/pace comes in kinds: type one of /pace together, /pace off.',
    );
    expect(() => readCommand('/pace of', paces)).toThrow('/pace comes in kinds');
    expect(() => readCommand('/p', paces)).toThrow('There is no command /p:');
  });

  test('leaves nothing out of a value', () => {
    if (!quote) throw new Error('there is no /quote');
    expect(parts('line:a  b', quote).map(({ text }) => text)).toEqual(['a  b']);
  });
});

test('the Tab key completes commands, their options, and stories by the bot itself', async () => {
  const { discord } = await openHouse();
  const scene = setScene(discord);
  const at = { scene, reader: scene.you, channel: scene.story };
  const choices = async (line: string) => (await complete(line, at)).choices;
  expect(await choices('/')).toContain('/next');
  expect(await choices('/re')).toEqual(['/read ']);
  expect(await choices('/read ')).toEqual(['story:']);
  expect(await choices('/read story:x fr')).toEqual(['from:']);
  expect(await complete('/read story:bitter', at)).toEqual({
    choices: ['bittersweet-goodbye'],
    typed: 'bitter',
  });
  expect(await choices('/pace t')).toEqual(['/pace together ']);
  expect(await choices('/pace together re')).toEqual(['readers:']);
  expect(await choices('/nonsense ')).toEqual([]);
  expect(await choices('/next ')).toEqual([]);
  expect(await choices('Hello th')).toEqual([]);
});

test('a message in the terminal is the text that a reader sees', async () => {
  const discord = await startDiscord();
  onTestFinished(() => discord.stop());
  const message = discord
    .user('Ann')
    .say(
      discord.channel('story'),
      [
        '### The *Hall*',
        '> quoted',
        '-# small \\*print\\*',
        'a ||secret|| [link](https://a.example) \u001b[31mred\u001b[0m',
      ].join('\n'),
    );
  const shown = messageText({ message, deed: undefined, names: nobody, styled: false });
  expect(shown.split('\n')).toEqual([
    'Ann',
    'The Hall',
    '│ quoted',
    'small *print*',
    'a ||secret|| link <https://a.example> �[31mred�[0m',
  ]);
  expect(messageText({ message, deed: undefined, names: nobody, styled: true })).toContain(
    '\u001b[1mThe \u001b[3mHall\u001b[23m\u001b[22m',
  );
});

test('a link leads to the web or nowhere', () => {
  expect(marksOf('[x](javascript:alert(1))', nobody)).not.toContainEqual(
    expect.objectContaining({ kind: 'link' }),
  );
});
