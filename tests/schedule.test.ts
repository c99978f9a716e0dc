import { describe, expect, test } from 'vitest';
import { en } from '../src/words/en.ts';
import { HOUR, MINUTE, openRoom } from './schedule-room.ts';
import { labels, seen, told } from './seen.ts';

const QUOTE = '❝ Quote';

describe('the story comes by itself', () => {
  test('every so often', async () => {
    const { clock, discord, channel, pace, tells } = await openRoom();
    const seconds = Math.floor((clock.now() + 30 * MINUTE) / 1000);
    expect(await pace('every', { every: '30m' })).toBe(
      `The story comes by itself: 1 passage every 30 minutes. The next time is <t:${seconds}:F>, <t:${seconds}:R>.`,
    );
    clock.turn(30 * MINUTE - 1);
    expect(told(discord, channel)).toEqual([]);
    clock.turn(1);
    await tells(1);
    clock.turn(30 * MINUTE);
    await tells(1, 2);
    await discord.waitFor(() => {
      const buttons = discord.messages(channel).flatMap(labels);
      return buttons.join() === QUOTE;
    });
  });

  test('several passages at a time', async () => {
    const { clock, pace, tells } = await openRoom();
    expect(await pace('every', { every: '1 day', passages: 3 })).toContain(
      '3 passages every 1 day',
    );
    clock.turn(24 * HOUR);
    await tells(1, 2, 3);
    clock.turn(24 * HOUR);
    await tells(1, 2, 3, 4, 5, 6);
  });

  test('a chapter at a time, and at the end the ending', async () => {
    const { clock, discord, channel, pace, tells, shows, says, sends } = await openRoom('chapters');
    expect(await pace('every', { every: '1h', chapter: true })).toContain(
      'to the end of the chapter',
    );
    clock.turn(HOUR);
    await tells(1, 2);
    clock.turn(HOUR);
    await tells(1, 2, 3, 4, 5);
    await shows(`### ${en.ending.title}`);
    expect(await says('Ann', 'pace show')).toBe(en.pace.next);
    const count = sends().length;
    clock.turn(5 * HOUR);
    expect(await says('Ben', 'next')).toContain('has been told to its end');
    expect(sends()).toHaveLength(count);
    expect(seen(discord, channel).filter((one) => one === `### ${en.ending.title}`)).toHaveLength(
      1,
    );
  });

  test('at a time of day, on chosen days', async () => {
    const { clock, pace, tells } = await openRoom();
    const options = { at: '21:30', zone: 'Europe/Berlin', days: 'mon,wed' };
    expect(await pace('daily', options)).toContain(
      '1 passage every Monday and Wednesday at 21:30 (Europe/Berlin)',
    );
    clock.turn(11.5 * HOUR);
    await tells(1);
    clock.turn(24 * HOUR);
    await tells(1);
    clock.turn(24 * HOUR);
    await tells(1, 2);
  });

  test('whoever asks is told more, and the schedule goes on from there', async () => {
    const { clock, pace, says, tells } = await openRoom();
    await pace('every', { every: '30m' });
    expect(await says('Ben', 'next')).toBe(1);
    clock.turn(30 * MINUTE);
    await tells(1, 2);
    expect(await says('Ben', 'next')).toBe(3);
  });

  test('until somebody has read on to the end by hand', async () => {
    const { clock, pace, says, sends } = await openRoom('short');
    await pace('every', { every: '30m' });
    for (const _ of [1, 2, 3]) await says('Ben', 'next');
    clock.turn(HOUR);
    await expect.poll(() => says('Ann', 'pace show')).toBe(en.pace.next);
    expect(sends()).toHaveLength(0);
  });

  test('once, where two processes tell it', async () => {
    const { clock, pace, restart, startAnother, tells } = await openRoom();
    await pace('every', { every: '1h', passages: 2 });
    for (const last of [2, 4, 6]) {
      const stopAnother = await startAnother();
      clock.turn(HOUR);
      await tells(...Array.from({ length: last }, (_, at) => at + 1));
      // Time goes on when both have done their work.
      await stopAnother();
      await restart();
    }
  });

  test('until it is set off, or the reading is closed', async () => {
    const { clock, ask, pace, sends, tells } = await openRoom();
    await pace('every', { every: '30m' });
    await ask('Ann', 'pace off');
    clock.turn(HOUR);
    await pace('every', { every: '30m' });
    clock.turn(30 * MINUTE);
    await tells(1);
    await ask('Ann', 'close');
    clock.turn(HOUR);
    await ask('Ann', 'read', { story: 'tale' });
    expect(sends()).toHaveLength(1);
  });

  test('from where an older reading is taken up again, but not at its pace', async () => {
    const { ask, clock, discord, channel, pace, says, sends, tells } = await openRoom();
    await says('Ann', 'next');
    await says('Ann', 'next');
    await pace('every', { every: '30m' });
    await ask('Ann', 'read', { story: 'tale' });
    clock.turn(HOUR);
    expect(await says('Ann', 'pace show')).toBe(en.pace.next);
    expect(sends()).toEqual([]);
    const card = discord.messages(channel).findLast((one) => labels(one).includes('Continue · 3'));
    await pace('every', { every: '2h' });
    if (card !== undefined) await discord.user('Ben').press(card, 'Continue · 3');
    clock.turn(2 * HOUR);
    await tells(1, 2, 3, 4);
  });

  test('in a direct message', async () => {
    const { clock, discord } = await openRoom();
    const ann = discord.user('Ann');
    const dm = discord.dm(ann);
    await ann.slash(dm, 'read', { story: 'tale' });
    await ann.slash(dm, 'pace every', { every: '1h' });
    clock.turn(HOUR);
    await discord.waitFor(() => told(discord, dm).join() === '1');
  });
});

describe('after an outage', () => {
  test('a restart in between changes nothing', async () => {
    const { clock, away, discord, channel, pace, tells } = await openRoom();
    await pace('every', { every: '30m' });
    await away(10 * MINUTE);
    clock.turn(20 * MINUTE - 1);
    expect(told(discord, channel)).toEqual([]);
    clock.turn(1);
    await tells(1);
  });

  test('three missed tellings come once, and say so', async () => {
    const { clock, away, discord, channel, pace, tells } = await openRoom();
    const due = Math.floor((clock.now() + 30 * MINUTE) / 1000);
    await pace('every', { every: '30m' });
    await away(100 * MINUTE);
    await tells(1);
    expect(seen(discord, channel).slice(-2)).toEqual([
      `I was away for 3 tellings, the first at <t:${due}:f>. Nothing is lost: here the story goes on.`,
      1,
    ]);
    clock.turn(20 * MINUTE);
    await tells(1, 2);
    expect(seen(discord, channel).at(-2)).toBe(1);
  });

  test('a telling of three that was broken off goes on', async () => {
    const { clock, away, failSends, pace, tells } = await openRoom();
    await pace('every', { every: '1h', passages: 3 });
    const second = failSends('destroy-before', 100, ({ body }) =>
      /Passage 2/.test(JSON.stringify(body)),
    );
    clock.turn(HOUR);
    await second.hit;
    await tells(1);
    second.lift();
    await away(MINUTE);
    await tells(1, 2, 3);
  });
});
