import type { Keyv } from 'keyv';
import { describe, expect, test } from 'vitest';
import type { Store } from '../src/reading/store.ts';
import type { Message } from '../src/rehearsal/discord/wire.ts';
import { en } from '../src/words/en.ts';
import { handClock } from './clock.ts';
import { type HouseOptions, openHouse } from './harness.ts';
import { menuOf, pick } from './quoting-room.ts';
import { brief, buttoned, labels, libraryOf, messageOf, tale } from './seen.ts';

const HOUR = 3_600_000;
const library = libraryOf({
  tale: tale(3),
  other: `---\nauthor: Ann Author\n---\n\n${tale(4, 'Another')}`,
  third: tale(2, 'A Third'),
});

async function openRoom(options: HouseOptions = {}) {
  const clock = handClock(Date.UTC(2026, 4, 1));
  const house = await openHouse({ library, clock, ...options });
  const { discord } = house;
  const [channel, ann, ben] = [discord.channel('a'), discord.user('Ann'), discord.user('Ben')];
  const read = async (story: string) => {
    await ann.slash(channel, 'read', { story });
    const length = library.get(story)?.length ?? 0;
    for (let passage = 0; passage < length; passage++) await ann.slash(channel, 'next');
    return messageOf(await ann.slash(channel, 'next'));
  };
  return { ...house, clock, channel, ann, ben, read };
}

const offered = (message: Message) => menuOf(message).options.map(({ label }) => label);

describe('the closing card', () => {
  test('says when, for how long, in how many sittings and by how many readers', async () => {
    const { discord, channel, clock, ann, ben } = await openRoom();
    const begun = clock.now() / 1000;
    await ann.slash(channel, 'read', { story: 'tale' });
    await ann.slash(channel, 'next');
    clock.turn(50 * HOUR);
    await ben.slash(channel, 'next');
    clock.turn(HOUR);
    await discord.user('Cleo').slash(channel, 'next');
    clock.turn(HOUR);
    const { content } = messageOf(await ann.slash(channel, 'next'));
    expect(content.split('\n')).toEqual([
      `### ${en.ending.title}`,
      '*A Tale*, told here to its last word. Thank you for reading together.',
      `Begun <t:${begun}:f>, ended <t:${begun + 52 * 3600}:f> · in 2 sittings · 3 readers`,
      '-# A Tale · 3 passages in 2 days, 4 hours',
    ]);
    expect(brief(await ben.slash(channel, 'next'))).toMatch(/told to its end/);
  });

  test('has the lines that three readers kept, the most kept first', async () => {
    const { discord, channel, ann } = await openRoom();
    await ann.slash(channel, 'read', { story: 'tale' });
    for (let passage = 1; passage <= 3; passage++) await ann.slash(channel, 'next');
    const keep = async (line: string, readers: number) => {
      const quote = messageOf(await ann.slash(channel, 'quote', { line }));
      for (let reader = 0; reader < readers; reader++) {
        await discord.user(`Reader ${reader}`).press(quote, 'Keep');
      }
    };
    await keep('#1.1', 3);
    await keep('#2.1', 2);
    await keep('#3.1', 4);
    const { content } = messageOf(await ann.slash(channel, 'next'));
    expect(content).toContain(
      `\n${en.ending.favourites}\n> Passage 3 of the tale.\n> Passage 1 of the tale.\n-# A Tale`,
    );
    expect(content).not.toContain('Passage 2');
  });

  test('offers the stories this room has not finished; choosing one begins it', async () => {
    const { discord, channel, ann, ben, read, restart } = await openRoom();
    const first = await read('tale');
    expect(offered(first)).toEqual(['A Third', 'Another']);
    expect(menuOf(first).options[1]?.description).toBe('Ann Author · 4 passages · about 1 minute');
    const second = await read('third');
    expect(offered(second)).toEqual(['Another']);

    await restart();
    const card = await pick(ben, second, 'Another');
    expect(card.content).toMatch(/^## Another\nby Ann Author/);
    expect(labels(card)).toEqual(['Begin']);
    await discord.waitFor(() => second.components.length === 0);
    // Ben has begun it, as if by /read.
    expect(brief(await ben.slash(channel, 'goto', { passage: 2 }))).toBe(2);
    expect(brief(await ann.slash(channel, 'back'))).toMatch(/^Only the one who began/);
    expect(buttoned(discord, channel)).toEqual([0]);
  });

  test('has no menu once every story is read', async () => {
    const { read } = await openRoom();
    await read('tale');
    await read('third');
    expect((await read('other')).components).toEqual([]);
  });

  test('of an ending that is no more the newest begins nothing', async () => {
    const { channel, ann, ben, read } = await openRoom();
    const ending = await read('tale');
    const { id } = menuOf(ending);
    const both = await Promise.all([
      ann.choose(ending, id, ['other'], { stale: true }),
      ben.choose(ending, id, ['third'], { stale: true }),
    ]);
    expect(both.filter((answer) => answer.kind === 'message' && !answer.private)).toHaveLength(1);
    expect(brief(await ann.choose(ending, id, ['third'], { stale: true }))).toMatch(
      /^This button belongs to a reading that is over/,
    );
    await ann.slash(channel, 'close');
    expect(brief(await ann.choose(ending, id, ['third'], { stale: true }))).toContain(
      en.refusal.nothing,
    );
  });

  test.each([
    ['fails', () => Promise.reject(new Error('the disk is on fire'))],
    ['hangs', () => new Promise<never>(() => {})],
  ])('comes without the room’s lines where the store %s', async (_, get) => {
    const { read } = await openRoom({ aroundStore: (store) => withoutKept(store, get) });
    const { content } = await read('tale');
    expect(content).toMatch(/\n-# A Tale · 3 passages in less than a minute$/);
  });
});

/** A store in which the kept lines can't be read. */
function withoutKept(store: Store, get: () => Promise<never>): Store {
  return {
    close: () => store.close(),
    namespace<Value>(name: string): Keyv<Value> {
      const records = store.namespace<Value>(name);
      return name === 'kept' ? Object.assign(records, { get }) : records;
    },
  };
}
