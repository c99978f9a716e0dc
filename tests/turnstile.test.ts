import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Turnstile, type Waiter } from '../src/reading/turnstile.ts';

test('work without an asker in between does not let those behind have a place first', async () => {
  const turnstile = new Turnstile();
  const places: string[] = [];
  // Arrived so long ago that both want a place at once; the first one's takes a while to come.
  const waiter = (name: string, ms: number): Waiter => ({
    arrived: Date.now() - 1500,
    async defer(visibility) {
      await sleep(ms);
      places.push(`${name} ${visibility}`);
    },
  });
  const { promise: bothHaveOne, resolve: leave } = Promise.withResolvers<void>();
  const last: Waiter = waiter('behind', 0);
  await Promise.all([
    turnstile.enter('a', waiter('ahead', 100), () => bothHaveOne),
    turnstile.enter('a', undefined, async () => {}),
    turnstile.enter('a', { ...last, defer: (how) => last.defer(how).then(leave) }, async () => {}),
  ]);
  expect(places).toEqual(['ahead public', 'behind public']);
});
