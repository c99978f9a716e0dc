import { describe, expect, test } from 'vitest';
import { en } from '../src/words/en.ts';
import { handClock } from './clock.ts';
import { type HouseOptions, openHouse } from './harness.ts';
import { moodyStore } from './moody-store.ts';
import { brief, labels, libraryOf, messageOf, seen, tale, told } from './seen.ts';

const library = libraryOf({ tale: tale(12), short: tale(1, 'A Short Tale') });
const MINUTE = 60_000;
const QUOTE = '❝ Quote';

/** A channel in which Ann has begun the tale, and the first passage is told. */
async function openRoom(options: HouseOptions = {}) {
  const clock = handClock(Date.UTC(2027, 0, 1));
  const house = await openHouse({ library, clock, ...options });
  const { discord } = house;
  const channel = discord.channel('a');
  discord.user('Mod', { permissions: { allow: ['ManageMessages'] } });
  const ask = async (name: string, command: string, options = {}) =>
    await discord.user(name).slash(channel, command, options);
  const says = async (name: string, command: string, options = {}) =>
    brief(await ask(name, command, options));
  /** The newest message that carries buttons. */
  const newest = () => {
    const message = discord.messages(channel).findLast((one) => labels(one).length > 0);
    if (message === undefined) throw new Error('No message has buttons.');
    return message;
  };
  const press = async (name: string) => {
    const [button = ''] = labels(newest());
    return await discord.user(name).press(newest(), button);
  };
  const pace = async (options: { readers?: number; wait?: number } = {}) =>
    messageOf(await ask('Ann', 'pace together', options)).content;
  await ask('Ann', 'read', { story: 'tale' });
  await ask('Ann', 'next');
  return { ...house, clock, channel, ask, says, newest, press, pace };
}

describe('the room turns the page', () => {
  test('when as many readers as it takes have pressed Ready', async () => {
    const { discord, channel, newest, press, pace } = await openRoom();
    expect(labels(newest())).toEqual(['Next', QUOTE]);
    const { content } = newest();
    expect(await pace({ readers: 3 })).toBe(
      'The page turns as soon as 3 readers have pressed Ready, or after 10 minutes for whoever asks.',
    );
    expect(labels(newest())).toEqual(['Ready · 0 of 3', QUOTE]);
    expect((await press('Ann')).kind).toBe('update');
    expect((await press('Ben')).kind).toBe('update');
    expect(labels(newest())).toEqual(['Ready · 2 of 3', QUOTE]);
    expect(newest().content).toBe(content);
    expect(brief(await press('Cleo'))).toBe(2);
    await discord.waitFor(() => discord.messages(channel).filter((m) => labels(m)[0]).length === 1);
    expect(labels(newest())).toEqual(['Ready · 0 of 3', QUOTE]);
    expect(told(discord, channel)).toEqual([1, 2]);
  });

  test('once, however many press at the same moment', async () => {
    const { discord, channel, newest, pace } = await openRoom();
    await pace({ readers: 3 });
    const message = newest();
    const [button = ''] = labels(message);
    const names = Array.from({ length: 9 }, (_, at) => `Reader ${at}`);
    const answers = await Promise.all(
      names.map((name) => discord.user(name).press(message, button)),
    );
    expect(answers.filter(({ kind }) => kind === 'update')).toHaveLength(2);
    const says = answers.filter(({ kind }) => kind === 'message').map(brief);
    expect(says.filter((one) => one === 2)).toHaveLength(1);
    const refused = says.filter((one) => String(one).startsWith(en.refusal.stale));
    expect(refused).toHaveLength(6);
    expect(told(discord, channel)).toEqual([1, 2]);
    expect(labels(newest())[0]).toBe('Ready · 0 of 3');
  });

  test('with those who pressed before a restart', async () => {
    const { discord, channel, newest, press, pace, restart } = await openRoom();
    await pace({ readers: 3 });
    await press('Ann');
    await restart();
    await press('Ben');
    expect(labels(newest())[0]).toBe('Ready · 2 of 3');
    await restart();
    expect(brief(await press('Cleo'))).toBe(2);
    expect(told(discord, channel)).toEqual([1, 2]);
  });

  test('not for those who took their press back', async () => {
    const { newest, press, pace } = await openRoom();
    await pace({ readers: 2 });
    await press('Ben');
    await press('Ben');
    expect(labels(newest())[0]).toBe('Ready · 0 of 2');
    await press('Cleo');
    expect(labels(newest())[0]).toBe('Ready · 1 of 2');
    expect(brief(await press('Ben'))).toBe(2);
  });

  test('from the title card to the ending', async () => {
    const { discord, channel, ask, press, newest } = await openRoom();
    await ask('Ann', 'read', { story: 'short' });
    await ask('Ann', 'pace together', { readers: 2 });
    expect(labels(newest())).toEqual(['Ready · 0 of 2']);
    await press('Ben');
    expect(brief(await press('Cleo'))).toBe(1);
    await press('Cleo');
    const ending = messageOf(await press('Ben'));
    expect(ending.content).toContain(en.ending.title);
    expect(seen(discord, channel).slice(-3)).toEqual([
      'The page turns as soon as 2 readers have pressed Ready, or after 10 minutes for whoever asks.',
      1,
      `### ${en.ending.title}`,
    ]);
    expect(String(brief(await ask('Ann', 'pace off')))).toMatch(/^\*A Short Tale\* has been told/);
  });
});

describe('who counts', () => {
  test('is everyone here where no number is said; alone, one turns the page at once', async () => {
    const { newest, press, pace } = await openRoom();
    expect(await pace()).toMatch(/^The page turns as soon as everyone here has pressed Ready/);
    expect(labels(newest())[0]).toBe('Ready · 0 of 1');
    expect(brief(await press('Ann'))).toBe(2);
    await press('Ben');
    expect(labels(newest())[0]).toBe('Ready · 1 of 2');
    expect(brief(await press('Ann'))).toBe(3);
    expect(labels(newest())[0]).toBe('Ready · 0 of 2');
  });

  test('is nobody who left: the room waits for those of its last passages', async () => {
    const { discord, ask, newest, press, pace } = await openRoom();
    await pace();
    await ask('Ben', 'next');
    await ask('Cleo', 'next');
    await discord.waitFor(() => labels(newest())[0] === 'Ready · 2 of 3');
    expect(brief(await press('Ann'))).toBe(2);
    // Cleo is gone. Ann hosts and goes on without her, until the room does not count on her.
    for (const passage of [3, 4]) {
      await press('Ben');
      expect(labels(newest())[0]).toBe('Ready · 1 of 3');
      expect(brief(await ask('Ann', 'next'))).toBe(passage);
    }
    expect(labels(newest())[0]).toBe('Ready · 0 of 2');
    await press('Ben');
    expect(brief(await press('Ann'))).toBe(5);
  });

  test('is nobody who wants to be forgotten', async () => {
    const { ask, says, press, pace } = await openRoom();
    await pace({ readers: 3 });
    await press('Ben');
    await press('Cleo');
    expect(await says('Dora', 'pace show')).toContain('2 of 3 are ready now.');
    await ask('Ben', 'forget-me');
    expect(await says('Dora', 'pace show')).toContain('1 of 3 are ready now.');
    await press('Dora');
    expect((await press('Ann')).kind).toBe('message');
  });
});

describe('nobody holds the room up', () => {
  test('after ten minutes, whoever asks turns the page', async () => {
    const { clock, says, press, pace } = await openRoom();
    clock.turn(60 * MINUTE);
    await pace({ readers: 3 });
    // What counts is how long this pace has held, not how old the passage is.
    expect((await press('Ben')).kind).toBe('update');
    clock.turn(10 * MINUTE - 1);
    expect(String(await says('Cleo', 'next'))).toContain('1 more reader');
    clock.turn(1);
    expect(brief(await press('Ben'))).toBe(2);
    clock.turn(10 * MINUTE - 1);
    expect((await press('Ben')).kind).toBe('update');
    clock.turn(1);
    expect(await says('Dora', 'next')).toBe(3);
  });

  test('after as long as the host says, or never', async () => {
    const { clock, says, press, pace } = await openRoom();
    expect(await pace({ readers: 2, wait: 90 })).toContain('after 1 hour, 30 minutes');
    clock.turn(89 * MINUTE);
    await press('Ben');
    clock.turn(MINUTE);
    expect(await says('Ben', 'next')).toBe(2);
    expect(await pace({ readers: 2, wait: 0 })).toBe(
      'The page turns as soon as 2 readers have pressed Ready.',
    );
    clock.turn(400 * 24 * 60 * MINUTE);
    expect((await press('Ben')).kind).toBe('update');
    expect(await says('Ben', 'next')).toBe(
      'You are ready. The page turns when 1 more reader is ready.',
    );
    expect(brief(await press('Cleo'))).toBe(3);
  });

  test('the host and moderators turn it at once with /next; their presses count like others', async () => {
    const { newest, says, press, pace } = await openRoom();
    await pace({ readers: 3 });
    await press('Ann');
    await press('Mod');
    expect(labels(newest())[0]).toBe('Ready · 2 of 3');
    expect(await says('Mod', 'next')).toBe(2);
    expect(await says('Ann', 'next')).toBe(3);
    expect(labels(newest())[0]).toBe('Ready · 0 of 3');
  });

  test('/next of anybody else says who is awaited, once however often it is used', async () => {
    const { discord, clock, newest, says, pace } = await openRoom();
    await pace({ readers: 3 });
    const end = Math.floor((clock.now() + 10 * MINUTE) / 1000);
    const answer = `You are ready. The page turns when 2 more readers are ready. Whoever asks can turn it <t:${end}:R>.`;
    expect(await says('Ben', 'next')).toBe(answer);
    await discord.waitFor(() => labels(newest())[0] === 'Ready · 1 of 3');
    expect(await says('Ben', 'next')).toBe(answer);
    expect(labels(newest())[0]).toBe('Ready · 1 of 3');
  });

  test('in a DM the only reader turns the page', async () => {
    const { discord } = await openRoom();
    const ann = discord.user('Ann');
    const dm = discord.dm(ann);
    const card = messageOf(await ann.slash(dm, 'read', { story: 'tale' }));
    await ann.slash(dm, 'pace together');
    expect(labels(card)).toEqual(['Ready · 0 of 1']);
    expect(brief(await ann.press(card, 'Ready · 0 of 1'))).toBe(1);
    expect(brief(await ann.slash(dm, 'next'))).toBe(2);
  });
});

describe('/pace', () => {
  test('is for the host and moderators, while something is being read', async () => {
    const { discord, ask, says, newest } = await openRoom();
    expect(await says('Ben', 'pace together')).toMatch(/^Only the one who began this reading/);
    expect(await says('Ben', 'pace off')).toMatch(/^Only the one who began this reading/);
    expect(labels(newest())[0]).toBe('Next');
    expect((await ask('Mod', 'pace together')).kind).toBe('message');
    expect(labels(newest())[0]).toBe('Ready · 0 of 2');
    const empty = discord.channel('empty');
    expect(brief(await discord.user('Ann').slash(empty, 'pace together'))).toBe(en.refusal.nothing);
    expect(brief(await discord.user('Ann').slash(empty, 'pace show'))).toBe(en.refusal.nothing);
  });

  test('off brings the simple Next back; a Ready that still stands there is a Next then', async () => {
    const { discord, channel, ask, says, newest, press, pace } = await openRoom();
    await pace({ readers: 3 });
    await press('Ben');
    const ready = newest().components[0]?.components?.[0]?.custom_id ?? '';
    expect(messageOf(await ask('Ann', 'pace off')).content).toBe(en.pace.next);
    expect(await says('Ben', 'pace show')).toBe(en.pace.next);
    expect(labels(newest())).toEqual(['Next', QUOTE]);
    expect(brief(await discord.user('Ben').press(newest(), ready, { stale: true }))).toBe(2);
    expect(labels(newest())).toEqual(['Next', QUOTE]);
    expect(brief(await press('Ben'))).toBe(3);
    expect(told(discord, channel)).toEqual([1, 2, 3]);
  });

  test('a Next that still stands there counts as Ready', async () => {
    const { discord, newest, pace } = await openRoom();
    const next = newest().components[0]?.components?.[0]?.custom_id ?? '';
    await pace({ readers: 2 });
    const answer = await discord.user('Ben').press(newest(), next, { stale: true });
    expect(answer.kind).toBe('update');
    expect(labels(newest())[0]).toBe('Ready · 1 of 2');
  });

  test('set anew, it counts anew', async () => {
    const { newest, press, pace } = await openRoom();
    await pace({ readers: 3 });
    await press('Ben');
    await press('Cleo');
    await pace({ readers: 2 });
    expect(labels(newest())[0]).toBe('Ready · 0 of 2');
  });

  test('leaves a title card its other buttons', async () => {
    const { ask, newest } = await openRoom();
    await ask('Ann', 'close');
    await ask('Ann', 'read', { story: 'tale' });
    const others = labels(newest()).slice(1);
    expect(others).toContain('Continue · 2');
    await ask('Ann', 'pace together');
    expect(labels(newest())).toEqual(['Ready · 0 of 1', ...others]);
    await ask('Ann', 'pace off');
    expect(labels(newest())).toEqual(['Begin', ...others]);
  });
});

describe('whatever goes wrong', () => {
  test('buttons of another time and forged ones turn nothing', async () => {
    const { discord, channel, says, newest, press, pace } = await openRoom();
    await pace({ readers: 2 });
    const old = newest();
    const id = old.components[0]?.components?.[0]?.custom_id ?? '';
    const [, reading = ''] = id.split(':');
    await press('Ben');
    await press('Cleo');
    const ben = discord.user('Ben');
    const answer = async (forged: string) =>
      String(brief(await ben.press(old, forged, { stale: true })));
    expect(await answer(id)).toMatch(/^The reading has moved on from here\. You are at 2 of 12\./);
    for (const forged of [`ready:${reading}:99`, `ready:${reading}:`, `ready:${reading}:2:2`]) {
      expect(await answer(forged)).toContain(en.refusal.stale);
    }
    for (const forged of ['ready:', 'ready:another:2', 'ready:__proto__:2']) {
      expect(await answer(forged)).toContain(en.refusal.elsewhere);
    }
    for (const forged of ['ready', 'toString:1', '__proto__:']) {
      expect(await answer(forged)).toBe(en.refusal.unknownButton);
    }
    expect(labels(newest())[0]).toBe('Ready · 0 of 2');
    expect(await says('Dora', 'pace show')).toContain('0 of 2');
    expect(told(discord, channel)).toEqual([1, 2]);
  });

  test('a store that dawdles: the press counts, and nobody sees a "thinking" stay', {
    timeout: 60_000,
  }, async () => {
    const store = moodyStore();
    const { discord, channel, newest, press, pace } = await openRoom(store);
    await pace({ readers: 2 });
    store.cast({ on: 'load', how: 1700, channel });
    expect(brief(await press('Ben'))).toMatch(/^You are ready\. The page turns when 1 more reader/);
    await discord.waitFor(() => labels(newest())[0] === 'Ready · 1 of 2');
    expect(seen(discord, channel)).not.toContain('thinking');
    store.cast({ on: 'load', how: 1700, channel });
    expect(brief(await press('Cleo'))).toBe(2);
    expect(told(discord, channel)).toEqual([1, 2]);
  });

  test('a store that fails: the press does not count, and its reader is told', async () => {
    const store = moodyStore();
    const { channel, newest, press, pace } = await openRoom(store);
    await pace({ readers: 2 });
    store.cast({ on: 'move', how: 'fail', channel });
    expect(brief(await press('Ben'))).toBe(en.trouble.store);
    expect(labels(newest())[0]).toBe('Ready · 0 of 2');
    await press('Cleo');
    expect(labels(newest())[0]).toBe('Ready · 1 of 2');
  });

  test('a count whose showing Discord refuses is told in words', async () => {
    const { discord, newest, press, pace, says } = await openRoom();
    await pace({ readers: 2 });
    discord.fail({ on: 'callback', how: { status: 400, code: 50_035 } });
    expect(brief(await press('Ben'))).toMatch(/^You are ready\./);
    await discord.waitFor(() => labels(newest())[0] === 'Ready · 1 of 2');
    expect(await says('Dora', 'pace show')).toContain('1 of 2 are ready now.');
  });

  test('a page that cannot be posted leaves everybody as ready as they were', async () => {
    const { discord, newest, press, pace } = await openRoom();
    await pace({ readers: 2 });
    await press('Ben');
    discord.fail({ on: 'callback', how: { status: 403, code: 50_013 } });
    expect(brief(await press('Cleo'))).toBe(en.trouble.permission);
    expect(labels(newest())[0]).toBe('Ready · 1 of 2');
    expect(brief(await press('Cleo'))).toBe(2);
  });
});
