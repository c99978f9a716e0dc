import { describe, expect, test } from 'vitest';
import type { Message } from '../src/rehearsal/discord/wire.ts';
import { en } from '../src/words/en.ts';
import { type HouseOptions, openHouse } from './harness.ts';
import { brief, labels, libraryOf, messageOf, tale, told } from './seen.ts';

/** Passages of `length` characters or so, each of them unlike the others. */
function longTale(count: number, length = 300, first = 1): string {
  const passages = Array.from({ length: count }, (_, at) => {
    const start = `This is passage ${at + first}.`;
    return `${start} ${'And so it went on. '.repeat(Math.ceil(length / 19))}`.trim();
  });
  return `# A Tale\n\n${passages.join('\n\n')}\n`;
}

const library = libraryOf({ tale: longTale(60), other: tale(20, 'Another') });

/** A channel where Ann reads the tale; she has had its first passage told, and Ben the second. */
async function openRoom(options: HouseOptions = { library }) {
  const house = await openHouse(options);
  const { discord } = house;
  const [channel, ann, ben] = [discord.channel('a'), discord.user('Ann'), discord.user('Ben')];
  await ann.slash(channel, 'read', { story: 'tale' });
  const tell = async (times: number) => {
    for (let time = 0; time < times; time++) await ann.slash(channel, 'next');
  };
  await tell(1);
  const catchUp = async (who = ben) => {
    await house.quiet();
    return messageOf(await who.slash(channel, 'catchup'));
  };
  return { ...house, channel, ann, ben, tell, catchUp };
}

/** The numbers of the passages that a stretch shows. */
function shown({ content }: Message): number[] {
  return Array.from(content.matchAll(/This is passage (\d+)\./g), ([, number]) => Number(number));
}

/** Presses More until there is none; what each stretch showed. */
async function toTheEnd(
  reader: Awaited<ReturnType<typeof openRoom>>['ben'],
  message: Message,
): Promise<number[][]> {
  const all = [shown(message)];
  while (labels(message).includes('More')) {
    messageOf(await reader.press(message, 'More'));
    all.push(shown(message));
  }
  return all;
}

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at);

describe('/catchup', () => {
  test('tells a reader who missed forty passages all of them, once, and nobody else', async () => {
    const { discord, channel, ann, ben, tell, catchUp } = await openRoom();
    expect(brief(await ben.slash(channel, 'next'))).toBe(2);
    await tell(40);
    const first = await catchUp();
    expect(first.content).toMatch(/^This is passage 2\.[\s\S]*\n-# A Tale · 2–\d+ of 60$/);
    expect(labels(first)).toEqual(['Back', 'More']);
    const stretches = await toTheEnd(ben, first);
    expect(stretches.flat()).toEqual(range(2, 42));
    expect(first.content).toContain(`\n${en.catchup.now} Here is [the newest message](`);
    expect(first.content.length).toBeLessThanOrEqual(2000);
    // A readable stretch is more than a passage at a time.
    expect(stretches.length).toBeLessThan(12);
    expect(told(discord, channel)).toEqual(range(1, 42));
    expect(discord.messages(channel, ann)).toHaveLength(43);

    expect((await catchUp()).content).toMatch(/^You are with us now\./);
    expect((await catchUp(ann)).content).toMatch(/^You are with us now\./);
  });

  test('goes back as it went on', async () => {
    const { ben, tell, catchUp } = await openRoom();
    await tell(20);
    const message = await catchUp();
    expect(labels(message)).toEqual(['More']);
    await toTheEnd(ben, message);
    const back = [shown(message)];
    while (labels(message).includes('Back')) {
      await ben.press(message, 'Back');
      back.unshift(shown(message));
    }
    expect(back.flat()).toEqual(range(1, 21));
  });

  test('counts a press of Ready as having seen the passage', async () => {
    const { discord, channel, ann, ben, tell, catchUp } = await openRoom();
    await tell(2);
    await ann.slash(channel, 'pace together', { readers: 3 });
    const [, , , third] = discord.messages(channel);
    expect(third && (await ben.press(third, 'Ready · 0 of 3')).kind).toBe('update');
    await tell(2);
    await expect.poll(async () => shown(await catchUp())).toEqual([3, 4, 5]);
  });

  test('begins with the first passage for whoever never pressed', async () => {
    const { discord, tell, catchUp } = await openRoom();
    await tell(2);
    expect(shown(await catchUp(discord.user('Cleo')))).toEqual([1, 2, 3]);
  });

  test('left in the middle, goes on from the stretch that was open', async () => {
    const { ben, tell, catchUp, restart } = await openRoom();
    await tell(30);
    const message = await catchUp();
    await ben.press(message, 'More');
    const open = shown(message);
    await restart();
    const again = await catchUp();
    expect(shown(again)[0]).toBe((open[0] ?? 0) - 1);
    // The buttons of the message from before the restart serve as well.
    await ben.press(message, 'Back');
    expect(shown(message)[0]).toBe(1);
  });

  test('is never ahead of the channel, even where that was further once', async () => {
    const { channel, ann, ben, tell, catchUp } = await openRoom();
    await tell(9);
    await ann.slash(channel, 'goto', { passage: 30 });
    const message = await catchUp();
    await ann.slash(channel, 'goto', { passage: 3 });
    messageOf(await ben.press(message, 'More'));
    expect(message.content).toMatch(/^You are with us now\./);
    expect((await toTheEnd(ben, await catchUp(ben))).flat()).toEqual([]);
    const forged = 'catchup:after:xxxxxxxx:40:abc';
    await ben.press(message, forged, { stale: true });
    expect(Math.max(0, ...shown(message))).toBeLessThanOrEqual(3);
  });

  test('finds its place in a story edited meanwhile', async () => {
    const { ben, channel, tell, catchUp, restart } = await openRoom();
    await ben.slash(channel, 'next');
    await tell(40);
    const open = await catchUp();
    const [, ...rest] = longTale(60).split('\n\n');
    const preface = ['A preface.', 'Another preface.', 'A third.'];
    await restart(libraryOf({ tale: ['# A Tale', ...preface, ...rest].join('\n\n') }));
    const again = await catchUp();
    expect(again.content).toMatch(/^This is passage 2\.[\s\S]*\n-# A Tale · 5–\d+ of 63$/);
    const last = shown(open).at(-1) ?? 0;
    await ben.press(open, 'More');
    expect(shown(open)[0]).toBe(last + 1);
    const stretches = await toTheEnd(ben, again);
    expect(stretches.flat()).toEqual(range(2, 42));
  });

  test('in a channel that has begun another story since, begins with its beginning', async () => {
    const { ben, channel, ann, tell, catchUp } = await openRoom();
    await ben.slash(channel, 'next');
    await tell(5);
    const open = await catchUp();
    await ann.slash(channel, 'read', { story: 'other' });
    expect((await catchUp()).content).toBe(en.catchup.nothing);
    await tell(6);
    for (const message of [await catchUp(), messageOf(await ben.press(open, 'Back'))]) {
      expect(message.content).toMatch(/^(Passage 1 of the tale\.|You are with us now)/);
    }
  });

  test('in the same story begun anew, begins with its beginning', async () => {
    const { ben, channel, ann, tell, catchUp } = await openRoom();
    await tell(4);
    await ben.slash(channel, 'next');
    await ann.slash(channel, 'read', { story: 'tale' });
    await tell(3);
    expect(shown(await catchUp())).toEqual([1, 2, 3]);
  });

  test('after the ending shows all up to it', async () => {
    const short = libraryOf({ tale: longTale(8) });
    const { ben, tell, catchUp } = await openRoom({ library: short });
    await tell(8);
    expect((await toTheEnd(ben, await catchUp())).flat()).toEqual(range(1, 8));
  });

  test('works in a DM', async () => {
    const { discord, quiet } = await openRoom();
    const cleo = discord.user('Cleo');
    const dm = discord.dm(cleo);
    expect(brief(await cleo.slash(dm, 'catchup'))).toBe(en.refusal.nothing);
    await cleo.slash(dm, 'read', { story: 'tale', from: 12 });
    await quiet();
    const message = messageOf(await cleo.slash(dm, 'catchup'));
    // Whoever asked for passage 12 knows the eleven before it.
    expect(message.content).toMatch(/^You are with us now\./);
    await cleo.press(message, 'Back');
    expect(shown(message).at(-1)).toBe(11);
  });

  test('a last passage that fills its message leaves the last word to another', async () => {
    const full = `# A Tale\n\nThis is passage 1.\n\n${'x'.repeat(1950)}\n\nThe end.\n`;
    const { ben, tell, catchUp } = await openRoom({ library: libraryOf({ tale: full }) });
    await tell(1);
    const message = await catchUp();
    const contents = [message.content];
    while (labels(message).includes('More')) {
      await ben.press(message, 'More');
      contents.push(message.content);
    }
    expect(contents).toHaveLength(3);
    expect(contents[1]).toMatch(/^x+\n-# A Tale · 2 of 3$/);
    expect(contents[2]).toMatch(/^You are with us now\./);
  });

  test('/forget-me lets go of the place', async () => {
    const { ben, channel, tell, catchUp } = await openRoom();
    await ben.slash(channel, 'next');
    await tell(2);
    expect(shown(await catchUp())[0]).toBe(2);
    await ben.slash(channel, 'forget-me');
    expect(shown(await catchUp())[0]).toBe(1);
  });
});

describe('the button Catch me up', () => {
  test('is on /where, beside one’s own place, for whoever is behind', async () => {
    const { channel, ann, ben, quiet, tell } = await openRoom();
    await ben.slash(channel, 'next');
    await tell(3);
    await quiet();
    const where = messageOf(await ben.slash(channel, 'where'));
    expect(where.content).toContain('5 of 60');
    expect(where.content).toContain('Your own place: 2 of 60');
    expect(labels(where)).toEqual(['Catch me up']);
    await ben.press(where, 'Catch me up');
    expect(shown(where)).toEqual([2, 3, 4, 5]);
    const with_ = messageOf(await ann.slash(channel, 'where'));
    expect(with_.content).toContain(en.where.with);
    expect(labels(with_)).toEqual([]);
  });

  test('is on a title card with much before it, and answers each reader alone', async () => {
    const { discord, channel, ann, ben, tell } = await openRoom();
    await tell(14);
    await ann.slash(channel, 'close');
    const card = messageOf(await ann.slash(channel, 'read', { story: 'tale' }));
    expect(labels(card)).toEqual(['Begin', 'Continue · 16', 'Catch me up']);
    const before = discord.messages(channel).length;
    const answer = await ben.press(card, 'Catch me up');
    expect(answer.kind === 'message' && answer.private).toBe(true);
    expect((await toTheEnd(ben, messageOf(answer))).flat()).toEqual(range(1, 15));
    expect(discord.messages(channel)).toHaveLength(before);
    expect(labels(card)).toEqual(['Begin', 'Continue · 16', 'Catch me up']);

    const later = messageOf(await ann.slash(channel, 'read', { story: 'tale', from: 20 }));
    expect(labels(later)).toEqual(['Next', 'Continue · 16', 'Catch me up']);
  });
});
