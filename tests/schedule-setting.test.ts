import { describe, expect, test } from 'vitest';
import { en } from '../src/words/en.ts';
import { HOUR, openRoom } from './schedule-room.ts';
import { brief, told } from './seen.ts';

const ROLE = { id: '900000000000000001' };

describe('a schedule is not set', () => {
  test.each([
    ['every', { every: 'now and then' }, en.schedule.badSpan],
    ['every', { every: '30 seconds' }, en.schedule.badSpan],
    ['every', { every: '0m' }, en.schedule.badSpan],
    ['every', { every: '31d' }, en.schedule.badSpan],
    ['every', { every: '1h', passages: 2, chapter: true }, en.schedule.both],
    ['daily', { at: 'noonish', zone: 'UTC' }, en.schedule.badTime],
    ['daily', { at: '9:00', zone: 'Nowhere' }, en.schedule.badZone],
    ['daily', { at: '9:00', zone: 'UTC', days: 'someday' }, en.schedule.badDays],
  ])('with what makes no sense: /pace %s %j', async (rhythm, options, refusal) => {
    const { says, clock, sends } = await openRoom();
    expect(await says('Ann', `pace ${rhythm}`, options)).toBe(refusal);
    clock.turn(HOUR);
    expect(await says('Ann', 'pace show')).toBe(en.pace.next);
    expect(sends()).toEqual([]);
  });

  test('by somebody who is neither host nor moderator', async () => {
    const { says, discord } = await openRoom();
    const options = { every: '1h' };
    expect(await says('Ben', 'pace every', options)).toContain('Only the one who began');
    discord.user('Mod', { permissions: { allow: ['ManageMessages'] } });
    expect(await says('Mod', 'pace every', options)).toMatch(/^The story comes by itself/);
    expect(await says('Mod', 'pace show')).toContain('1 passage every 1 hour');
  });

  test('without what it needs in this channel, each named', async () => {
    const { ask, says, discord, channel } = await openRoom();
    const deny = ['SendMessages', 'ReadMessageHistory'] as const;
    discord.channel('a', { bot: { deny } });
    expect(await says('Ann', 'pace every', { every: '1h' })).toContain(
      'I also need **Send Messages** and **Read Message History** here',
    );
    const thread = discord.channel('t', { parent: channel });
    discord.channel('a', { bot: { deny: ['SendMessages'] } });
    await discord.user('Ann').slash(thread, 'read', { story: 'tale' });
    const inThread = await discord.user('Ann').slash(thread, 'pace every', { every: '1h' });
    expect(inThread).toMatchObject({ kind: 'message', private: false });
    discord.channel('t', { parent: channel, bot: { deny: ['SendMessagesInThreads'] } });
    discord.channel('a', { bot: {} });
    const refused = await discord.user('Ann').slash(thread, 'pace every', { every: '1h' });
    expect(brief(refused)).toContain('I also need **Send Messages in Threads** here');
    expect(await ask('Ann', 'pace every', { every: '1h' })).toMatchObject({ private: false });
  });

  test('by a user install, or in a group DM', async () => {
    const { discord } = await openRoom();
    const cleo = discord.user('Cleo', { appInstalled: true });
    const rooms = [
      discord.groupDm('friends', [cleo, discord.user('Ben')]),
      discord.channel('far', { guild: discord.elsewhere }),
    ];
    for (const room of rooms) {
      await cleo.slash(room, 'read', { story: 'tale' });
      expect(brief(await cleo.slash(room, 'pace every', { every: '1h' }))).toBe(
        en.schedule.notHere,
      );
    }
  });
});

describe('a role that is called', () => {
  test('is the only one, by a message before the first passage', async () => {
    const { clock, discord, channel, pace, sends, tells } = await openRoom();
    discord.user('Ann', { permissions: { allow: ['MentionEveryone'] } });
    const text = await pace('every', { every: '1h', passages: 2, mention: ROLE });
    expect(text).toContain(`<@&${ROLE.id}> is called each time.`);
    clock.turn(HOUR);
    await tells(1, 2);
    expect(sends().map(({ body }) => body)).toMatchObject([
      {
        content: `<@&${ROLE.id}> The story goes on.`,
        allowed_mentions: { parse: [], roles: [ROLE.id] },
      },
      { allowed_mentions: { parse: [], roles: [] } },
      { allowed_mentions: { parse: [], roles: [] } },
    ]);
    expect(told(discord, channel)).toEqual([1, 2]);
  });

  test('is one that whoever sets it may call, and the bot too', async () => {
    const { discord, says } = await openRoom();
    const options = { every: '1h', mention: ROLE };
    discord.user('Ann', { permissions: { deny: ['MentionEveryone'] } });
    expect(await says('Ann', 'pace every', options)).toBe(en.schedule.notYourRole);
    discord.user('Ann', { permissions: { allow: ['MentionEveryone'] } });
    discord.channel('a', { bot: { deny: ['MentionEveryone'] } });
    expect(await says('Ann', 'pace every', options)).toContain('All Roles');
    const everyone = { every: '1h', mention: { id: discord.home.id } };
    expect(await says('Ann', 'pace every', everyone)).toBe(en.schedule.everyone);
  });
});

describe('while it is typed', () => {
  test('zones, with the time there', async () => {
    const { discord, channel } = await openRoom();
    const options = { at: '9:00', zone: 'berl' };
    const choices = await discord.user('Ann').type(channel, 'pace daily', options, 'zone');
    expect(choices).toEqual([{ name: 'Europe/Berlin · 10:00 now', value: 'Europe/Berlin' }]);
    const none = await discord.user('Ann').type(channel, 'pace daily', { zone: '' }, 'zone');
    expect(none.map(({ value }) => value)).toContain('America/New_York');
    const many = await discord.user('Ann').type(channel, 'pace daily', { zone: 'a' }, 'zone');
    expect(many).toHaveLength(25);
  });

  test('spans and days', async () => {
    const { discord, channel } = await openRoom();
    const type = (command: string, name: string, typed: string) =>
      discord.user('Ann').type(channel, command, { [name]: typed }, name);
    expect((await type('pace every', 'every', '90'))[0]).toEqual({
      name: '1 hour, 30 minutes',
      value: '90',
    });
    expect(await type('pace every', 'every', 'x')).toEqual([]);
    expect((await type('pace daily', 'days', 'week')).map(({ value }) => value)).toEqual([
      'weekdays',
      'weekends',
    ]);
    expect((await type('pace daily', 'days', 'sun, sat'))[0]?.value).toBe('sun, sat');
  });
});
