import { describe, expect, test } from 'vitest';
import { en } from '../src/words/en.ts';
import { moodyStore } from './moody-store.ts';
import { buttonId, linkTo, menuOf, openRoom, pick } from './quoting-room.ts';
import { brief, labels, libraryOf, messageOf, seen, tale } from './seen.ts';

const QUOTE = en.buttons.quote;
const COMMAND = en.commands.quoteLine;
const text = `# The Letter

## The Light

Dear Zoë, the *lighthouse* is dark tonight. I hear the sea.

Nobody came to the harbour. Nobody ever does.

## The Keeper

The murderer was the lighthouse keeper all along.
He said so,
in three rows.
`;
const library = libraryOf({ letter: text, tale: tale(3) });
const many = Array.from({ length: 60 }, (_, at) => `Line ${at + 1} is here.`).join(' ');

const quotedSea = '> I hear the sea.\n-# Ben · The Letter · The Light · 1 of 3';
const optionLabels = (message: Parameters<typeof menuOf>[0]) =>
  menuOf(message).options.map(({ label }) => label);

describe('the button on the newest passage', () => {
  test('opens a private menu of its lines; choosing one quotes it for everybody', async () => {
    const { ben, passage, channel } = await openRoom('letter', 1, { library });
    const newest = passage(1);
    const answer = await ben.press(newest, QUOTE);
    expect(answer).toMatchObject({ kind: 'message', private: true });
    const menu = messageOf(answer);
    expect(menu.content).toBe('Lines of passage 1 of 3');
    expect(optionLabels(menu)).toEqual([
      'Dear Zoë, the lighthouse is dark tonight.',
      'I hear the sea.',
    ]);
    const { id, options } = menuOf(menu);
    const quoted = await ben.choose(menu, id, [options[1]?.value ?? '']);
    expect(quoted).toMatchObject({ kind: 'message', private: false });
    expect(messageOf(quoted).content).toBe(
      `${quotedSea} · [told here](${linkTo(newest, channel)})`,
    );
    expect(labels(messageOf(quoted))).toEqual([en.buttons.keep]);
    // The passage keeps its buttons: quoting turns no page.
    expect(labels(newest)).toEqual([en.buttons.next, QUOTE]);
  });

  test('pages the lines where there are more than a menu holds', async () => {
    const { ann, passage } = await openRoom('many', 1, { library: libraryOf({ many }) });
    const menu = messageOf(await ann.press(passage(1), QUOTE));
    expect(menu.content).toBe('Lines of passage 1 of 1\n-# Page 1 of 3');
    expect(labels(menu)).toContain(en.buttons.more);
    const found = new Set(optionLabels(menu));
    for (const page of [2, 3]) {
      const turned = await ann.press(menu, en.buttons.more);
      expect(turned).toMatchObject({ kind: 'update', private: true, message: { id: menu.id } });
      expect(menu.content).toMatch(`Page ${page} of 3`);
      for (const label of optionLabels(menu)) found.add(label);
    }
    expect(found.size).toBe(60);
    expect((await pick(ann, menu, 'Line 60')).content).toContain('> Line 60 is here.');
    await ann.press(menu, en.buttons.earlier);
    expect(menu.content).toMatch('Page 2 of 3');
  });

  test('serves on a restarted bot, also once the passage is no longer the newest', async () => {
    const { ann, ben, channel, passage, restart } = await openRoom('letter', 1, { library });
    const first = passage(1);
    const id = buttonId(first, QUOTE);
    await ann.slash(channel, 'next');
    await restart();
    const menu = messageOf(await ben.press(first, id, { stale: true }));
    await restart();
    expect((await pick(ben, menu, 'I hear')).content).toContain(quotedSea);
  });

  test('of a story whose file is gone says so', async () => {
    const { ben, passage, restart } = await openRoom('letter', 1, { library });
    const menu = messageOf(await ben.press(passage(1), QUOTE));
    await restart(libraryOf({ tale: tale(3) }));
    expect(brief(await ben.press(passage(1), QUOTE))).toBe(en.refusal.storyGone);
    const { id, options } = menuOf(menu);
    const answer = await ben.choose(menu, id, [options[0]?.value ?? '']);
    expect(answer).toMatchObject({ private: true });
    expect(brief(answer)).toBe(en.refusal.storyGone);
  });

  test('serves after the reading was closed, or another begun', async () => {
    const { ann, ben, channel, passage } = await openRoom('letter', 1, { library });
    const first = passage(1);
    const id = buttonId(first, QUOTE);
    await ann.slash(channel, 'close');
    await ben.press(first, id, { stale: true });
    await ann.slash(channel, 'read', { story: 'tale' });
    const menu = messageOf(await ben.press(first, id, { stale: true }));
    expect((await pick(ben, menu, 'I hear')).content).toContain(quotedSea);
  });
});

describe('a slow store', () => {
  test('shows "thinking" to the asker, then the menu; its pages turn all the same', async () => {
    const store = moodyStore();
    const { ann, channel, passage } = await openRoom('many', 1, {
      library: libraryOf({ many }),
      aroundStore: store.aroundStore,
    });
    const slow = { on: 'load', how: 1700, channel } as const;
    store.cast(slow);
    const menu = messageOf(await ann.press(passage(1), QUOTE));
    expect(menu.content).toMatch('Page 1 of 3');
    store.cast(slow);
    const turned = messageOf(await ann.press(menu, en.buttons.more));
    expect(turned.content).toMatch('Page 2 of 3');
  });

  test('slow at every step of the way: the quote comes, a deferral ahead of it', async () => {
    const store = moodyStore();
    const { ann, passage } = await openRoom('letter', 1, {
      library,
      aroundStore: store.aroundStore,
    });
    const menu = messageOf(await ann.press(passage(1), QUOTE));
    for (const name of ['channels', 'finished', 'told']) {
      store.cast({ on: 'load', how: 1200, in: name });
    }
    expect((await pick(ann, menu, 'I hear')).content).toContain('> I hear the sea.');
  });

  test('that fails to write a told passage down: its lines can be quoted', async () => {
    const store = moodyStore();
    const { ann, channel, passage } = await openRoom('letter', 1, {
      library,
      aroundStore: store.aroundStore,
    });
    store.cast({ on: 'move', how: 'fail', channel });
    await ann.slash(channel, 'next');
    const menu = messageOf(await ann.press(passage(2), QUOTE));
    expect((await pick(ann, menu, 'Nobody came')).content).toContain('> Nobody came');
  });
});

describe(`"${COMMAND}" on a message`, () => {
  test('of any passage opens its menu, also after a restart', async () => {
    const { ben, passage, restart, channel } = await openRoom('letter', 3, { library });
    for (const [number, line] of [
      [1, 'I hear the sea.'],
      [2, 'Nobody ever does.'],
      [3, 'The murderer was the lighthouse keeper all along.'],
      [3, 'He said so, in three rows.'],
    ] as const) {
      await restart();
      const answer = await ben.messageCommand(passage(number), COMMAND);
      expect(answer).toMatchObject({ kind: 'message', private: true });
      const quoted = await pick(ben, messageOf(answer), line);
      expect(quoted.content.replaceAll('\n> ', ' ')).toContain(`> ${line}\n`);
      expect(quoted.content).toContain(`[told here](${linkTo(passage(number), channel)})`);
    }
  });

  test('of a reading before this one, in this channel', async () => {
    const { ann, ben, channel, passage } = await openRoom('letter', 3, { library });
    const last = passage(3);
    await ann.slash(channel, 'next');
    await ann.slash(channel, 'read', { story: 'letter' });
    await ann.slash(channel, 'next');
    const menu = messageOf(await ben.messageCommand(last, COMMAND));
    expect(optionLabels(menu)).toEqual([
      'The murderer was the lighthouse keeper all along.',
      'He said so, in three rows.',
    ]);
  });

  test('finds its passage in an edited story, or says that it was rewritten', async () => {
    const { ben, passage, restart } = await openRoom('letter', 2, { library });
    const moved = text
      .replace('# The Letter', '# The Last Letter')
      .replace('Dear Zoë', 'A word before.\n\nDear Zoë')
      .replace('Nobody ever does', 'Somebody does');
    await restart(libraryOf({ letter: moved }));
    const menu = messageOf(await ben.messageCommand(passage(1), COMMAND));
    expect(menu.content).toBe('Lines of passage 2 of 4');
    expect((await pick(ben, menu, 'I hear')).content).toMatch(
      /^> I hear the sea\.\n-# Ben · The Last Letter · The Light · 2 of 4/,
    );
    const rewritten = await ben.messageCommand(passage(2), COMMAND);
    expect(brief(rewritten)).toBe(en.refusal.rewritten);
  });

  test('says so where the file of the story is gone', async () => {
    const { ben, passage, restart } = await openRoom('letter', 2, { library });
    await restart(libraryOf({ tale: tale(3) }));
    const answer = await ben.messageCommand(passage(1), COMMAND);
    expect(brief(answer)).toBe(en.refusal.storyGone);
  });

  test('that is no passage of ours says so', async () => {
    const { ann, ben, channel, discord, passage } = await openRoom('letter', 2, { library });
    const card = discord.messages(channel)[0] ?? expect.fail();
    const quote = messageOf(await ann.slash(channel, 'quote', { line: '#1.2' }));
    const unlinked = messageOf(await ann.slash(channel, 'quote', { line: '#3.1', spoiler: true }));
    const menu = messageOf(await ben.press(passage(2), QUOTE));
    const forged = ben.say(channel, passage(1).content);
    const ahead = ben.say(
      channel,
      'The murderer was the lighthouse keeper.\n-# The Letter · 3 of 3',
    );
    const empty = ben.say(channel, '');
    for (const message of [card, quote, unlinked, menu, forged, ahead, empty]) {
      const answer = await ben.messageCommand(message, COMMAND);
      expect(answer).toMatchObject({ private: true });
      expect(brief(answer)).toBe(en.refusal.notOurs);
    }
  });

  test('by a user install, where the bot is no member, and in a DM', async () => {
    const { discord } = await openRoom('letter', 1, { library });
    const guest = discord.user('Guest', { appInstalled: true });
    const away = discord.channel('away', { guild: discord.elsewhere });
    for (const channel of [away, discord.dm(guest)]) {
      await guest.slash(channel, 'read', { story: 'letter' });
      const told = messageOf(await guest.slash(channel, 'next'));
      const menu = messageOf(await guest.messageCommand(told, COMMAND));
      const quoted = await pick(guest, menu, 'I hear');
      expect(quoted.content).toContain('> I hear the sea.\n-# Guest · The Letter');
      // Where it was told is noted after the answer.
      const again = async () => (await pick(guest, menu, 'I hear')).content;
      await expect.poll(again).toContain(linkTo(told, channel));
    }
  });
});

describe('a menu from before the story was edited', () => {
  test('quotes the line it shows, where that stands now', async () => {
    const { ben, passage, restart } = await openRoom('letter', 2, { library });
    const menu = messageOf(await ben.press(passage(2), QUOTE));
    await restart(
      libraryOf({ letter: text.replace('Nobody came', 'New.\n\nMore of it. Nobody came') }),
    );
    expect((await pick(ben, menu, 'Nobody ever')).content).toMatch(
      /^> Nobody ever does\.\n-# Ben · The Letter · The Light · 3 of 4/,
    );
  });

  test('quotes no other line in place of one that was rewritten', async () => {
    const { ben, channel, discord, passage, restart } = await openRoom('letter', 2, { library });
    const menu = messageOf(await ben.press(passage(2), QUOTE));
    await restart(libraryOf({ letter: text.replace('Nobody ever does', 'Ships do') }));
    const { id, options } = menuOf(menu);
    const answer = await ben.choose(menu, id, [options[1]?.value ?? '']);
    expect(brief(answer)).toBe(en.refusal.rewritten);
    expect(seen(discord, channel)).toHaveLength(3);
  });
});
