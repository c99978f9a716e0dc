import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { openLibrary } from '../src/library/open.ts';
import { StoryDirError } from '../src/library/problem.ts';
import { noLog } from './stories.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'stories-'));
});
afterEach(() => rm(dir, { recursive: true }));

const put = (name: string, content: string | Buffer) => writeFile(join(dir, name), content);
const open = async () => {
  const opened = await openLibrary({ dir, index: undefined, log: noLog });
  onTestFinished(opened.close);
  return opened;
};
const refusal = () =>
  open().then(
    () => undefined,
    (error: unknown) => error,
  );

test('a library has the .txt and .md files of a folder, by title', async () => {
  await put('b.txt', 'Chapter 10\n\nText.');
  await put('a.md', '# éclair\n\nText.');
  await put('README.MD', '# Chapter 9\n\nText.');
  await put('.hidden.md', 'Text.');
  await put('notes.html', 'Text.');
  await mkdir(join(dir, 'folder.md'));
  const { library, problems } = await open();
  expect(problems).toEqual([]);
  expect(library.stories.map((story) => story.title)).toEqual([
    'Chapter 9',
    'Chapter 10',
    'éclair',
  ]);
  expect(library.get('readme')?.title).toBe('Chapter 9');
  expect(library.get('folder')).toBeUndefined();
});

test.each([
  ['LF', 'Title\n\nOne\ntwo.\n'],
  ['CRLF', 'Title\r\n\r\nOne\r\ntwo.\r\n'],
  ['CR', 'Title\r\rOne\rtwo.\r'],
  ['CRLF behind a byte-order mark', '\uFEFFTitle\r\n\r\nOne\r\ntwo.\r\n'],
])('a file may have %s', async (_, content) => {
  await put('a.txt', content);
  const { library } = await open();
  expect(library.get('a')?.title).toBe('Title');
  expect(library.get('a')?.passage(1)?.text).toBe('One\ntwo.');
});

test('a byte-order mark may stand before front matter', async () => {
  await put('a.md', '\uFEFF---\r\ntitle: x\r\n---\r\nText.');
  expect((await open()).library.get('a')?.title).toBe('x');
});

test('what can not be told is named, and the others are told', async () => {
  await put('a.txt', 'Text.');
  await put('b.txt', Buffer.from('One.\r\n\r\nTw\xe9.', 'latin1'));
  await put('c.txt', ' \n');
  await put('d.md', '---\ntitle: x\nrating: none\n---\nText.');
  await put('A!.md', 'Text of A.');
  const { library, problems } = await open();
  expect(library.stories.map((story) => story.slug)).toEqual(['a']);
  expect(library.get('a')?.passage(1)?.text).toBe('Text of A.');
  expect(problems).toEqual([
    { file: 'a.txt', reason: expect.stringContaining('A!.md') },
    { file: 'b.txt', line: 3, reason: expect.stringContaining('UTF-8') },
    { file: 'c.txt', reason: 'The file has no text to tell.' },
    { file: 'd.md', line: 3, reason: expect.stringContaining('rating') },
  ]);
});

test.each([
  ['is not there', () => rm(dir, { recursive: true })],
  ['is empty', async () => {}],
  ['has nothing but a broken story', () => put('a.md', '---\ntitle: 1\n---\nText.')],
])('a folder that %s is refused in one sentence', async (what, prepare) => {
  await prepare();
  const error = await refusal();
  if (what === 'is not there') await mkdir(dir);
  expect(error).toBeInstanceOf(StoryDirError);
  const message = error instanceof Error ? error.message : '';
  expect(message).toContain(dir);
  expect(message).toMatch(/^[^\n]+[.)]$/);
  expect(message).toContain(
    what === 'has nothing but a broken story' ? 'a.md, line 2' : '.md file',
  );
});
