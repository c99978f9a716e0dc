import { expect, test } from 'vitest';
import { fitsMessage } from '../src/message/fits.ts';
import { inlineTitle } from '../src/message/markdown.ts';
import { toldIn } from '../src/message/stretch.ts';
import { isTold, type Turn } from '../src/reading/record.ts';
import { storyOf } from '../src/story/in-memory.ts';
import { createLibrary } from '../src/story/library.ts';
import { parseStory } from '../src/story/parse.ts';
import { en } from '../src/words/en.ts';
import { menuOf, openRoom, pick } from './quoting-room.ts';
import { libraryOf, messageOf, seen } from './seen.ts';
import { archived } from './texts/archive.ts';

const TITLE = 'الفانوس';
const ISOLATED = `\u2068${TITLE}\u2069`;
const FIRST = 'أضاء أحمد الفانوس. ثم جلس.';
const text = `# ${TITLE}\n\n## البداية\n\n${FIRST}\n\n${'وكان البحر هادئًا. '.repeat(3).trim()}`;

test('a title from right to left stands alone in its own order, and isolated among other words', async () => {
  const library = libraryOf({ lamp: text });
  const { ann, ben, discord, channel, passage } = await openRoom('lamp', 1, { library });
  expect(seen(discord, channel)).toEqual([`## ${TITLE}`, 1]);
  expect(passage(1).content).toBe(`### البداية\n${FIRST}\n-# ${ISOLATED} · 1 of 2`);

  const menu = messageOf(await ben.messageCommand(passage(1), en.commands.quoteLine));
  expect(menuOf(menu).options.map(({ label }) => label)).toEqual(['أضاء أحمد الفانوس.', 'ثم جلس.']);
  const quoted = await pick(ben, menu, 'ثم');
  expect(quoted.content).toContain(
    `> ثم جلس.\n-# Ben · ${ISOLATED} · \u2068البداية\u2069 · 1 of 2`,
  );

  const where = messageOf(await ann.slash(channel, 'where')).content;
  expect(where).toContain(`**${TITLE}**\n`);
  expect(where).toContain(': \u2068البداية\u2069\n');
});

test('a message is known as told whether or not Discord keeps what can not be seen', () => {
  const content = `${FIRST}\n-# ${ISOLATED} · 1 of 2`;
  const turn: Turn = { at: 0, body: { content } };
  for (const kept of [content, content.replace(/[\u2068\u2069]/g, '')]) {
    expect(isTold(turn, { id: '1', content: kept })).toBe(true);
    expect(isTold(turn, { id: '1', content: kept.replace('1 of', '2 of') })).toBe(false);
    expect(toldIn(kept)).toMatchObject({ text: FIRST, title: TITLE });
  }
});

test('a title without anything from right to left stays as it is', () => {
  for (const title of ['The Sea', 'Море', '海', 'é🛶', '1001'])
    expect(inlineTitle(title)).toBe(title);
});

test('the title card credits what an archive’s text comes from', async () => {
  const book = parseStory({ name: 'ferry.txt', text: archived('Row.') }, fitsMessage);
  const library = createLibrary([{ ...storyOf(book), shelf: [] }]);
  const { discord, channel } = await openRoom('ferry', 0, { library });
  const card = discord.messages(channel)[0]?.content.split('\n');
  expect(card).toContain('## The Ferry');
  expect(card).toContain('by A. Nonymous');
  expect(card).toContain('-# From Project Gutenberg: in the public domain in the USA.');
});

test('a title card fits one message, however much a file says of itself', async () => {
  const names = ['title', 'author', 'source', 'rights'].map(
    (key) => `${key}: '${'*\u0301'.repeat(290)}'`,
  );
  const library = libraryOf({
    long: `---\n${names.join('\n')}\nsummary: '${'*'.repeat(590)}'\n---\nRow.`,
  });
  const { discord, channel } = await openRoom('long', 0, { library });
  const card = discord.messages(channel)[0]?.content ?? '';
  expect(card).toContain('1 passage');
  expect(card.length).toBeLessThanOrEqual(2000);
});
