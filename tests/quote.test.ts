import { describe, expect, test } from 'vitest';
import { en } from '../src/words/en.ts';
import { openHouse } from './harness.ts';
import { linkTo, openRoom } from './quoting-room.ts';
import { brief, labels, libraryOf, messageOf, seen, tale } from './seen.ts';

const story = `# The Letter

## The Light

Dear Zoë, the *lighthouse* is dark tonight. I hear the sea.

Nobody came to the harbour. Nobody ever does.

## The Keeper

The murderer was the lighthouse keeper all along.
`;
const library = libraryOf({ letter: story, tale: tale(3) });

/** The letter, told up to its second passage, and ways to quote from it. */
async function openLetter() {
  const room = await openRoom('letter', 2, { library });
  const { ann, channel } = room;
  const quote = async (line?: string, options = {}) =>
    messageOf(await ann.slash(channel, 'quote', { line, ...options })).content;
  const refusal = async (options: object, reader = ann) => {
    const answer = await reader.slash(channel, 'quote', { ...options });
    expect(answer).toMatchObject({ private: true });
    return brief(answer);
  };
  const offered = async (line: string) => await ann.type(channel, 'quote', { line }, 'line');
  return { ...room, quote, refusal, offered };
}

test('a line is a block quote, and under it who, story, chapter, place and a link', async () => {
  const { ann, channel, passage } = await openLetter();
  const answer = await ann.slash(channel, 'quote', { line: 'lighthouse dark' });
  expect(answer).toMatchObject({ private: false, message: { embeds: [], mentions: [] } });
  const message = messageOf(answer);
  expect(message.content).toBe(
    '> Dear Zoë, the *lighthouse* is dark tonight.\n' +
      `-# Ann · The Letter · The Light · 1 of 3 · [told here](${linkTo(passage(1), channel)})`,
  );
  expect(labels(message)).toEqual(['Keep']);
});

test.each([
  ['a choice', '#2.2', 'Nobody ever does.'],
  ['words in any order and case', 'SEA hear', 'I hear the sea.'],
  ['accents left out', 'dear zoe', 'Dear Zoë, the *lighthouse* is dark tonight.'],
  ['one typo in a middling word', 'harbor', 'Nobody came to the harbour.'],
  ['two typos in a long word', 'lighthuose', 'Dear Zoë, the *lighthouse* is dark tonight.'],
])('%s finds its line', async (_, wanted, line) => {
  const { quote } = await openLetter();
  expect(await quote(wanted)).toContain(`> ${line}\n`);
});

test('without words it is a line of the last passage', async () => {
  const { quote, channel, passage } = await openLetter();
  const [line, credit] = (await quote()).split('\n');
  expect(['> Nobody came to the harbour.', '> Nobody ever does.']).toContain(line);
  expect(credit).toBe(
    `-# Ann · The Letter · The Light · 2 of 3 · [told here](${linkTo(passage(2), channel)})`,
  );
});

test.each([
  ['a line not yet told', 'the murderer was the lighthouse keeper'],
  ['a word not yet told', 'murderer'],
  ['the choice of one', '#3.1'],
  ['a line that does not exist', '#1.9'],
  ['a passage that does not exist', '#99.1'],
  ['nonsense', 'xyzzy plugh'],
  ['a typo in a short word', 'daer'],
  ['words of two lines', 'sea harbour'],
  ['no word at all', '?!'],
])('%s is refused like all others', async (_, wanted) => {
  const { discord, channel, refusal } = await openLetter();
  expect(await refusal({ line: wanted })).toBe(en.refusal.line);
  expect(seen(discord, channel)).toHaveLength(3);
});

test('autocomplete offers told lines alone', async () => {
  const { ann, channel, offered } = await openLetter();
  const names = async (typed: string) => (await offered(typed)).map(({ name }) => name);
  expect(await names('nob')).toEqual(['2 · Nobody ever does.', '2 · Nobody came to the harbour.']);
  expect(await names('lighth')).toEqual(['1 · Dear Zoë, the lighthouse is dark tonight.']);
  expect(await names('murderer')).toEqual([]);
  expect(await names('')).toEqual(['2 · Nobody came to the harbour.', '2 · Nobody ever does.']);
  const [choice] = await offered('sea');
  expect(choice).toEqual({ name: '1 · I hear the sea.', value: '#1.2' });

  await ann.slash(channel, 'next');
  await ann.slash(channel, 'goto', { passage: 1 });
  // What was told stays told, wherever the reading is now.
  expect(await names('murderer')).toHaveLength(1);
});

test('nothing is told in another channel, in a DM, or before the first passage', async () => {
  const { discord, ann } = await openLetter();
  for (const other of [discord.channel('b'), discord.dm(ann)]) {
    expect(brief(await ann.slash(other, 'quote', { line: 'sea' }))).toBe(en.refusal.nothing);
    await ann.slash(other, 'read', { story: 'letter' });
    expect(brief(await ann.slash(other, 'quote', { line: 'sea' }))).toBe(en.refusal.toldNothing);
    expect(await ann.type(other, 'quote', { line: 'sea' }, 'line')).toEqual([]);
  }
});

test('of very many lines, 25 are offered, each name short enough', async () => {
  const many = Array.from({ length: 80 }, (_, at) => `Nobody ${at} ${'word '.repeat(30)}end.`);
  const { discord } = await openHouse({ library: libraryOf({ many: many.join('\n\n') }) });
  const [channel, ann] = [discord.channel('a'), discord.user('Ann')];
  await ann.slash(channel, 'read', { story: 'many' });
  await ann.slash(channel, 'goto', { passage: 80 });
  const choices = await ann.type(channel, 'quote', { line: 'nobody' }, 'line');
  expect(choices).toHaveLength(25);
  for (const { name } of choices) expect(name.length).toBeLessThanOrEqual(100);
});

test('on a restarted bot it is the same', async () => {
  const { quote, offered, restart, channel, passage } = await openLetter();
  await restart();
  expect(await offered('sea')).toEqual([{ name: '1 · I hear the sea.', value: '#1.2' }]);
  expect(await quote('#1.2')).toContain(`[told here](${linkTo(passage(1), channel)})`);
});

test('in a DM the link is one to a DM', async () => {
  const { discord, ann } = await openLetter();
  const dm = discord.dm(ann);
  await ann.slash(dm, 'read', { story: 'tale' });
  const told = messageOf(await ann.slash(dm, 'next'));
  const quoted = messageOf(await ann.slash(dm, 'quote', { line: 'tale' }));
  expect(quoted.content).toContain(`(https://discord.com/channels/@me/${dm.id}/${told.id})`);
});

describe('who quotes', () => {
  test('is named without markup and without a ping', async () => {
    const { discord, channel, ben } = await openLetter();
    ben.person.user.global_name = '**Ben** @everyone <@1> [x](https://a.b)';
    const message = messageOf(await ben.slash(channel, 'quote', { line: 'sea' }));
    expect(message.content).toContain(
      '-# \\*\\*Ben\\*\\* \\@everyone \\<@1> \\[x](https\\://a.b) · The Letter',
    );
    expect(message).toMatchObject({ mention_everyone: false, mentions: [] });
    const answers = discord.requests.filter(({ path }) => path.endsWith('/callback'));
    for (const { body } of answers) {
      if (!JSON.stringify(body).includes('"content"')) continue;
      expect(body).toMatchObject({ data: { allowed_mentions: { parse: [] } } });
    }
  });

  test('goes by the name in this server', async () => {
    const { discord, channel, ben } = await openLetter();
    // The rehearsal knows no nicknames: here Discord sends one.
    const { gateway } = discord;
    const { dispatch } = gateway;
    Object.assign(gateway, {
      dispatch(event: string, data: { member?: object }, intent?: number) {
        dispatch(event, { ...data, member: { ...data.member, nick: 'Benny' } }, intent);
      },
    });
    const message = messageOf(await ben.slash(channel, 'quote', { line: 'sea' }));
    expect(message.content).toContain('-# Benny · The Letter');
  });
});

describe('the link', () => {
  test('leads to the newest message of a passage told again', async () => {
    const { ann, channel, quote, passage } = await openLetter();
    const first = passage(1);
    await ann.slash(channel, 'back');
    const again = passage(1);
    expect(again.id).not.toBe(first.id);
    await expect.poll(() => quote('sea')).toContain(`[told here](${linkTo(again, channel)})`);
  });

  test('is left out for what was passed over; a title card tells no passage', async () => {
    const { discord, ann } = await openLetter();
    const other = discord.channel('b');
    await ann.slash(other, 'read', { story: 'letter', from: 3 });
    for (const line of ['#1.1', '#2.1']) {
      const { content } = messageOf(await ann.slash(other, 'quote', { line }));
      expect(content).not.toContain('told here');
    }
  });

  test('is right in an edited story', async () => {
    const { ann, channel, quote, passage, restart } = await openLetter();
    const edited = story.replace('Nobody came', 'Somebody new.\n\nNobody came');
    await restart(libraryOf({ letter: edited }));
    // Passage 2 of old is passage 3 now, and the new passage 2 was never told.
    expect(await quote('#3.1')).toBe(
      '> Nobody came to the harbour.\n' +
        `-# Ann · The Letter · The Light · 3 of 4 · [told here](${linkTo(passage(2), channel)})`,
    );
    expect(await quote('#2.1')).not.toContain('told here');
    await ann.slash(channel, 'next');
    await expect.poll(() => quote('#4.1')).toContain(`(${linkTo(passage(4), channel)})`);
  });

  test('is left out where the passage was rewritten', async () => {
    const { quote, restart } = await openLetter();
    await restart(libraryOf({ letter: story.replace('I hear the sea', 'I hear the wind') }));
    expect(await quote('hear wind')).toBe(
      '> I hear the wind.\n-# Ann · The Letter · The Light · 1 of 3',
    );
  });
});

test('a line of several rows keeps its emphasis in each of them', async () => {
  const rows = libraryOf({ verse: '# Verse\n\nO *lighthouse\ndark* tonight.\n' });
  const { ann, channel } = await openRoom('verse', 1, { library: rows });
  const quote = async (options: object) =>
    messageOf(await ann.slash(channel, 'quote', { line: '#1.1', ...options })).content;
  expect(await quote({})).toMatch(/^> O \*lighthouse\*\n> \*dark\* tonight\.\n-# /);
  expect(await quote({ spoiler: true })).toMatch(
    /^> \|\|O \*lighthouse\*\|\|\n> \|\|\*dark\* tonight\.\|\|\n-# /,
  );
});

test('a line as long as a message is quoted whole, behind a spoiler mark too', async () => {
  const long = `${'word '.repeat(380)}end`.slice(-1900);
  const { ann, channel } = await openRoom('long', 1, {
    library: libraryOf({ long: `# L\n\n${long}\n` }),
  });
  for (const spoiler of [false, true]) {
    const message = messageOf(await ann.slash(channel, 'quote', { line: '#1.1', spoiler }));
    expect(message.content).toContain(long.trim());
    expect(message.content.includes('||')).toBe(spoiler);
  }
});

describe('spoiler: true', () => {
  const ahead = { line: 'murderer', spoiler: true };

  test('quotes ahead behind spoiler marks, for the host', async () => {
    const { quote, channel, discord } = await openLetter();
    expect(await quote('murderer', { spoiler: true })).toBe(
      '> ||The murderer was the lighthouse keeper all along.||\n-# Ann · The Letter · 3 of 3',
    );
    expect(labels(discord.messages(channel).at(-1) ?? expect.fail())).toEqual([]);
  });

  test('and for moderators, but for nobody else', async () => {
    const { discord, channel, refusal, ben, ann } = await openLetter();
    const mod = discord.user('Mod', { permissions: { allow: ['ManageMessages'] } });
    const quoted = messageOf(await mod.slash(channel, 'quote', { ...ahead, line: '#3.1' }));
    expect(quoted.content).toContain('> ||The murderer');
    const count = discord.messages(channel).length;
    for (const line of ['murderer', '#3.1', '#3.9', '#1.1', 'xyzzy', undefined]) {
      expect(await refusal({ line, spoiler: true }, ben)).toMatch(
        `Only the one who began this reading, <@${ann.id}>,`,
      );
    }
    expect(discord.messages(channel)).toHaveLength(count);
  });

  test('never picks a line by chance', async () => {
    const { refusal } = await openLetter();
    expect(await refusal({ spoiler: true })).toBe(en.refusal.lineAhead);
  });

  test('does not make autocomplete look ahead', async () => {
    const { ann, channel } = await openLetter();
    expect(await ann.type(channel, 'quote', { ...ahead }, 'line')).toEqual([]);
  });
});

describe('story:', () => {
  /** The tale is read to its end in channel a; the letter up to its second passage. */
  async function openFinished() {
    const room = await openRoom('tale', 3, { library });
    const { ann, channel } = room;
    await ann.slash(channel, 'next');
    await ann.slash(channel, 'read', { story: 'letter' });
    await ann.slash(channel, 'next');
    await ann.slash(channel, 'next');
    const quote = async (at: typeof channel, options: object) =>
      brief(await ann.slash(at, 'quote', { ...options }));
    return { ...room, quote };
  }

  test('reaches into a story that this server has finished, after a restart too', async () => {
    const { discord, ann, restart } = await openFinished();
    await restart();
    for (const at of [discord.channel('a'), discord.channel('b')]) {
      const { content } = messageOf(
        await ann.slash(at, 'quote', { story: 'tale', line: '2 tale' }),
      );
      expect(content).toMatch(/^> Passage 2 of the tale\.\n-# Ann · A Tale · 2 of 3/);
      expect(await ann.type(at, 'quote', { story: '' }, 'story')).toEqual([
        { name: 'A Tale', value: 'tale' },
      ]);
      const lines = await ann.type(at, 'quote', { story: 'tale', line: '2' }, 'line');
      expect(lines).toEqual([{ name: '2 · Passage 2 of the tale.', value: '#2.1' }]);
    }
    const alone = messageOf(await ann.slash(discord.channel('b'), 'quote', { story: 'tale' }));
    expect(alone.content).toMatch(/^> Passage 3/);
  });

  test('not into one it has not, nor in a DM or another server', async () => {
    const { discord, ann, quote } = await openFinished();
    const elsewhere = discord.channel('x', { guild: discord.guild('Another Room') });
    for (const [at, slug, title] of [
      [discord.channel('b'), 'letter', 'The Letter'],
      [discord.dm(ann), 'tale', 'A Tale'],
      [elsewhere, 'tale', 'A Tale'],
    ] as const) {
      for (const line of ['#1.1', '#9.1', 'tale', 'murderer', undefined]) {
        expect(await quote(at, { story: slug, line })).toBe(
          `*${title}* has not been read to its end here, so nothing of it can be quoted yet.`,
        );
      }
      expect(await ann.type(at, 'quote', { story: slug, line: 'tale' }, 'line')).toEqual([]);
    }
    expect(await ann.type(elsewhere, 'quote', { story: '' }, 'story')).toEqual([]);
  });

  test('the story being read here goes no further than it was read, by slug or title', async () => {
    const { quote, channel, ann } = await openFinished();
    for (const name of ['letter', 'the letter']) {
      expect(await quote(channel, { story: name, line: 'murderer' })).toBe(en.refusal.line);
      const told = messageOf(await ann.slash(channel, 'quote', { story: name, line: 'sea' }));
      expect(told.content).toContain('> I hear the sea.');
      const lines = await ann.type(channel, 'quote', { story: name, line: 'sea' }, 'line');
      expect(lines).toHaveLength(1);
    }
    // Begun again, the finished tale is told anew.
    await ann.slash(channel, 'read', { story: 'tale' });
    await ann.slash(channel, 'next');
    expect(await quote(channel, { story: 'tale', line: 'passage 2' })).toBe(en.refusal.line);
    expect(await quote(channel, { line: 'passage 2' })).toBe(en.refusal.line);
  });

  test('what was added since it was finished stays untold', async () => {
    const { discord, ann, restart, quote } = await openFinished();
    const grown = tale(3).replace('Passage 1', 'Prologue.\n\nPassage 1');
    await restart(libraryOf({ letter: story, tale: `${grown}\nThe butler did it.\n` }));
    const other = discord.channel('b');
    for (const line of ['butler', '#5.1', '#7.1']) {
      expect(await quote(other, { story: 'tale', line })).toBe(en.refusal.line);
    }
    expect(await ann.type(other, 'quote', { story: 'tale', line: 'butler' }, 'line')).toEqual([]);
    const { content } = messageOf(await ann.slash(other, 'quote', { story: 'tale', line: '#4.1' }));
    expect(content).toContain('> Passage 3 of the tale.');
  });

  test('one that is no story, or whose file is gone, says so', async () => {
    const { channel, quote, restart } = await openFinished();
    expect(await quote(channel, { story: 'xyzzy', line: 'a' })).toMatch(
      /^There is no story called/,
    );
    await restart(libraryOf({ letter: story }));
    expect(await quote(channel, { story: 'tale', line: 'a' })).toMatch(/^There is no story called/);
  });

  test('a DM that has finished a story quotes from it', async () => {
    const { discord, ann } = await openHouse({ library }).then((house) => ({
      ...house,
      ann: house.discord.user('Ann'),
    }));
    const dm = discord.dm(ann);
    await ann.slash(dm, 'read', { story: 'tale', from: 3 });
    await ann.slash(dm, 'next');
    await ann.slash(dm, 'next');
    await ann.slash(dm, 'close');
    const { content } = messageOf(await ann.slash(dm, 'quote', { story: 'tale', line: '1' }));
    expect(content).toContain('> Passage 1 of the tale.');
  });
});
