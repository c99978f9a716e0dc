import { describe, expect, test } from 'vitest';
import { openStore, type Store } from '../src/reading/store.ts';
import { StoreError } from '../src/reading/store-error.ts';
import { en } from '../src/words/en.ts';
import { openHouse } from './harness.ts';
import { type Proxy as StoreProxy, startProxy } from './proxy.ts';
import { brief, libraryOf, seen, tale, told } from './seen.ts';
import { keyspaceOn, servers } from './servers.ts';

const library = libraryOf({ tale: tale(30) });

type OnFinished = (end: () => Promise<void>) => void;

/** A keyspace on a server, by way of a proxy. */
async function openProxy(server: string, onFinished: OnFinished): Promise<StoreProxy> {
  const keyspace = keyspaceOn(server);
  const proxy = await startProxy(keyspace.url);
  onFinished(async () => {
    await proxy.close();
    await keyspace.remove();
  });
  return proxy;
}

async function refusal(url: string): Promise<string> {
  const error = await openStore(url).catch((thrown: unknown) => thrown);
  if (!(error instanceof StoreError)) throw new Error('not refused', { cause: error });
  expect(error.message).toMatch(/^[^\n]+\.$/);
  return error.message;
}

function changed(text: string, change: (url: URL) => void): string {
  const url = new URL(text);
  change(url);
  return url.href;
}

const WRONG: Record<keyof typeof servers, [what: string, (url: URL) => void, RegExp][]> = {
  redis: [
    ['a wrong password', (url) => (url.password = 'hunter2'), /refuses the password/],
    [
      'a database there is none of',
      (url) => (url.pathname = '/99999'),
      /no database of that number/,
    ],
  ],
  postgres: [
    ['a wrong password', (url) => (url.password = 'hunter2'), /refuses the user or the password/],
    ['a database there is none of', (url) => (url.pathname = '/no_such'), /has no such database/],
  ],
};

for (const [name, server] of Object.entries(servers)) {
  if (server === undefined) {
    test.skip(`${name}: neither TEST_REDIS_URL nor TEST_POSTGRES_URL names one to try it on`);
    continue;
  }
  const wrong = name === 'redis' ? WRONG.redis : WRONG.postgres;

  describe.concurrent(name, { timeout: 60_000 }, () => {
    test.concurrent.for(wrong)('%s is one sentence', async ([, change, sentence]) => {
      const message = await refusal(changed(server, change));
      expect(message).toMatch(sentence);
      expect(message).not.toContain('hunter2');
    });

    test.concurrent('a server that takes connections and says nothing is one sentence, in time', async ({
      expect,
      onTestFinished,
    }) => {
      const proxy = await openProxy(server, onTestFinished);
      proxy.hang();
      const asked = Date.now();
      expect(await refusal(proxy.url)).toMatch(/ at 127\.0\.0\.1:\d+ can't be reached \(/);
      expect(Date.now() - asked).toBeLessThan(9000);
    });

    test.concurrent('a connection that is lost is told, and comes back by itself', async ({
      expect,
      onTestFinished,
    }) => {
      const proxy = await openProxy(server, onTestFinished);
      const events: string[] = [];
      const onConnection = (error: unknown) => events.push(error === undefined ? 'back' : 'lost');
      const store = await openStore(proxy.url, { onConnection });
      onTestFinished(() => store.close());
      const records = store.namespace<number>('places');
      await records.set('a', 1);
      proxy.cut();
      await expect(records.get('a')).rejects.toThrow();
      await expect(records.set('a', 2)).rejects.toThrow();
      proxy.heal();
      await expect.poll(() => records.get('a').catch(String), { timeout: 10_000 }).toBe(1);
      expect(events).toEqual(['lost', 'back']);
    });

    test.concurrent('an access to one that hangs is given up, and lands over nothing newer', async ({
      expect,
      onTestFinished,
    }) => {
      const proxy = await openProxy(server, onTestFinished);
      const [slow, quick]: Store[] = [await openStore(proxy.url), await openStore(proxy.url)];
      if (slow === undefined || quick === undefined) throw new Error('There is no store.');
      onTestFinished(async () => {
        await slow.close();
        await quick.close();
      });
      const { store: adapter } = slow.namespace('places');
      await adapter.swap('places:a', undefined, '1');
      proxy.hang();
      const asked = Date.now();
      await expect(adapter.swap('places:a', '1', 'late')).rejects.toThrow();
      expect(Date.now() - asked).toBeLessThan(7500);
      proxy.heal();
      const other = quick.namespace('places').store;
      await expect
        .poll(() => other.get('places:a').catch(String), { timeout: 10_000 })
        .toMatch(/^(1|late)$/);
      // The late one may land in between, once.
      await expect
        .poll(async () => other.swap('places:a', await other.get('places:a'), 'newer'))
        .toBe(true);
      await expect
        .poll(() => adapter.get('places:a').catch(String), { timeout: 10_000 })
        .toBe('newer');
    });

    test.concurrent.for(['cut', 'hang'] as const)(
      'while it is away (%s) readers are told; then the story goes on, every passage once',
      async (how, { expect, onTestFinished }) => {
        const proxy = await openProxy(server, onTestFinished);
        const house = await openHouse({ library, storeUrl: proxy.url }, onTestFinished);
        const { discord, log } = house;
        const [channel, ann, ben] = [
          discord.channel('a'),
          discord.user('Ann'),
          discord.user('Ben'),
        ];
        await ann.slash(channel, 'read', { story: 'tale' });
        expect(brief(await ann.slash(channel, 'next'))).toBe(1);

        proxy[how]();
        const asked = [
          ann.slash(channel, 'next', {}, { timeout: 20_000 }),
          ben.slash(channel, 'next', {}, { timeout: 20_000 }),
          ben.slash(channel, 'where', {}, { timeout: 20_000 }),
          ann.slash(channel, 'kept', {}, { timeout: 20_000 }),
        ];
        const says = (await Promise.all(asked)).map(brief);
        expect(says).toEqual(asked.map(() => en.trouble.store));
        proxy.heal();

        let next: number | string = '';
        await expect
          .poll(
            async () => {
              next = brief(await ann.slash(channel, 'next', {}, { timeout: 20_000 }));
              return next;
            },
            { timeout: 20_000 },
          )
          .toBeTypeOf('number');
        const last = told(discord, channel).length;
        expect(next).toBe(last);
        expect(brief(await ben.slash(channel, 'next'))).toBe(last + 1);
        const sight = seen(discord, channel);
        expect(sight).toEqual(['## A Tale', ...sight.slice(1).map((_, at) => at + 1)]);
        expect(log.filter((line) => line.includes('nobody handled'))).toEqual([]);
      },
    );
  });
}
