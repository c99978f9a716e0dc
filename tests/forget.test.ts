import { describe, expect, test } from 'vitest';
import type { Store } from '../src/reading/store.ts';
import { en } from '../src/words/en.ts';
import { moodyStore } from './moody-store.ts';
import { openRoom } from './quoting-room.ts';
import { brief, libraryOf, messageOf, tale } from './seen.ts';

const KEEP = en.buttons.keep;
const library = libraryOf({ tale: tale(9), other: tale(3, 'Another') });

/** All that a store holds, as text. */
async function contents(store: Store): Promise<string> {
  const values: unknown[] = [];
  for (const name of ['channels', 'told', 'finished', 'kept']) {
    const records = store.namespace(name);
    for await (const entry of records.iterator?.(undefined) ?? []) values.push(entry);
  }
  return JSON.stringify(values);
}

/** A room with its store in sight, and a store that can be moody. */
async function openWatched() {
  const mood = moodyStore();
  const stores: Store[] = [];
  const room = await openRoom('tale', 3, {
    library,
    aroundStore(store) {
      stores.push(store);
      return mood.aroundStore(store);
    },
  });
  const held = async () => await contents(stores.at(-1) ?? expect.fail());
  return { ...room, mood, held };
}

describe('/forget-me', () => {
  test('deletes what is kept about the asker in every channel, server and DM', async () => {
    const { ann, ben, channel, discord, held } = await openWatched();
    const there = discord.channel('x', { guild: discord.guild('Another Room') });
    for (const where of [discord.channel('b'), there, discord.dm(ann)]) {
      await ann.slash(where, 'read', { story: 'other' });
      await ann.slash(where, 'next');
      const quote = messageOf(await ann.slash(where, 'quote', { line: '#1.1' }));
      await ann.press(quote, KEEP);
      if (where !== there) continue;
      // A reading that was left has its host too.
      await ann.slash(where, 'close');
      await ben.press(quote, KEEP);
    }
    const quote = messageOf(await ann.slash(channel, 'quote', { line: '#2.1' }));
    await ann.press(quote, KEEP);
    expect(await held()).toContain(ann.id);

    const answer = await ann.slash(channel, 'forget-me');
    expect(answer).toMatchObject({ private: true });
    expect(brief(answer)).toBe(
      'Everything kept about you is deleted: 4 kept lines, and that you began any reading.',
    );
    expect(await held()).not.toContain(ann.id);
    expect(messageOf(await ann.slash(channel, 'kept')).content).toBe(`### ${en.kept.none}`);
    expect(messageOf(await ben.slash(there, 'kept')).content).toContain('You keep 1 line here');
  });

  test('leaves readings without a host, which go on', async () => {
    const { ann, ben, channel, discord } = await openWatched();
    expect(brief(await ann.slash(channel, 'forget-me'))).toMatch(/^Everything kept about you/);
    for (const reader of [ann, ben]) {
      expect(brief(await reader.slash(channel, 'goto', { passage: 1 }))).toBe(
        `Only the one who began this reading, ${en.refusal.nobody}, and those who may manage messages can do that.`,
      );
    }
    expect(brief(await ann.slash(channel, 'next'))).toBe(4);
    const mod = discord.user('Mod', { permissions: { allow: ['ManageMessages'] } });
    expect(brief(await mod.slash(channel, 'goto', { passage: 1 }))).toBe(1);
  });

  test('of somebody about whom nothing is kept says the same', async () => {
    const { ben, channel } = await openWatched();
    expect(brief(await ben.slash(channel, 'forget-me'))).toBe(en.forgetMe.done_zero);
  });

  test('reaches a reading that is just beginning, whose record failed', async () => {
    const { ann, ben, discord, mood, held } = await openWatched();
    const other = discord.channel('b');
    mood.cast({ on: 'move', how: 'fail', channel: other });
    await ann.slash(other, 'read', { story: 'tale' });
    await ann.slash(other, 'forget-me');
    expect(await held()).not.toContain(ann.id);
    expect(brief(await ben.slash(other, 'next'))).toBe(1);
    expect(await held()).not.toContain(ann.id);
  });

  test('does not wait for Discord to tell what became of a turn', async () => {
    const { ann, ben, channel, discord, mood, held, restart } = await openWatched();
    mood.cast({ on: 'move', how: 'fail', channel });
    expect(brief(await ben.slash(channel, 'next'))).toBe(4);
    const deaf = discord.fail({ on: 'original', how: { status: 403, code: 0 }, times: 99 });
    await restart();
    expect(brief(await ann.slash(channel, 'forget-me'))).toMatch(/^Everything kept about you/);
    expect(await held()).not.toContain(ann.id);
    deaf.lift();
    expect(brief(await ben.slash(channel, 'next'))).toBe(5);
    expect(await held()).not.toContain(ann.id);
  });
});

describe('a server that has removed the bot', () => {
  /** Readings, kept lines and a finished story in two servers, a DM and by a user install. */
  async function openEverywhere() {
    const room = await openWatched();
    const { discord, restart, log } = room;
    const server = discord.guild('Another Room');
    const guest = discord.user('Guest', { appInstalled: true });
    const places = {
      home: room.channel,
      server: discord.channel('x', { guild: server }),
      dm: discord.dm(guest),
      userInstall: discord.channel('away', { guild: discord.elsewhere }),
    };
    for (const where of [places.server, places.dm, places.userInstall]) {
      await guest.slash(where, 'read', { story: 'other', from: 3 });
      await guest.slash(where, 'next');
      await guest.press(messageOf(await guest.slash(where, 'quote', { line: '#3.1' })), KEEP);
      await guest.slash(where, 'next');
    }
    const tidied = () => log.filter((line) => line.includes('servers that removed the bot')).length;
    /** READY once more, and what follows from it. */
    const ready = async () => {
      const before = tidied();
      await restart();
      await discord.waitFor(() => tidied() > before, 2000).catch(() => {});
      expect(tidied()).toBe(before + 1);
    };
    const remains = async () => {
      const all = await room.held();
      return Object.entries(places)
        .filter(([, { id }]) => all.includes(id))
        .map(([name]) => name);
    };
    return { ...room, server, guest, places, ready, remains };
  }

  test('has its data deleted; other servers, DMs and user installs keep theirs', async () => {
    const { server, guest, places, ready, remains, held } = await openEverywhere();
    await ready();
    // In the list, if only as unavailable: the rehearsal lists all servers so.
    expect(await remains()).toEqual(['home', 'server', 'dm', 'userInstall']);

    server.botInstalled = false;
    await ready();
    expect(await remains()).toEqual(['home', 'dm', 'userInstall']);
    expect(await held()).not.toContain(server.id);

    server.botInstalled = true;
    await ready();
    const { server: where } = places;
    expect(brief(await guest.slash(where, 'where'))).toBe(en.refusal.nothing);
    expect(brief(await guest.slash(where, 'quote', { story: 'other', line: '1' }))).toMatch(
      /has not been read to its end here/,
    );
    expect(messageOf(await guest.slash(where, 'kept')).content).toBe(`### ${en.kept.none}`);
    const { content } = messageOf(await guest.slash(places.dm, 'kept'));
    expect(content).toContain('You keep 1 line here');
  });

  test('from an empty list nothing is concluded', async () => {
    const { discord, server, ready, remains } = await openEverywhere();
    server.botInstalled = false;
    discord.home.botInstalled = false;
    await ready();
    expect(await remains()).toEqual(['home', 'server', 'dm', 'userInstall']);
  });
});
