import { expect, test } from 'vitest';
import { openHouse } from './harness.ts';
import { HOUR, openRoom } from './schedule-room.ts';
import { brief, buttoned, libraryOf, tale } from './seen.ts';

const library = libraryOf({ tale: tale(9) });

/** The lines of a log with this message, parsed. */
function lines(log: readonly string[], message: string): Record<string, unknown>[] {
  return log.map((line) => JSON.parse(line)).filter(({ msg }) => msg === message);
}

test('every line that comes of an interaction has its id, in the background too', {
  timeout: 60_000,
}, async () => {
  const { discord, log } = await openHouse({ library });
  const [ann, ben] = [discord.user('Ann'), discord.user('Ben')];
  const channels = Array.from({ length: 12 }, (_, at) => discord.channel(`c${at}`));
  for (const channel of channels) await ann.slash(channel, 'read', { story: 'tale' });
  await discord.waitFor(() => channels.every((one) => buttoned(discord, one).length === 1));
  log.length = 0;
  const ids: { id: string; channel: string }[] = [];
  discord.events.on('interaction', ({ id, channel }) => ids.push({ id, channel: channel.id }));
  discord.fail({ on: 'callback', how: 'destroy-after' });
  discord.fail({ on: /^PATCH .*\/messages\/\d+$/, how: { status: 403, code: 50_001 }, times: 99 });
  // Those of one channel are done in each other's wake, and what follows a turn by whoever has time.
  const asked = channels.flatMap((one) => [ann.slash(one, 'next'), ben.slash(one, 'next')]);
  expect((await Promise.all(asked)).map(brief)).toEqual(channels.flatMap(() => [1, 2]));
  await expect
    .poll(() => lines(log, 'an old button stays'), { timeout: 10_000 })
    .toHaveLength(asked.length);

  const [lost] = lines(log, 'Discord is asked what became of a post');
  expect(ids.find(({ channel }) => channel === lost?.['channel'])?.id).toBe(lost?.['request']);
  for (const message of ['told', 'an old button stays']) {
    const requests = lines(log, message)
      // The last title card is told in the background as well.
      .filter(({ passage }) => passage !== 0)
      .map(({ request, channel }) => ({ id: request, channel }));
    expect(requests).toHaveLength(asked.length);
    expect(requests).toEqual(expect.arrayContaining(ids));
  }
  const done = lines(log, 'an interaction is done with').filter(({ of }) => of === 'next');
  expect(done[0]).toMatchObject({ asking: 'command', outcome: 'answered' });
  expect(done.map(({ request }) => request).toSorted()).toEqual(ids.map(({ id }) => id).toSorted());
});

test('a post of a schedule goes by its nonce', async () => {
  const { clock, log, pace, sends, tells } = await openRoom();
  await pace('every', { every: '1h' });
  log.length = 0;
  clock.turn(HOUR);
  await tells(1);
  await expect.poll(() => lines(log, 'told')).toHaveLength(1);
  const [sent] = sends();
  expect(lines(log, 'told')[0]).toMatchObject({ passage: 1 });
  expect(sent?.body).toMatchObject({ nonce: lines(log, 'told')[0]?.['request'] });
});
