import { describe, expect, test } from 'vitest';
import { Problems } from '../src/reading/problems.ts';
import { en } from '../src/words/en.ts';
import { openHouse } from './harness.ts';
import { moodyStore } from './moody-store.ts';
import { brief, libraryOf, messageOf, tale } from './seen.ts';

const library = libraryOf({ tale: tale(9) });

/** A channel in which Ann reads the tale, and whom Mod looks after. */
async function openRoom() {
  const store = moodyStore();
  const house = await openHouse({ library, aroundStore: store.aroundStore });
  const { discord } = house;
  const channel = discord.channel('a');
  const [ann, ben] = [discord.user('Ann'), discord.user('Ben')];
  const mod = discord.user('Mod', { permissions: { allow: ['ManageMessages'] } });
  await ann.slash(channel, 'read', { story: 'tale' });
  await ann.slash(channel, 'next');
  // The passage shows before it is written down.
  await expect.poll(() => house.log.join('')).toContain('"passage":1');
  const ask = async (who = mod, where = channel) =>
    messageOf(await who.slash(where, 'doctor')).content.split('\n');
  return { ...house, store, channel, ann, ben, mod, ask };
}

const bad = (lines: readonly string[]) => lines.filter((line) => line.startsWith('✗'));

describe('/doctor', () => {
  test('finds nothing where all is well, and tells only the asker', async () => {
    const { discord, channel, mod, ask } = await openRoom();
    const lines = await ask();
    expect(bad(lines)).toEqual([]);
    expect(lines[0]).toBe(`### ${en.doctor.title}`);
    for (const name of ['View Channel', 'Send Messages', 'Read Message History']) {
      expect(lines.some((line) => line.startsWith(`✓ ${name}: for`))).toBe(true);
    }
    expect(lines.join('\n')).toMatch(/✓ My notes answer, in \d+ ms\./);
    expect(lines).toContain(`✓ *A Tale* is being read. ${en.pace.next}`);
    expect(lines).toContain(`✓ ${en.doctor.noProblem}`);
    expect(lines.at(-1)).toMatch(/^-# I remember troubles only since I was started, <t:\d+:R>\.$/);
    expect(discord.messages(channel)).toHaveLength(2);
    expect(await mod.slash(channel, 'doctor')).toMatchObject({ private: true });
  });

  test('is for the host and moderators', async () => {
    const { discord, ann, ben, mod, ask, channel } = await openRoom();
    expect(bad(await ask(ann))).toEqual([]);
    expect(brief(await ben.slash(channel, 'doctor'))).toMatch(/^Only the one who began/);
    const empty = discord.channel('empty');
    expect(brief(await ann.slash(empty, 'doctor'))).toBe(en.doctor.refused);
    expect(await ask(mod, empty)).toContain(`✓ ${en.doctor.noReading}`);
  });

  test.each(['ViewChannel', 'SendMessages', 'ReadMessageHistory'] as const)(
    'names %s where it is missing, and where to set it',
    async (permission) => {
      const { discord, ask } = await openRoom();
      discord.channel('a', { bot: { deny: [permission] } });
      const name = permission.replaceAll(/(?!^)([A-Z])/g, ' $1');
      const lines = await ask();
      expect(bad(lines)).toEqual([expect.stringMatching(`^✗ \\*\\*${name}\\*\\* is missing: for`)]);
      expect(lines).toContain(`→ ${en.doctor.mend}`);
      // What is set right is right at once.
      discord.channel('a', { bot: {} });
      expect(bad(await ask())).toEqual([]);
    },
  );

  test('in a thread looks for what a thread needs', async () => {
    const { discord, channel, mod, ask } = await openRoom();
    const thread = discord.channel('thread', {
      parent: channel,
      bot: { deny: ['SendMessagesInThreads'] },
    });
    const lines = await ask(mod, thread);
    expect(bad(lines)).toEqual([
      expect.stringMatching(/^✗ \*\*Send Messages in Threads\*\* is missing/),
    ]);
    expect(lines).toContain(`→ ${en.doctor.mendThread}`);
  });

  test('tells apart a server, a reader’s own installation, and a DM', async () => {
    const { discord, ann, ask } = await openRoom();
    expect(await ask()).toContain(`✓ ${en.doctor.server}`);
    expect(await ask(ann, discord.dm(ann))).toContain(`✓ ${en.doctor.dm}`);
    const guest = discord.user('Guest', {
      appInstalled: true,
      permissions: { allow: ['ManageMessages'], deny: ['UseExternalApps'] },
    });
    const lines = await ask(guest, discord.channel('there', { guild: discord.elsewhere }));
    expect(lines).toContain(`✓ ${en.doctor.guest}`);
    expect(bad(lines)).toEqual([`✗ ${en.refusal.private}`]);
    expect(lines.join('\n')).not.toContain('View Channel');
  });

  test('answers though the store does not', async () => {
    const { store, ask, channel } = await openRoom();
    store.cast({ on: 'load', how: 'fail', channel, times: 9 });
    const lines = await ask();
    store.lift();
    expect(bad(lines)).toEqual([`✗ ${en.doctor.storeDown}`]);
    expect(bad(await ask())).toEqual([]);
  });

  test('tells the pace', async () => {
    const { ann, channel, ask } = await openRoom();
    await ann.slash(channel, 'pace together', { readers: 3 });
    expect((await ask()).join('\n')).toMatch(/is being read\. The page turns as soon as 3 readers/);
  });

  test('remembers the last problem here, and what became of it, until a restart', async () => {
    const { discord, ann, ben, channel, ask, restart } = await openRoom();
    discord.fail({ on: 'callback', how: { status: 400, code: 200_000 } });
    expect(brief(await ann.slash(channel, 'next'))).toBe(en.trouble.automod);
    expect(bad(await ask())).toEqual([
      expect.stringMatching(
        /^✗ The last trouble was <t:\d+:R>: this server’s AutoMod did not let a passage through\. Nothing was told here since/,
      ),
    ]);
    expect(bad(await ask(ann, discord.dm(ann)))).toEqual([]);

    expect(brief(await ben.slash(channel, 'next'))).toBe(2);
    const over = /✓ The last trouble .* AutoMod .* It is over: a message was told here <t:\d+:R>\./;
    await expect.poll(async () => (await ask()).join('\n')).toMatch(over);
    await restart();
    expect(await ask()).toContain(`✓ ${en.doctor.noProblem}`);
  });

  test('knows of what was dealt with before anybody noticed', async () => {
    const { store, ann, channel, ask } = await openRoom();
    store.cast({ on: 'move', how: 'fail', channel, times: 9 });
    expect(brief(await ann.slash(channel, 'next'))).toBe(2);
    await expect
      .poll(async () => (await ask()).join('\n'))
      .toMatch(/✗ The last trouble .*: my notes did not answer\./);
    store.lift();
    expect(brief(await ann.slash(channel, 'next'))).toBe(3);
    await expect.poll(async () => (await ask()).join('\n')).toMatch(/my notes .* It is over/);
  });
});

test('problems are remembered of a thousand channels, the newest', () => {
  const problems = new Problems(0);
  for (let channel = 0; channel < 1000; channel++) problems.note(`${channel}`, 'bug', channel);
  problems.note('0', 'store', 1000);
  problems.note('new', 'bug', 1001);
  expect(problems.of('1')).toBeUndefined();
  expect(problems.of('0')).toEqual({ trouble: 'store', at: 1000 });
  problems.over('0', 2000);
  problems.over('0', 3000);
  expect(problems.of('0')?.overAt).toBe(2000);
  problems.over('2', 2000);
  problems.over('never', 2000);
  expect(problems.of('never')).toBeUndefined();
});
