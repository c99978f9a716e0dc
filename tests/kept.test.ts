import { describe, expect, test } from 'vitest';
import { KeptLines, type KeptRecord, keptKind } from '../src/reading/kept.ts';
import { openMemory } from '../src/reading/sqlite-store.ts';
import { Records } from '../src/reading/stored-records.ts';
import { en } from '../src/words/en.ts';
import { menuOf, openRoom } from './quoting-room.ts';
import { brief, labels, libraryOf, messageOf, tale } from './seen.ts';

const { keep: KEEP, more: MORE, earlier: EARLIER } = en.buttons;
const { forgetAll: ALL } = en.menu;
const library = libraryOf({ tale: tale(30), other: tale(3, 'Another') });

/** A room in which the first passages are told, each of one line, and ways to keep them. */
async function openKeeping(told = 9) {
  const room = await openRoom('tale', told, { library });
  const { ann, channel, discord } = room;
  const quote = async (passage: number) =>
    messageOf(await ann.slash(channel, 'quote', { line: `#${passage}.1` }));
  const keep = async (who: string, passage: number) =>
    brief(await discord.user(who).press(await quote(passage), KEEP));
  const kept = async (who: string, where = channel) => {
    const answer = await discord.user(who).slash(where, 'kept');
    expect(answer).toMatchObject({ private: true });
    return messageOf(answer);
  };
  /** Lets go of one line, by the menu of /kept, and returns what is left. */
  const letGo = async (who: string, passage: number) => {
    const list = await kept(who);
    const { id, options } = menuOf(list);
    const value = options.find(({ label }) => label.startsWith(`Passage ${passage} `))?.value;
    return messageOf(await discord.user(who).choose(list, id, [value ?? '']));
  };
  return { ...room, quote, keep, kept, letGo };
}

test('a reader keeps a quote by the button under it, once; /kept shows it to them alone', async () => {
  const { keep, kept } = await openKeeping();
  expect((await kept('Ben')).content).toBe(`### ${en.kept.none}`);
  expect(await keep('Ben', 2)).toBe(en.quote.kept);
  expect(await keep('Ben', 2)).toBe(en.quote.known);
  expect(await keep('Ben', 5)).toBe(en.quote.kept);
  expect((await kept('Ben')).content).toBe(
    '### You keep 2 lines here\n**5** · Passage 5 of the tale.\n**2** · Passage 2 of the tale.',
  );
  expect((await kept('Ann')).content).toBe(`### ${en.kept.none}`);
});

test('kept lines are of one channel, and outlast a restart', async () => {
  const { discord, keep, kept, restart } = await openKeeping();
  await keep('Ben', 2);
  await restart();
  expect((await kept('Ben')).content).toContain('Passage 2');
  expect((await kept('Ben', discord.channel('b'))).content).toBe(`### ${en.kept.none}`);
});

test('what three readers keep is one of the room’s favourites, until one lets go', async () => {
  const { keep, kept, letGo } = await openKeeping();
  for (const who of ['Ann', 'Ben', 'Ann']) await keep(who, 3);
  expect((await kept('Dora')).content).not.toContain(en.kept.favourites);
  await keep('Cleo', 3);
  for (const who of ['Ann', 'Ben', 'Cleo', 'Dora']) await keep(who, 4);
  const heading = `### ${en.kept.favourites}`;
  const [four, three] = ['**4** · Passage 4 of the tale.', '**3** · Passage 3 of the tale.'];
  expect((await kept('Eve')).content).toBe(`### ${en.kept.none}\n${heading}\n${four}\n${three}`);
  await letGo('Cleo', 3);
  expect((await kept('Eve')).content).toBe(`### ${en.kept.none}\n${heading}\n${four}`);
});

test('/kept turns its pages', async () => {
  const { discord, keep, kept } = await openKeeping(20);
  for (let passage = 1; passage <= 20; passage++) await keep('Ben', passage);
  const ben = discord.user('Ben');
  const list = await kept('Ben');
  const shown = () => [...list.content.matchAll(/^\*\*(\d+)\*\*/gm)].map(([, n]) => Number(n));
  const [eight, last] = [
    [20, 19, 18, 17, 16, 15, 14, 13],
    [4, 3, 2, 1],
  ];
  expect(shown()).toEqual(eight);
  expect(labels(list)).not.toContain(EARLIER);
  await ben.press(list, MORE);
  await ben.press(list, MORE);
  expect(shown()).toEqual(last);
  expect(list.content).toContain('Page 3 of 3');
  expect(labels(list)).not.toContain(MORE);
  await ben.press(list, EARLIER);
  expect(shown()).toEqual([12, 11, 10, 9, 8, 7, 6, 5]);
});

test('/kept lets go of one line, or of all; others keep theirs', async () => {
  const { discord, keep, kept, letGo } = await openKeeping();
  for (const passage of [1, 2, 3]) await keep('Ben', passage);
  await keep('Ann', 2);
  expect((await letGo('Ben', 2)).content).toBe(
    '### You keep 2 lines here\n**3** · Passage 3 of the tale.\n**1** · Passage 1 of the tale.',
  );
  const list = await kept('Ben');
  const gone = messageOf(await discord.user('Ben').press(list, ALL));
  expect(gone).toMatchObject({ content: 'You have let go of 2 lines.', components: [] });
  expect((await kept('Ben')).content).toBe(`### ${en.kept.none}`);
  expect((await kept('Ann')).content).toContain('**2** · Passage 2');
});

test('of an ahead quote there is nothing to keep, of a forged button neither', async () => {
  const { ann, channel, quote, kept } = await openKeeping(2);
  const ahead = await ann.slash(channel, 'quote', { line: '#9.1', spoiler: true });
  expect(labels(messageOf(ahead))).toEqual([]);
  const message = await quote(2);
  const id = message.components[0]?.components?.[0]?.custom_id ?? '';
  const [, , key = '', , hash = ''] = id.split(':');
  for (const state of [`#9.1:${hash}`, '#9.1:', '#2.1', '#99.1:x', ':', 'x:y']) {
    const forged = `kept:keep:${key}:${state}`;
    if (state === `#9.1:${hash}`) continue; // The told line, by its text: see the next test.
    const answer = await ann.press(message, forged, { stale: true });
    expect(brief(answer)).toBe(en.refusal.rewritten);
  }
  expect((await kept('Ann')).content).toBe(`### ${en.kept.none}`);
});

describe('in an edited story', () => {
  test('a line that moved is kept where it is now', async () => {
    const { ben, quote, kept, restart } = await openKeeping();
    const old = await quote(5);
    const moved = tale(30).replace('Passage 1 ', 'New.\n\nMore.\n\nPassage 1 ');
    await restart(libraryOf({ tale: moved }));
    expect(brief(await ben.press(old, KEEP))).toBe(en.quote.kept);
    expect((await kept('Ben')).content).toContain('**7** · Passage 5 of the tale.');
    expect(brief(await ben.press(old, KEEP))).toBe(en.quote.known);
  });

  test('a line that was rewritten, or moved ahead of the reading, says so', async () => {
    const { ben, quote, kept, restart } = await openKeeping();
    const old = await quote(5);
    await restart(libraryOf({ tale: tale(30).replace('Passage 5 ', 'Chapter 5 ') }));
    expect(brief(await ben.press(old, KEEP))).toBe(en.refusal.rewritten);
    const ahead = tale(30).replace('Passage 5 ', 'Elsewhere ').trimEnd();
    await restart(libraryOf({ tale: `${ahead}\n\nPassage 5 of the tale.\n` }));
    expect(brief(await ben.press(old, KEEP))).toBe(en.refusal.rewritten);
    expect((await kept('Ben')).content).toBe(`### ${en.kept.none}`);
  });

  test('what is kept stays, also of a story whose file is gone', async () => {
    const { ben, quote, keep, kept, restart } = await openKeeping();
    const old = await quote(5);
    await keep('Ben', 5);
    await restart(libraryOf({ other: tale(3) }));
    expect((await kept('Ben')).content).toContain('**5** · Passage 5 of the tale.');
    expect(brief(await ben.press(old, KEEP))).toBe(en.refusal.storyGone);
  });
});

test('a list of lines full of markup fits a message', async () => {
  const stars = Array.from({ length: 20 }, (_, at) => `${at}${'_*'.repeat(60)}.`).join('\n\n');
  const { ann, ben, channel, discord } = await openRoom('stars', 20, {
    library: libraryOf({ stars: `# Stars\n\n${stars.replaceAll('*', '\\*')}\n` }),
  });
  const cleo = discord.user('Cleo');
  for (let passage = 1; passage <= 20; passage++) {
    const quote = messageOf(await ann.slash(channel, 'quote', { line: `#${passage}.1` }));
    for (const reader of [ann, ben, cleo]) await reader.press(quote, KEEP);
  }
  const list = messageOf(await ann.slash(channel, 'kept'));
  expect(list.content).toContain('You keep 20 lines here');
  expect(list.content).toContain(en.kept.favourites);
});

describe('there is room', () => {
  const line = (n: number) => ({ story: 's', passage: n, hash: `h${n}`, excerpt: `Line ${n}` });
  const open = () => {
    const keyv = openMemory().namespace<KeptRecord>('kept');
    const records = new Records(keyv, keptKind, () => {});
    return { records, lines: new KeptLines(records) };
  };

  test('for 100 lines a reader in a channel', async () => {
    const { lines } = open();
    for (let n = 1; n <= 100; n++) {
      expect(await lines.keep('c', undefined, 'ann', line(n))).toBe('kept');
    }
    expect(await lines.keep('c', undefined, 'ann', line(101))).toBe('full');
    expect(await lines.keep('c', undefined, 'ann', line(100))).toBe('known');
    expect(await lines.keep('d', undefined, 'ann', line(101))).toBe('kept');
    expect(await lines.keep('c', undefined, 'ben', line(101))).toBe('kept');
    await lines.forget('c', 'ann', 'h7');
    expect(await lines.keep('c', undefined, 'ann', line(101))).toBe('kept');
    expect(await lines.of('c', 'ann')).toHaveLength(100);
  });

  test('for 500 lines a channel, and a line kept already takes none', async () => {
    const { lines } = open();
    for (let n = 1; n <= 500; n++) await lines.keep('c', undefined, `r${n % 10}`, line(n));
    expect(await lines.keep('c', undefined, 'ann', line(501))).toBe('full');
    expect(await lines.keep('c', undefined, 'ann', line(500))).toBe('kept');
  });

  test('for 5,000 keepings a channel, however many its readers are', async () => {
    const { lines, records } = open();
    const by = Array.from({ length: 1000 }, (_, at) => `r${at}`);
    const full = [1, 2, 3, 4, 5].map((n) => ({ ...line(n), by }));
    await records.update('c', () => ({ version: 1, lines: full }));
    expect(await lines.keep('c', undefined, 'ann', line(1))).toBe('full');
    await lines.forget('c', 'r5', 'h1');
    expect(await lines.keep('c', undefined, 'ann', line(1))).toBe('kept');
  });

  test('for many at once: none is lost', async () => {
    const { lines } = open();
    const all = Array.from({ length: 50 }, (_, n) => n);
    await Promise.all(all.map((n) => lines.keep('c', undefined, `r${n}`, line(n % 2))));
    const [first, second] = await lines.favourites('c');
    expect([first?.passage, second?.passage].toSorted()).toEqual([0, 1]);
    for (const n of all) expect(await lines.of('c', `r${n}`)).toHaveLength(1);
  });

  test('the server that a record belongs to is not forgotten', async () => {
    const { lines, records } = open();
    await lines.keep('c', 'guild', 'ann', line(1));
    await lines.keep('c', undefined, 'ben', line(2));
    expect((await records.get('c'))?.guild).toBe('guild');
  });
});
