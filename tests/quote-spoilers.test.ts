import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Answer } from '../src/rehearsal/discord/interactions.ts';
import { hashText } from '../src/story/anchor.ts';
import { storyKey } from '../src/story/key.ts';
import { lineMark, linesAt } from '../src/story/line-name.ts';
import type { Story } from '../src/story/story.ts';
import { en } from '../src/words/en.ts';
import { passagesOf } from './book.ts';
import { buttonId, menuOf, openRoom } from './quoting-room.ts';
import { brief, libraryOf, messageOf } from './seen.ts';

const TOLD = 4;
const told = [
  'The lamp was lit. "Who goes there?" asked the keeper.',
  'Nobody answered him, and the sea went on with its one word.',
  'A letter lay on the stairs. It was dry. It had no name on it.',
  'He read the letter twice, and then the light went out.',
];
// Two stories alike as far as they are told. Their endings share words with it, and with each other.
const endings = [
  ['The murderer was the gardener. The lamp knew.', 'She sails in the morning.', 'Xylophone.'],
  ['The keeper wrote the letter himself! He wept.', 'Nobody sails. The sea?', 'A xylophonist.'],
];

const storyOf = (ending: readonly string[]) =>
  libraryOf({ story: `# The Lamp\n\n${[...told, ...ending].join('\n\n')}\n` });

/** The story with one of the endings, told up to where they part; every way to ask for a line. */
async function openAlike(ending: readonly string[]) {
  const room = await openRoom('story', TOLD, { library: storyOf(ending) });
  const { ann, ben, channel, library, passage } = room;
  const newest = passage(TOLD);
  const menu = messageOf(await ben.press(newest, en.buttons.quote));
  const quote = messageOf(await ann.slash(channel, 'quote', { line: '#1.1' }));
  const forge = (id: string) => ben.press(newest, id, { stale: true });
  return {
    story: library.get('story') ?? expect.fail(),
    typed: (line: string) => ben.type(channel, 'quote', { line }, 'line'),
    quoted: (line: string) => ben.slash(channel, 'quote', { line }),
    found: (words: string) => ben.slash(channel, 'search', { words: words.slice(0, 80) }),
    foundPage: (state: string) => forge(`search:${state}`),
    chosen: (value: string) => ben.choose(menu, menuOf(menu).id, [value], { stale: true }),
    offered: (state: string) => forge(`quote:lines:${storyKey('story')}:${state}`),
    kept: (mark: string) =>
      ben.press(quote, `kept:keep:${storyKey('story')}:${mark}`, { stale: true }),
    hasKeep: buttonId(quote, en.buttons.keep),
  };
}

/** What an answer shows: all but the ids of messages, which differ from house to house. */
function shown(answer: Answer): unknown {
  if (answer.kind !== 'message' && answer.kind !== 'update') return answer.kind;
  const { content, components } = answer.message;
  const { kind, private: isPrivate } = answer;
  return { kind, isPrivate, content: content.replace(/\(https:[^)]*\)/g, '(link)'), components };
}

const words = [...told, ...endings.flat()].join(' ').match(/\p{L}+/gu) ?? [];
const word = fc
  .tuple(fc.constantFrom(...words), fc.nat(9), fc.constantFrom('', '', '', 'x', 'e', '“'))
  .map(([text, at, typo]) => (typo === '' ? text : text.slice(0, at) + typo + text.slice(at + 1)));
const query = fc.oneof(
  fc.array(word, { minLength: 1, maxLength: 4 }).map((some) => some.join(' ')),
  fc.tuple(word, fc.nat(8)).map(([text, length]) => text.slice(0, length + 1)),
  fc.string({ minLength: 1, maxLength: 12 }),
);
const name = fc.tuple(fc.nat(9), fc.nat(4)).map(([passage, line]) => `#${passage}.${line}`);

test('answers are the same whatever comes after what was told', { timeout: 30_000 }, async () => {
  const [one, other] = [await openAlike(endings[0] ?? []), await openAlike(endings[1] ?? [])];
  const marks = [one.story, other.story].flatMap((story: Story) =>
    passagesOf(story).flatMap(({ number }) => linesAt(story, number).map(lineMark)),
  );
  const hashes = [one.story, other.story].flatMap((story) =>
    passagesOf(story).map(({ anchor }) => anchor),
  );
  const mark = fc.oneof(
    fc.constantFrom(...marks),
    name,
    fc.tuple(name, fc.constantFrom(...hashes, '')).map((parts) => parts.join(':')),
    fc.string(),
  );
  const state = fc
    .tuple(fc.nat(9), fc.constantFrom(...hashes, 'x'), fc.nat(3))
    .map((parts) => parts.join(':'));
  const asked = fc.record({ query, name, mark, state, page: fc.integer({ min: -1, max: 30 }) });

  await fc.assert(
    fc.asyncProperty(asked, async ({ query, name, mark, state, page }) => {
      expect(await one.typed(query)).toEqual(await other.typed(query));
      for (const ask of [
        (room: typeof one) => room.quoted(query),
        (room: typeof one) => room.quoted(name),
        (room: typeof one) => room.found(query),
        (room: typeof one) => room.foundPage(`${page}:${query}`),
        (room: typeof one) => room.chosen(mark),
        (room: typeof one) => room.offered(state),
        (room: typeof one) => room.kept(mark),
      ]) {
        expect(shown(await ask(one))).toEqual(shown(await ask(other)));
      }
    }),
    { numRuns: 100 },
  );
});

test('a line ahead and one that does not exist are refused alike, by every way in', async () => {
  const { quoted, found, chosen, offered, kept, story } = await openAlike(endings[0] ?? []);
  const [ahead] = linesAt(story, 5);
  const passage = story.passage(5);
  if (ahead === undefined || passage === undefined) throw new Error('There is no passage 5.');
  const ways = [
    [quoted, [ahead.text, '#5.1', '#5.9', '#99.1', 'gardener', 'gardenia'], en.refusal.line],
    [found, ['gardener', 'gardenia'], en.search.none],
    [chosen, [lineMark(ahead), '#5.1', '#5.9:x', '#99.1:x', '', 'x'], en.refusal.rewritten],
    [offered, [`5:${hashText(passage.text)}:0`, '5:x:0', '99:x:0', ''], en.refusal.rewritten],
    [kept, [lineMark(ahead), '#5.1', '#5.9:x', '#99.1:x', '', 'x'], en.refusal.rewritten],
  ] as const;
  for (const [ask, values, refusal] of ways) {
    for (const value of values) {
      const answer = await ask(value);
      expect(answer).toMatchObject({ private: true });
      expect([value, brief(answer)]).toEqual([value, refusal]);
    }
  }
});

test('a place found again in an edited story opens no passage more', async () => {
  const { ben, passage, restart, channel } = await openRoom('story', 2, {
    library: storyOf(endings[0] ?? []),
  });
  const newest = passage(2);
  const next = `quote:lines:${storyKey('story')}:4:${hashText(told[2] ?? '')}:0`;
  await restart(libraryOf({ story: `# The Lamp\n\nNew.\n\n${told.join('\n\n')}\n` }));
  expect(brief(await ben.press(newest, next, { stale: true }))).toBe(en.refusal.rewritten);
  expect(brief(await ben.slash(channel, 'quote', { line: '#4.1' }))).toBe(en.refusal.line);
  const menu = messageOf(await ben.press(newest, en.buttons.quote));
  expect(menu.content).toBe('Lines of passage 3 of 5');
});
