import { describe, expect, test, vi } from 'vitest';
import { en } from '../src/words/en.ts';
import { type House, openHouse } from './harness.ts';
import { moodyStore } from './moody-store.ts';
import {
  brief,
  buttoned,
  firstButton,
  labels,
  libraryOf,
  messageOf,
  seen,
  tale,
  told,
} from './seen.ts';

vi.setConfig({ testTimeout: 30_000 });

const library = libraryOf({ tale: tale(60) });
const upTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

/**
 * While one process takes over from another, both have a session with Discord, which sends each
 * interaction to either. They share nothing but the store.
 */
async function openPair(onFinished: (close: () => Promise<void>) => void): Promise<House> {
  return await openHouse({ library, bots: 2 }, onFinished);
}

/** What went wrong, as the log says. */
function errors({ log }: House): string[] {
  return log.filter((line) => JSON.parse(line).level >= 50);
}

describe.concurrent('two processes at once', () => {
  test.concurrent('tell every passage once, and nobody is refused', async ({ onTestFinished }) => {
    const house = await openPair(onTestFinished);
    const { discord } = house;
    const read = async (name: string) => {
      const [channel, ann] = [discord.channel(name), discord.user(`Reader in ${name}`)];
      let answer = await ann.slash(channel, 'read', { story: 'tale' });
      const answers: (number | string)[] = [];
      for (let n = 0; n < 15; n++) {
        const label = n === 0 ? 'Begin' : 'Next';
        answer =
          n % 3 === 2
            ? await ann.slash(channel, 'next')
            : await ann.press(messageOf(answer), label);
        answers.push(brief(answer));
      }
      expect(answers).toEqual(upTo(15));
      expect(seen(discord, channel)).toEqual(['## A Tale', ...upTo(15)]);
      expect(discord.messages(channel, ann)).toHaveLength(16);
      await discord.waitFor(() => buttoned(discord, channel).length === 1);
    };
    await Promise.all(['a', 'b', 'c', 'd'].map(read));
    expect(errors(house)).toEqual([]);
  });

  test.concurrent('turn one page for thirty presses, and answer each once', async ({
    onTestFinished,
  }) => {
    const house = await openPair(onTestFinished);
    const { discord } = house;
    const channel = discord.channel('a');
    const card = messageOf(await discord.user('Ann').slash(channel, 'read', { story: 'tale' }));
    const readers = upTo(30).map((n) => discord.user(`Reader ${n}`));
    const says = (await Promise.all(readers.map((one) => one.press(card, 'Begin')))).map(brief);
    expect(says.filter((one) => one === 1)).toHaveLength(1);
    expect(says.filter((one) => String(one).startsWith(en.refusal.stale))).toHaveLength(29);
    expect(seen(discord, channel)).toEqual(['## A Tale', 1]);
    for (const reader of readers) {
      expect(discord.messages(channel, reader).length).toBeLessThanOrEqual(3);
    }
    expect(errors(house)).toEqual([]);
  });

  test.concurrent('tell what ten ask for at once in its order', async ({ onTestFinished }) => {
    const house = await openPair(onTestFinished);
    const { discord } = house;
    const channel = discord.channel('a');
    await discord.user('Ann').slash(channel, 'read', { story: 'tale' });
    const asked = upTo(10).map((n) => discord.user(`Reader ${n}`).slash(channel, 'next'));
    const says = (await Promise.all(asked)).map(brief);
    const numbers = says.filter((one) => typeof one === 'number');
    expect(told(discord, channel)).toEqual(upTo(numbers.length));
    expect(numbers.toSorted((a, b) => a - b)).toEqual(upTo(numbers.length));
    // A place that one process has taken, above what the other has told since, is not used.
    const others = says.filter((one) => typeof one !== 'number');
    expect(others).toEqual(others.map(() => en.trouble.again));
    expect(numbers.length).toBeGreaterThan(5);
    expect(errors(house)).toEqual([]);
  });

  test.concurrent('count a reader who is ready once', async ({ onTestFinished }) => {
    const house = await openPair(onTestFinished);
    const { discord } = house;
    const [channel, ann, ben] = [discord.channel('a'), discord.user('Ann'), discord.user('Ben')];
    await ann.slash(channel, 'read', { story: 'tale' });
    await ann.slash(channel, 'pace together', { readers: 2 });
    const press = async (reader: typeof ann) => {
      const newest = discord.messages(channel).findLast((one) => labels(one).length > 0);
      if (newest === undefined) throw new Error('There is no button.');
      return await reader.press(newest, firstButton(newest), { stale: true });
    };
    for (const passage of upTo(5)) {
      expect(labels(messageOf(await press(ann)))[0]).toBe('Ready · 1 of 2');
      expect(brief(await press(ben))).toBe(passage);
    }
    expect(told(discord, channel)).toEqual(upTo(5));
    expect(errors(house)).toEqual([]);
  });

  test.concurrent('close a reading, keep lines and quote as one would', async ({
    onTestFinished,
  }) => {
    const house = await openPair(onTestFinished);
    const { discord } = house;
    const [channel, ann] = [discord.channel('a'), discord.user('Ann')];
    await ann.slash(channel, 'read', { story: 'tale' });
    await ann.slash(channel, 'next');
    const quote = messageOf(await ann.slash(channel, 'quote', { line: '#1.1' }));
    const readers = upTo(8).map((n) => discord.user(`Reader ${n}`));
    await Promise.all(readers.map((one) => one.press(quote, en.buttons.keep)));
    for (const reader of readers) {
      const kept = messageOf(await reader.slash(channel, 'kept'));
      expect(kept.content).toContain('You keep 1 line here');
    }
    await ann.slash(channel, 'close');
    expect(brief(await ann.slash(channel, 'next'))).toBe(en.refusal.nothing);
    expect(discord.messages(channel)).toHaveLength(4);
    expect(errors(house)).toEqual([]);
  });

  test.concurrent.for([
    ['to load a record', 'load'],
    ['to record its turn', 'record'],
    ['to move', 'move'],
  ] as const)(
    'where one is slow %s, it writes over nothing',
    async ([, on], { onTestFinished }) => {
      const slow = moodyStore();
      let isFirst = true;
      const house = await openHouse(
        {
          library,
          bots: 2,
          aroundStore(store) {
            const mine = isFirst ? slow.aroundStore(store) : store;
            isFirst = false;
            return mine;
          },
        },
        onTestFinished,
      );
      const { discord } = house;
      const channel = discord.channel('a');
      await discord.user('Ann').slash(channel, 'read', { story: 'tale' });
      for (const passage of [1, 3]) {
        slow.cast({ on, how: 800 });
        expect(brief(await discord.user('Ann').slash(channel, 'next'))).toBe(passage);
        // Asked while the slow one still has the turn before in hand.
        expect(brief(await discord.user('Ben').slash(channel, 'next'))).toBe(passage + 1);
      }
      // Whatever is under way comes to its end.
      await house.restart();
      expect(brief(await discord.user('Ben').slash(channel, 'next'))).toBe(5);
      expect(seen(discord, channel)).toEqual(['## A Tale', ...upTo(5)]);
      expect(errors(house)).toEqual([]);
    },
  );
});
