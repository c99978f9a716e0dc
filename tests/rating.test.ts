import { expect, test } from 'vitest';
import { commands } from '../commands/index.ts';
import type { Component, Message } from '../src/rehearsal/discord/wire.ts';
import { en } from '../src/words/en.ts';
import { openHouse } from './harness.ts';
import { menuOf } from './quoting-room.ts';
import { brief, labels, libraryOf, messageOf, tale, told } from './seen.ts';

/** It is in all that may be told in age-restricted channels only. */
const SECRET = 'nightshade';
const line = (number: number) => `Night ${number} smells of ${SECRET}. `;

/** `count` passages, two of which fit one message; each has more lines than a menu shows. */
function rated(title: string, rating: string, count: number): string {
  const passages = Array.from({ length: count }, (_, at) =>
    line(at + 1)
      .repeat(26)
      .trim(),
  );
  const matter = `rating: ${rating}\nauthor: Ann Author\nsummary: Of ${SECRET}`;
  const text = [passages[0], '## The Middle', ...passages.slice(1)].join('\n\n');
  return `---\n${matter}\n---\n\n# ${title}\n\n${text}\n`;
}

const library = libraryOf({
  night: rated('Night', 'mature', 12),
  dusk: rated('Dusk', 'explicit', 2),
  day: tale(3, 'Day'),
});

function refusal(title: string, rating: string, why: keyof typeof en.refusal.rated = 'off') {
  return en.refusal.rated[why].replace('{{title}}', title).replace('{{rating}}', rating);
}
const NIGHT = refusal('Night', 'mature');
const DUSK = refusal('Dusk', 'explicit');

/** An age-restricted channel, and all the buttons and menus that anybody saw in it. */
async function openRoom() {
  const house = await openHouse({ library });
  const { discord } = house;
  const channel = discord.channel('a', { nsfw: true });
  const [ann, ben] = [discord.user('Ann'), discord.user('Ben')];
  const shown: { message: Message; component: Component }[] = [];
  const note = (message: Message) => {
    for (const component of message.components.flatMap((row) => row.components ?? [])) {
      shown.push({ message, component });
    }
  };
  discord.events.on('message', note);
  discord.events.on('edit', note);
  const ask = async (command: string, options = {}, who = ann) =>
    messageOf(await who.slash(channel, command, options));
  const restrict = (nsfw: boolean) => void discord.channel('a', { nsfw });
  return { ...house, channel, ann, ben, ask, restrict, shown };
}

/** What each command comes to where Night is read and the channel is age-restricted no more. */
const COMMANDS: Readonly<Record<string, readonly (readonly [string, object, string | RegExp])[]>> =
  {
    read: [
      ['read', { story: 'night' }, NIGHT],
      ['read', { story: 'Dusk', from: 2 }, DUSK],
    ],
    next: [['next', {}, NIGHT]],
    back: [['back', {}, NIGHT]],
    goto: [
      ['goto', { passage: 2 }, NIGHT],
      ['goto', { chapter: '#1' }, NIGHT],
    ],
    where: [['where', {}, /5 of 12/]],
    catchup: [['catchup', {}, NIGHT]],
    quote: [
      ['quote', {}, NIGHT],
      ['quote', { line: '#2.1' }, NIGHT],
      ['quote', { line: 'no such words at all' }, NIGHT],
      ['quote', { line: 'smells of', as: 'card' }, NIGHT],
      ['quote', { line: 'Night 9', spoiler: true }, NIGHT],
      ['quote', { line: 'smells of', story: 'dusk' }, DUSK],
      ['quote', { line: 'no such words at all', story: 'dusk' }, DUSK],
    ],
    search: [['search', { words: SECRET }, NIGHT]],
    kept: [
      ['kept', {}, /^-# 2 lines of stories for age-restricted channels are not shown here\.$/],
    ],
    library: [['library', {}, /There are 3 stories/]],
    pace: [
      ['pace together', { readers: 2 }, NIGHT],
      ['pace every', { every: '1h' }, NIGHT],
      ['pace daily', { at: '21:30', zone: 'UTC' }, NIGHT],
      ['pace show', {}, en.pace.next],
      ['pace off', {}, en.pace.next],
    ],
    doctor: [['doctor', {}, /\*Night\* is being read/]],
    close: [['close', {}, /^The reading of \*Night\* rests here/]],
    'forget-me': [['forget-me', {}, /^Everything/]],
  };

test('no command tells or quotes it once the channel is age-restricted no more', async () => {
  const { discord, channel, ann, ask, restrict } = await openRoom();
  await ask('read', { story: 'dusk' });
  for (let passage = 0; passage <= 2; passage++) await ask('next');
  await ask('read', { story: 'night' });
  for (let passage = 1; passage < 5; passage++) await ask('next');
  const passage = await ask('next');
  for (const wanted of ['#1.1', '#2.1']) {
    await ann.press(await ask('quote', { line: wanted }), en.buttons.keep);
  }
  restrict(false);
  const offered = [
    await ann.type(channel, 'quote', { line: 'smells' }, 'line'),
    await ann.type(channel, 'quote', { story: 'dusk', line: 'smells' }, 'line'),
    await ann.type(channel, 'goto', { chapter: '' }, 'chapter'),
  ];
  expect(offered).toEqual([[], [], []]);
  const messageCommands = commands.filter((command) => 'onMessage' in command);
  expect(messageCommands.map(({ data }) => data.name)).toEqual([en.commands.quoteLine]);
  expect(brief(await ann.messageCommand(passage, en.commands.quoteLine))).toBe(NIGHT);

  const slash = commands.filter((command) => 'execute' in command).map(({ data }) => data.name);
  expect(Object.keys(COMMANDS).toSorted()).toEqual(slash.toSorted());
  for (const [command, options, expected] of Object.values(COMMANDS).flat()) {
    const { content } = await ask(command, options);
    if (typeof expected === 'string') expect(content, command).toBe(expected);
    else expect(content, command).toMatch(expected);
    expect(content, command).not.toContain(SECRET);
  }
  // The place is kept, to go on from where it may be told.
  restrict(true);
  const card = await ask('read', { story: 'night' });
  expect(brief(await ann.press(card, 'Continue · 6'))).toBe(6);
  expect(told(discord, channel).slice(-2)).toEqual([5, 6]);
});

test('nor does any button that turns a page, which serves again once it is', async () => {
  const { channel, ann, ask, restrict } = await openRoom();
  const [begin, more] = [en.buttons.begin, en.buttons.next];
  const press = async (message: Message, button: string) => {
    restrict(false);
    expect(brief(await ann.press(message, button))).toBe(NIGHT);
    restrict(true);
    return messageOf(await ann.press(message, button));
  };
  const passage = await press(await ask('read', { story: 'night' }), begin);
  const second = await press(passage, more);
  await ask('pace together', { readers: 2 });
  expect(labels(second)[0]).toBe('Ready · 0 of 2');
  expect(labels(await press(second, 'Ready · 0 of 2'))[0]).toBe('Ready · 1 of 2');
  await ask('pace off');
  const third = await press(await ask('read', { story: 'night' }), 'Continue · 3');
  expect(third.content).toContain('Night 3 ');

  // The story's menu under an ending, and the ending.
  await ask('read', { story: 'day' });
  for (let passage = 1; passage <= 3; passage++) await ask('next');
  restrict(false);
  const ending = await ask('next');
  const { id, options } = menuOf(ending);
  expect(options.map(({ label }) => label)).toEqual(['Dusk', 'Night']);
  expect(brief(await ann.choose(ending, id, ['dusk']))).toBe(DUSK);
  restrict(true);
  await ann.choose(ending, id, ['dusk']);
  for (let passage = 1; passage <= 2; passage++) await ask('next');
  restrict(false);
  expect(brief(await ann.slash(channel, 'next'))).toBe(DUSK);
  restrict(true);
  expect((await ask('next')).content).toContain(en.ending.title);
});

/** What becomes of each other button and menu, by the beginning of its custom id. */
const BUTTONS: Readonly<Record<string, string | RegExp>> = {
  'quote:lines': NIGHT,
  'quote:choose': NIGHT,
  'kept:keep': NIGHT,
  'kept:page': /^-# 9 lines of stories for age-restricted channels are not shown here\.$/,
  'kept:forget': /^-# 8 lines of stories/,
  'kept:all': 'You have let go of 8 lines.',
  'catchup:open': NIGHT,
  'catchup:before': NIGHT,
  'catchup:after': NIGHT,
  search: NIGHT,
};
/** They turn pages: the test above. */
const TURNING = ['next', 'ready', 'read'];

function kindOf({ custom_id: id }: Component): string {
  const [name = '', what = ''] = id?.split(':') ?? [];
  return `${name}:${what}` in BUTTONS ? `${name}:${what}` : name;
}

test('nor does any other button or menu', async () => {
  const { ann, ben, ask, restrict, shown } = await openRoom();
  await ask('read', { story: 'night' });
  for (let passage = 1; passage <= 12; passage++) await ask('next');
  for (let number = 1; number <= 9; number++) {
    await ann.press(await ask('quote', { line: `#${number}.1` }), en.buttons.keep);
  }
  await ask('kept');
  const newest = shown.findLast(({ component }) => kindOf(component) === 'quote:lines')?.message;
  if (newest === undefined) throw new Error('No passage has a menu.');
  await ann.press(newest, en.buttons.quote);
  await ben.press(await ask('catchup', {}, ben), en.buttons.more);
  await ask('search', { words: 'smells' });
  // So far from the beginning, catching up is worth a button of the title card.
  await ask('read', { story: 'night', from: 11 });

  restrict(false);
  const lasting = new Map(shown.map((one) => [kindOf(one.component), one]));
  const kinds = [...lasting.keys()].filter((kind) => !TURNING.includes(kind));
  expect(kinds.toSorted()).toEqual(Object.keys(BUTTONS).toSorted());
  for (const [kind, expected] of Object.entries(BUTTONS)) {
    const { message, component } = lasting.get(kind) ?? {};
    if (message === undefined || !component?.custom_id) throw new Error(`There is no ${kind}.`);
    const who = message.interaction_metadata?.user.id === ben.id ? ben : ann;
    const { custom_id: id, options } = component;
    const [choice] = options ?? [];
    const answer =
      choice === undefined
        ? await who.press(message, id, { stale: true })
        : await who.choose(message, id, [choice.value], { stale: true });
    const { content } = messageOf(answer);
    if (typeof expected === 'string') expect(content, kind).toBe(expected);
    else expect(content, kind).toMatch(expected);
    expect(content, kind).not.toContain(SECRET);
  }
});
