import { readFileSync } from 'node:fs';
import { mkdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { IndexError } from '../src/library/index-error.ts';
import { openLibrary } from '../src/library/open.ts';
import { indexPlace } from '../src/library/place.ts';
import { createLog } from '../src/log.ts';
import { hashText } from '../src/story/anchor.ts';
import { passagesOf } from './book.ts';
import { temporaryFolder } from './harness.ts';

// Reading starts a thread, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 30_000 });

const HOUR = 60 * 60 * 1000;
let folder = '';
let dir = '';
let index = '';
let log: string[] = [];
beforeEach(async () => {
  folder = await temporaryFolder();
  dir = join(folder, 'stories');
  await mkdir(dir);
  index = join(folder, 'data', 'lamplight.sqlite.stories');
  log = [];
  return () => rm(folder, { recursive: true });
});

const put = (name: string, content: string) => writeFile(join(dir, name), content);

async function open() {
  const logger = createLog('warn', [], { write: (line) => log.push(line) });
  const opened = await openLibrary({ dir, index, log: logger });
  onTestFinished(opened.close);
  const { library } = opened;
  return { ...opened, texts: (slug: string) => textsOf(library.get(slug) ?? expect.fail()) };
}
const textsOf = (story: Parameters<typeof passagesOf>[0]) =>
  passagesOf(story).map(({ text }) => text);

/** Works on the index as another program would. */
function edit<Result>(work: (database: DatabaseSync) => Result): Result {
  const database = new DatabaseSync(index);
  try {
    return work(database);
  } finally {
    database.close();
  }
}
const editions = () => edit((database) => database.prepare('SELECT file FROM edition').all());

/** Sets another text for a passage in place of the file's, so that it shows which of them is told. */
function plant(text: string, instead: string) {
  edit((database) =>
    database
      .prepare('UPDATE passage SET text = ?, anchor = ? WHERE text = ?')
      .run(text, hashText(text), instead),
  );
}

test('a story is told from the index as from its file', async () => {
  await put(
    'a.md',
    '# T\n\n## One\n\nA *soft* **word**.\n\n* * *\n\nB.\n\n## Two\n\nB.\n\nC\u{1F56F}.',
  );
  const { library, close } = await open();
  const story = library.get('a') ?? expect.fail();
  expect(story).toMatchObject({ title: 'T', language: 'en', rating: 'general', length: 4 });
  expect(story.chapters).toEqual([
    { title: 'One', first: 1 },
    { title: 'Two', first: 3 },
  ]);
  expect(passagesOf(story)).toMatchObject([
    {
      text: 'A soft word.',
      emphasis: [
        { start: 2, end: 6, strong: false },
        { start: 7, end: 11, strong: true },
      ],
      after: '\n\n',
    },
    { text: 'B.', scene: true },
    { text: 'B.', scene: false, number: 3 },
    { text: 'C\u{1F56F}.', after: '' },
  ]);
  for (const none of [0, 5, -1, 1.5, Number.NaN, 2 ** 20 + 1, Infinity]) {
    expect(story.passage(none)).toBeUndefined();
  }
  expect(story.numbersOf(hashText('B.'))).toEqual([2, 3]);
  expect(story.numbersOf(hashText('None.'))).toEqual([]);
  expect([-1, 0, 1, 3, 4, 9].map((at) => story.charactersAfter(at))).toEqual([20, 20, 8, 4, 0, 0]);
  await close();
});

test('what has not changed is not read again, and what was wrong is still told', async () => {
  await put('a.txt', 'From the file.');
  await put('b.md', '---\ntitle: 1\n---\nText.');
  const first = await open();
  const { mode } = await stat(index);
  expect(mode & 0o077).toBe(0);
  await first.close();
  plant('From the index.', 'From the file.');
  const again = await open();
  expect(again.texts('a')).toEqual(['From the index.']);
  expect(again.problems).toEqual(first.problems);
  expect(again.problems).toMatchObject([{ file: 'b.md', line: 2 }]);
  await again.close();

  // Another time, the same bytes.
  await utimes(join(dir, 'a.txt'), 1, 1);
  const touched = await open();
  expect(touched.texts('a')).toEqual(['From the index.']);
  await touched.close();
  expect(editions()).toHaveLength(2);
});

test('what has changed is read again, even with its old size and time', async () => {
  await put('a.txt', 'One.');
  await utimes(join(dir, 'a.txt'), 1, 1);
  await (await open()).close();
  await put('a.txt', 'Two.');
  await utimes(join(dir, 'a.txt'), 1, 1);
  expect((await open()).texts('a')).toEqual(['Two.']);
  await put('a.txt', 'Three.');
  expect((await open()).texts('a')).toEqual(['Three.']);
});

test('an edition is kept for a day after a process used it: an older one tells from it', async () => {
  await put('a.txt', 'Old.');
  await put('b.txt', 'Other.');
  const [old, unread] = [await open(), await open()];
  await put('a.txt', 'New.');
  await rm(join(dir, 'b.txt'));
  await (await open()).close();
  expect([old.texts('a'), old.texts('b')]).toEqual([['Old.'], ['Other.']]);

  const age = (hours: number) =>
    edit((database) => database.prepare('UPDATE used SET at = ?').run(Date.now() - hours * HOUR));
  const texts = () => edit((d) => d.prepare('SELECT text FROM passage ORDER BY id').all());
  age(23);
  await (await open()).close();
  expect(texts()).toEqual(['Old.', 'Other.', 'New.'].map((text) => ({ text })));
  age(25);
  await put('b.txt', 'Other.'); // it is back
  const last = await open();
  await expect.poll(texts, { timeout: 20_000 }).toEqual([{ text: 'Other.' }, { text: 'New.' }]);
  expect([last.texts('a'), last.texts('b')]).toEqual([['New.'], ['Other.']]);
  expect(editions()).toHaveLength(2);
  // What is not in memory it does not find, and never another text.
  expect(() => unread.texts('a')).toThrow(IndexError);
});

test('two processes may start at once on one index', async () => {
  await put('a.txt', 'One.');
  await put('b.txt', 'Two.');
  const both = await Promise.all([open(), open()]);
  for (const { texts } of both) expect([texts('a'), texts('b')]).toEqual([['One.'], ['Two.']]);
  expect(editions()).toHaveLength(2);
  expect(log).toEqual([]);
});

test('an index of its own goes with the library', async () => {
  await put('a.txt', 'One.');
  const logger = createLog('silent', [], { write() {} });
  // Other tests of this process can have some of theirs open.
  const mapped = () => readFileSync('/proc/self/maps', 'utf8').match(/stories-shm.*/g) ?? [];
  const others = mapped();
  const { library, close } = await openLibrary({ dir, index: undefined, log: logger });
  const story = library.get('a');
  // Its files have no name any more, so nothing is left of them however the process ends.
  await expect.poll(mapped, { timeout: 20_000 }).toEqual([...others, 'stories-shm (deleted)']);
  expect(story?.passage(1)?.text).toBe('One.');
  await close();
  expect(mapped()).toEqual(others);
});

test.each([
  ['sqlite:data/lamplight.sqlite', 'data/lamplight.sqlite.stories'],
  ['sqlite:/var/lib/l.db', '/var/lib/l.db.stories'],
  ['redis://:secret@host/0', 'data/lamplight.stories'],
  ['postgres://host/db', 'data/lamplight.stories'],
  ['memory:', undefined],
])('with the store at %s, it is kept at %s', (url, place) => {
  expect(indexPlace(url)).toBe(place);
});
