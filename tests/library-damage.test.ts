import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { copyFile, mkdir, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { IndexError } from '../src/library/index-error.ts';
import { openLibrary } from '../src/library/open.ts';
import { createLog } from '../src/log.ts';
import { passagesOf } from './book.ts';
import { temporaryFolder } from './harness.ts';
import { noLog } from './stories.ts';

// Reading starts a thread, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 30_000 });

const LONG = Array.from({ length: 400 }, (_, at) => `Passage ${at + 1}: ${'word '.repeat(40)}end.`);
const TEXTS = ['First.', ...LONG];

/** A folder of one story, and its index, of which each test harms a copy. */
let folder = '';
let dir = '';
let sound = '';
beforeAll(async () => {
  folder = await temporaryFolder();
  dir = join(folder, 'stories');
  sound = join(folder, 'sound');
  await mkdir(dir);
  await writeFile(join(dir, 'a.md'), ['# Long', '*First*.', ...LONG].join('\n\n'));
  await (await openLibrary({ dir, index: sound, log: noLog })).close();
});
afterAll(() => rm(folder, { recursive: true }));

let index = '';
let copies = 0;
beforeEach(async () => {
  index = join(folder, `copy-${++copies}`);
  await copyFile(sound, index);
});

async function open(place = index) {
  const lines: string[] = [];
  const log = createLog('warn', [], { write: (line) => lines.push(line) });
  const opened = await openLibrary({ dir, index: place, log });
  onTestFinished(opened.close);
  const story = opened.library.get('a') ?? expect.fail();
  return { ...opened, log: lines, story, texts: () => passagesOf(story).map(({ text }) => text) };
}

const edit = (sql: string) => {
  const database = new DatabaseSync(index);
  database.exec(sql);
  database.close();
};
const overwrite = (from: number, length: number) => {
  const bytes = readFileSync(index);
  for (let at = 0; at < length; at++) bytes[from + at] = (at * 31 + 7) % 251;
  writeFileSync(index, bytes);
};

test('a sound one is told from', async () => {
  const { story, texts, log } = await open();
  expect(texts()).toEqual(TEXTS);
  expect(story.passage(1)?.emphasis).toEqual([{ start: 0, end: 5, strong: false }]);
  expect(log).toEqual([]);
  expect(readFileSync(index).equals(readFileSync(sound))).toBe(true);
});

test.each<[string, () => unknown]>([
  ['is missing', () => rm(index)],
  ['is empty', () => truncate(index)],
  ['was cut off', () => truncate(index, statSync(index).size / 2)],
  ['is a text', () => writeFile(index, 'Somebody wrote this here.\n'.repeat(999))],
  ['begins with rubbish', () => overwrite(0, 4096)],
  ['has rubbish in its list of editions', () => overwrite(4096, 4096 * 3)],
  [
    'is a database of something else',
    async () => {
      await rm(index);
      edit('CREATE TABLE edition (id); PRAGMA user_version = 1');
    },
  ],
  [
    'has a title that was not written so',
    () => edit(`UPDATE edition SET outcome = replace(outcome, 'Long', 'Lung')`),
  ],
])('an index that %s is made anew', async (_, harm) => {
  await harm();
  const { story, texts, log } = await open();
  expect(story.title).toBe('Long');
  expect(texts()).toEqual(TEXTS);
  expect(log).toEqual([]);
});

test.each<[string, () => unknown]>([
  ['rubbish in the middle', () => overwrite(statSync(index).size / 2, 20_000)],
  ['a text that was not written so', () => edit(`UPDATE passage SET text = 'x' WHERE id % 7 = 0`)],
  ['a passage missing', () => edit('DELETE FROM passage WHERE id % 7 = 0')],
  ['other emphasis', () => edit(`UPDATE passage SET marks = replace(marks, '0', '1')`)],
])('with %s, nothing garbled is told, and the next start makes it anew', async (_, harm) => {
  await harm();
  const damaged = await open();
  expect(damaged.texts).toThrow(
    new IndexError(
      `The library's index ${index} is damaged: start Lamplight again, which makes it anew from the story files.`,
    ),
  );
  await damaged.close();
  expect((await open()).texts()).toEqual(TEXTS);
});

test.each<[string, () => Promise<string> | string]>([
  [
    'a folder is in its place',
    async () => {
      await rm(index);
      await mkdir(index);
      return index;
    },
  ],
  // Not even root can write there.
  ['nothing can be written', () => '/proc/lamplight.stories'],
])('where %s, the stories are told all the same', async (_, prepare) => {
  const place = await prepare();
  const { texts, log } = await open(place);
  expect(texts()).toEqual(TEXTS);
  expect(log).toHaveLength(1);
  expect(log[0]).toContain(place);
  expect(log[0]).toContain('"level":40');
});
