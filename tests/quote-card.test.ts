import { describe, expect, test } from 'vitest';
import { en } from '../src/words/en.ts';
import { moodyStore } from './moody-store.ts';
import { linkTo, openRoom } from './quoting-room.ts';
import { brief, labels, libraryOf, messageOf } from './seen.ts';

const long = `${'word '.repeat(210)}end.`;
const story = `---
author: Ann *Author*
---
# The Letter

## The Light

Dear Zoë, the *lighthouse* is dark tonight. I hear the sea.

${long} A \u{10fffd} is no letter.

The murderer was the keeper.
`;
const library = libraryOf({ letter: story });

async function openLetter(aroundStore = moodyStore().aroundStore) {
  const room = await openRoom('letter', 2, { library, aroundStore });
  const { ann, channel } = room;
  const quote = async (options: object) =>
    messageOf(await ann.slash(channel, 'quote', { ...options }));
  return { ...room, quote };
}

test.each(['card', 'light-card'])('as: %s posts a picture, its line as alt text', async (as) => {
  const { discord, channel, passage, quote } = await openLetter();
  const message = await quote({ line: 'lighthouse', as });
  expect(message.content).toBe(
    `-# Ann · The Letter · The Light · 1 of 3 · [told here](${linkTo(passage(1), channel)})`,
  );
  expect(message.attachments).toMatchObject([
    {
      filename: 'quote.png',
      content_type: 'image/png',
      description: 'Dear Zoë, the lighthouse is dark tonight.',
    },
  ]);
  expect(message.attachments[0]?.size).toBeGreaterThan(5000);
  expect(message.flags).toBe(0);
  expect(labels(message)).toEqual([en.buttons.keep]);
  const request = discord.requests.findLast(({ uploads }) => uploads.length > 0);
  expect(request?.body).toMatchObject({ data: { allowed_mentions: { parse: [] } } });
});

test('its line can be kept', async () => {
  const { ben, quote } = await openLetter();
  const message = await quote({ line: 'sea', as: 'card' });
  expect(brief(await ben.press(message, en.buttons.keep))).toBe(en.quote.kept);
});

test('as: text is the plain quote', async () => {
  const { quote } = await openLetter();
  const message = await quote({ line: 'sea', as: 'text' });
  expect(message).toMatchObject({ attachments: [] });
  expect(message.content).toContain('> I hear the sea.\n');
});

describe('falls back to the plain quote', () => {
  test.each([
    ['a line longer than an alt text', '#2.1', long],
    ['a line that no font has all letters of', '#2.2', 'A \u{10fffd} is no letter.'],
  ])('%s', async (_, line, text) => {
    const { quote } = await openLetter();
    const message = await quote({ line, as: 'card' });
    expect(message).toMatchObject({ attachments: [] });
    expect(message.content).toContain(`> ${text}\n-# `);
  });

  test('where more are asked for at once than may wait, and says so in the log', {
    timeout: 30_000,
  }, async () => {
    const { ann, channel, log } = await openLetter();
    const all = Array.from({ length: 70 }, () =>
      ann.slash(channel, 'quote', { line: 'sea', as: 'card' }),
    );
    const messages = (await Promise.all(all)).map(messageOf);
    const pictures = messages.filter(({ attachments }) => attachments.length === 1);
    const texts = messages.filter(({ content }) => content.startsWith('> I hear the sea.'));
    expect(texts.length).toBeGreaterThan(0);
    expect(pictures.length + texts.length).toBe(70);
    const logged = log.filter((line) => line.includes('a card was not painted'));
    expect(logged).toHaveLength(texts.length);
  });
});

describe('spoiler: true', () => {
  test('makes it a spoiler attachment, its chapter and its keeping left out', async () => {
    const { quote } = await openLetter();
    const message = await quote({ line: 'murderer', as: 'card', spoiler: true });
    expect(message.content).toBe('-# Ann · The Letter · 3 of 3');
    expect(message.attachments).toMatchObject([{ filename: 'SPOILER_quote.png' }]);
    expect(labels(message)).toEqual([]);
  });

  test('is for nobody but the host and moderators, and nothing is painted', async () => {
    const { ben, channel, discord } = await openLetter();
    const options = { line: 'murderer', as: 'card', spoiler: true };
    expect(brief(await ben.slash(channel, 'quote', options))).toMatch(/^Only the one who began/);
    expect(discord.requests.filter(({ uploads }) => uploads.length > 0)).toEqual([]);
  });
});

test('after a deferral the picture is edited in', async () => {
  const mood = moodyStore();
  const { channel, quote, discord } = await openLetter(mood.aroundStore);
  mood.cast({ on: 'load', how: 1700, channel });
  const message = await quote({ line: 'sea', as: 'card' });
  expect(message.attachments).toMatchObject([
    { filename: 'quote.png', description: 'I hear the sea.' },
  ]);
  expect(message.content).toMatch(/^-# Ann · /);
  expect(discord.messages(channel).at(-1)?.id).toBe(message.id);
});
