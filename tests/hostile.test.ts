import { describe, expect, test } from 'vitest';
import type { DiscordOptions } from '../src/rehearsal/discord/discord.ts';
import { en } from '../src/words/en.ts';
import { openHouse } from './harness.ts';
import { brief, firstButton, libraryOf, messageOf, seen, tale } from './seen.ts';

const library = libraryOf({ tale: tale(5), other: tale(4, 'Another') });

/** A house with the tale begun and its first passage told, and the tokens that passed by. */
async function openRoom(options: DiscordOptions = {}) {
  const house = await openHouse({ library, discord: options });
  const { discord } = house;
  const tokens: string[] = [discord.token];
  discord.events.on('interaction', ({ token }) => void tokens.push(token));
  const [channel, ann] = [discord.channel('a'), discord.user('Ann')];
  await ann.slash(channel, 'read', { story: 'tale' });
  const passage = messageOf(await ann.slash(channel, 'next'));
  const forge = async (customId: string) =>
    brief(await discord.user('Mallory').press(passage, customId, { stale: true }));
  /** Lets Discord's client send what a forged one might: these commands instead of ours. */
  const register = async (commands: readonly object[]) => {
    const path = `${discord.url}/v10/applications/${discord.application.id}/commands`;
    const headers = { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' };
    const response = await fetch(path, { method: 'PUT', headers, body: JSON.stringify(commands) });
    expect(response.status).toBe(200);
  };
  return { ...house, tokens, channel, ann, passage, forge, register };
}

const read = {
  name: 'read',
  description: 'd',
  options: [
    { name: 'story', description: 'd', type: 3 },
    { name: 'from', description: 'd', type: 4 },
  ],
};

describe('a forged button', () => {
  test.each([
    ['next', en.refusal.unknownButton],
    [':', en.refusal.unknownButton],
    ['where:', en.refusal.unknownButton],
    ['quote:1', en.refusal.unknownButton],
    ['__proto__:1', en.refusal.unknownButton],
    ['constructor:x', en.refusal.unknownButton],
    ['NEXT:a:1', en.refusal.unknownButton],
    ['next:', en.refusal.elsewhere],
    ['next:AAAAAAAA:1', en.refusal.elsewhere],
    [`next:${'9'.repeat(90)}`, en.refusal.elsewhere],
    ['next:\n\0:1', en.refusal.elsewhere],
    ['read:AAAAAAAA', en.refusal.elsewhere],
    ['read:', en.refusal.elsewhere],
  ])('%j is refused privately', async (customId, refusal) => {
    const { discord, channel, forge } = await openRoom();
    expect(await forge(customId)).toMatch(new RegExp(`^${refusal.replaceAll('.', '\\.')}`));
    expect(seen(discord, channel)).toEqual(['## A Tale', 1]);
  });

  test('with the right reading and a wrong count turns no page', async () => {
    const { discord, channel, passage, forge } = await openRoom();
    const id = firstButton(passage).split(':')[1];
    for (const serial of ['0', '2', '01', '1 ', '1:1', '-1', '1e0', 'NaN', '']) {
      expect(await forge(`next:${id}:${serial}`)).toMatch(/^The reading has moved on/);
    }
    expect(await forge(`read:${id}`)).toMatch(/^The reading has moved on/);
    expect(seen(discord, channel)).toEqual(['## A Tale', 1]);
  });

  test('of another channel tells nothing here', async () => {
    const { discord, channel, forge } = await openRoom();
    const other = discord.channel('b');
    const card = messageOf(await discord.user('Ben').slash(other, 'read', { story: 'other' }));
    expect(await forge(firstButton(card))).toMatch(/^This button belongs/);
    expect(seen(discord, channel)).toEqual(['## A Tale', 1]);
    expect(seen(discord, other)).toEqual(['## Another']);
  });

  test('for a page that the library does not have turns to one it has', async () => {
    const { channel, ann, discord } = await openRoom();
    const list = messageOf(await ann.slash(channel, 'library'));
    for (const page of ['999999', '-1', 'x', '9'.repeat(80), '']) {
      const answer = await ann.press(list, `library:${page}`, { stale: true });
      expect(messageOf(answer).content).toMatch(/^### There are 2 stories/);
    }
    expect(seen(discord, channel)).toEqual(['## A Tale', 1]);
  });
});

describe('a forged command', () => {
  test.each([
    [{ story: 'tale', from: 0 }, /^\*A Tale\* has 5 passages/],
    [{ story: 'tale', from: -3 }, /^\*A Tale\* has 5 passages/],
    [{ story: 'tale', from: 2 ** 53 - 1 }, /^\*A Tale\* has 5 passages/],
    [{ story: '../../etc/passwd' }, /^There is no story called/],
    [{ story: '__proto__' }, /^There is no story called/],
    [{ story: '\ud800' }, /^There is no story called/],
    [{ story: '@everyone <@1> '.repeat(300) }, /^There is no story called/],
    [{}, /^Something went wrong on my side/],
  ])('/read %j is refused privately', async (options, refusal) => {
    const { discord, channel, ann, register } = await openRoom();
    await register([read]);
    const answer = await ann.slash(channel, 'read', options);
    expect(brief(answer)).toMatch(refusal);
    expect(messageOf(answer)).toMatchObject({ mention_everyone: false, mentions: [] });
    expect(seen(discord, channel)).toEqual(['## A Tale', 1]);
  });

  test.each([
    [{ passage: 0 }, /^\*A Tale\* has 5 passages/],
    [{ passage: -1 }, /^\*A Tale\* has 5 passages/],
    [{ chapter: '#0' }, new RegExp(en.refusal.noChapter)],
    [{ chapter: `#${'9'.repeat(400)}` }, new RegExp(en.refusal.noChapter)],
  ])('/goto %j is refused privately', async (options, refusal) => {
    const { channel, ann, register } = await openRoom();
    const passage = { name: 'passage', description: 'd', type: 4 };
    const chapter = { name: 'chapter', description: 'd', type: 3 };
    await register([{ name: 'goto', description: 'd', options: [passage, chapter] }]);
    expect(brief(await ann.slash(channel, 'goto', options))).toMatch(refusal);
  });

  test('with an option of the wrong type is answered, and logged', async () => {
    const { discord, channel, ann, register, log } = await openRoom();
    const wrong = [{ name: 'story', description: 'd', type: 4 }];
    await register([{ name: 'read', description: 'd', options: wrong }]);
    expect(brief(await ann.slash(channel, 'read', { story: 7 }))).toBe(en.trouble.bug);
    expect(log.join('')).toContain('an answer failed');
    expect(brief(await discord.user('Ben').slash(discord.channel('b'), 'read', { story: 1 }))).toBe(
      en.trouble.bug,
    );
  });

  test('that nobody knows is answered, whatever its kind', async () => {
    const { discord, channel, ann, passage, register } = await openRoom();
    await register([
      { name: 'bygone', description: 'd' },
      { name: 'Bygone', type: 3 },
    ]);
    expect(brief(await ann.slash(channel, 'bygone'))).toBe(en.refusal.unknownCommand);
    expect(brief(await ann.messageCommand(passage, 'Bygone'))).toBe(en.refusal.unknownCommand);
    expect(seen(discord, channel)).toEqual(['## A Tale', 1]);
  });

  test('that asks for choices that are not there gets none', async () => {
    const { channel, ann, register } = await openRoom();
    const typed = (name: string) => ({ name, description: 'd', type: 3, autocomplete: true });
    await register([
      { name: 'bygone', description: 'd', options: [typed('story')] },
      { name: 'next', description: 'd', options: [typed('story')] },
    ]);
    expect(await ann.type(channel, 'bygone', { story: 'x' }, 'story')).toEqual([]);
    expect(await ann.type(channel, 'next', { story: 'x' }, 'story')).toEqual([]);
  });
});

test('events that make no sense are survived', async () => {
  const { discord, channel, ann } = await openRoom();
  discord.gateway.dispatch('INTERACTION_CREATE', {});
  discord.gateway.dispatch('INTERACTION_CREATE', { id: '1', type: 99, token: 't', data: {} });
  discord.gateway.dispatch('NO_SUCH_EVENT', { a: 1 });
  discord.gateway.dispatch('MESSAGE_CREATE', { id: '1' });
  expect(brief(await ann.slash(channel, 'next'))).toBe(2);
});

test('the log has no token and nothing that people typed', async () => {
  const { discord, channel, ann, passage, tokens, log, register, restart } = await openRoom({
    respondWithin: 700,
  });
  const text = 'my dearest secret';
  await ann.slash(channel, 'quote', { line: text });
  await ann.slash(channel, 'read', { story: text });
  await ann.type(channel, 'quote', { line: text }, 'line');
  await ann.type(channel, 'read', { story: text }, 'story');
  await ann.press(passage, `next:${text}`, { stale: true });
  // Failures whose errors carry the request that failed.
  for (const how of [{ status: 403, code: 50_013 }, { status: 500 }]) {
    const faults = [/callback$/, /@original$/].map((on) => discord.fail({ on, how, times: 1000 }));
    await Promise.all([
      ann.slash(channel, 'read', { story: text }),
      ann.slash(channel, 'next'),
      ann.type(channel, 'quote', { line: text }, 'line').catch(() => {}),
    ]);
    for (const fault of faults) fault.lift();
  }
  await register([
    { name: 'goto', description: 'd', options: [{ name: 'story', description: 'd', type: 3 }] },
  ]);
  await ann.slash(channel, 'goto', { story: text });
  await restart();

  const lines = log.join('');
  expect(lines.length).toBeGreaterThan(1000);
  for (const secret of [text, 'Passage 2 of the tale', ...tokens]) {
    expect(lines.includes(secret)).toBe(false);
  }
}, 15_000);
