import { expect, test } from 'vitest';
import { en } from '../src/words/en.ts';
import { openHouse } from './harness.ts';
import { brief, libraryOf, messageOf, seen } from './seen.ts';

const story = `# The Letter

Dear Zoë, the *lighthouse* is dark tonight. I hear the sea.

Nobody came to the harbour. Nobody ever does.

The murderer was the lighthouse keeper all along.
`;
const library = libraryOf({ letter: story });

/** The letter, told up to its second passage, and a way to quote from it. */
async function openLetter() {
  const house = await openHouse({ library });
  const { discord } = house;
  const channel = discord.channel('a');
  const ann = discord.user('Ann');
  await ann.slash(channel, 'read', { story: 'letter' });
  await ann.slash(channel, 'next');
  await ann.slash(channel, 'next');
  const quote = async (line?: string) =>
    messageOf(await ann.slash(channel, 'quote', { line })).content;
  const offered = async (line: string) => await ann.type(channel, 'quote', { line }, 'line');
  return { ...house, channel, ann, quote, offered };
}

test('a line is a block quote with its story and passage under it, for everybody', async () => {
  const { ann, channel, quote } = await openLetter();
  expect(await quote('lighthouse dark')).toBe(
    '> Dear Zoë, the *lighthouse* is dark tonight.\n-# The Letter · 1 of 3',
  );
  const answer = await ann.slash(channel, 'quote', { line: 'hear the sea' });
  expect(answer).toMatchObject({ private: false, message: { components: [], embeds: [] } });
});

test.each([
  ['a choice', '#2.2', 'Nobody ever does.'],
  ['words in any order and case', 'SEA hear', 'I hear the sea.'],
  ['accents left out', 'dear zoe', 'Dear Zoë, the *lighthouse* is dark tonight.'],
  ['one typo in a middling word', 'harbor', 'Nobody came to the harbour.'],
  ['two typos in a long word', 'lighthuose', 'Dear Zoë, the *lighthouse* is dark tonight.'],
])('%s finds its line', async (_, wanted, line) => {
  const { quote } = await openLetter();
  expect(await quote(wanted)).toContain(`> ${line}\n`);
});

test('without words it is a line of the last passage', async () => {
  const { quote } = await openLetter();
  expect(await quote()).toMatch(/^> Nobody .*\n-# The Letter · 2 of 3$/);
});

test.each([
  ['a line not yet told', 'the murderer was the lighthouse keeper'],
  ['a word not yet told', 'murderer'],
  ['the choice of one', '#3.1'],
  ['a line that does not exist', '#1.9'],
  ['a passage that does not exist', '#99.1'],
  ['nonsense', 'xyzzy plugh'],
  ['a typo in a short word', 'daer'],
  ['words of two lines', 'sea harbour'],
  ['no word at all', '?!'],
])('%s is refused like all others', async (_, wanted) => {
  const { discord, ann, channel } = await openLetter();
  const answer = await ann.slash(channel, 'quote', { line: wanted });
  expect(answer).toMatchObject({ private: true });
  expect(brief(answer)).toBe(en.refusal.line);
  expect(seen(discord, channel)).toHaveLength(3);
});

test('autocomplete offers told lines alone', async () => {
  const { ann, channel, offered } = await openLetter();
  const names = async (typed: string) => (await offered(typed)).map(({ name }) => name);
  expect(await names('nob')).toEqual(['2 · Nobody ever does.', '2 · Nobody came to the harbour.']);
  expect(await names('lighth')).toEqual(['1 · Dear Zoë, the lighthouse is dark tonight.']);
  expect(await names('murderer')).toEqual([]);
  expect(await names('')).toEqual(['2 · Nobody came to the harbour.', '2 · Nobody ever does.']);
  const [choice] = await offered('sea');
  expect(choice).toEqual({ name: '1 · I hear the sea.', value: '#1.2' });

  await ann.slash(channel, 'next');
  await ann.slash(channel, 'goto', { passage: 1 });
  // What was told stays told, wherever the reading is now.
  expect(await names('murderer')).toHaveLength(1);
});

test('nothing is told in another channel, in a DM, or before the first passage', async () => {
  const { discord, ann } = await openLetter();
  for (const other of [discord.channel('b'), discord.dm(ann)]) {
    expect(brief(await ann.slash(other, 'quote', { line: 'sea' }))).toBe(en.refusal.nothing);
    await ann.slash(other, 'read', { story: 'letter' });
    expect(brief(await ann.slash(other, 'quote', { line: 'sea' }))).toBe(en.refusal.toldNothing);
    expect(await ann.type(other, 'quote', { line: 'sea' }, 'line')).toEqual([]);
  }
});

test('of very many lines, 25 are offered, each name short enough', async () => {
  const many = Array.from({ length: 80 }, (_, at) => `Nobody ${at} ${'word '.repeat(30)}end.`);
  const { discord } = await openHouse({ library: libraryOf({ many: many.join('\n\n') }) });
  const [channel, ann] = [discord.channel('a'), discord.user('Ann')];
  await ann.slash(channel, 'read', { story: 'many' });
  await ann.slash(channel, 'goto', { passage: 80 });
  const choices = await ann.type(channel, 'quote', { line: 'nobody' }, 'line');
  expect(choices).toHaveLength(25);
  for (const { name } of choices) expect(name.length).toBeLessThanOrEqual(100);
});
