import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { listFolder } from '../src/library/folder.ts';
import { openIndex } from '../src/library/library-index.ts';
import { openLibrary } from '../src/library/open.ts';
import { StoryDirError } from '../src/library/problem.ts';
import { readStoryFile } from '../src/library/read-file.ts';
import { createReader, READING_LIMITS } from '../src/library/reader.ts';
import { storyKey } from '../src/story/key.ts';
import { noLog } from './stories.ts';

// Reading starts a thread, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 30_000 });

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
  await put('notes.pdf', 'Text.');
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

test('a file may have LF, CRLF or CR, and a byte-order mark', async () => {
  await put('lf.txt', 'Title\n\nOne\ntwo.\n');
  await put('crlf.txt', 'Title\r\n\r\nOne\r\ntwo.\r\n');
  await put('cr.txt', 'Title\r\rOne\rtwo.\r');
  await put('bom.txt', '\uFEFFTitle\r\n\r\nOne\r\ntwo.\r\n');
  await put('matter.md', '\uFEFF---\r\ntitle: Title\r\n---\r\nOne\r\ntwo.');
  const { library } = await open();
  const read = library.stories.map((one) => [one.slug, one.title, one.passage(1)?.text]);
  const slugs = ['bom', 'cr', 'crlf', 'lf', 'matter'];
  expect(read).toEqual(slugs.map((slug) => [slug, 'Title', 'One\ntwo.']));
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
    what === 'has nothing but a broken story' ? 'a.md, line 2' : '.epub file',
  );
});

test('folders within are shelves', async () => {
  const deep = ['1', '2', '3', '4', '5', '6', '7', '8'];
  await mkdir(join(dir, ...deep, '9'), { recursive: true });
  await mkdir(join(dir, '.git'));
  await mkdir(join(dir, 'Fairy\ntales'));
  await put('top.txt', 'Top.');
  await put('.git/index.txt', 'Text.');
  await put('Fairy\ntales/frog.txt', 'Frog.');
  await put([...deep, 'deep.md'].join('/'), 'Deep.');
  await put([...deep, '9', 'deeper.md'].join('/'), 'Deeper.');
  await put('1/top.md', 'Another.');
  const { library, problems } = await open();
  const shelves = library.stories.map(({ slug, shelf }) => [slug, ...shelf]);
  expect(shelves).toEqual([
    ['deep', ...deep],
    ['frog', 'Fairy\uFFFDtales'],
    ['top', '1'],
  ]);
  expect(library.byKey(storyKey('frog'))?.slug).toBe('frog');
  expect(library.byKey('nothing')).toBeUndefined();
  expect(problems).toEqual([
    { file: '1/2/3/4/5/6/7/8/9', reason: expect.stringContaining('8 folders deep') },
    { file: 'top.txt', reason: '1/top.md is already called "top": rename one of the two.' },
  ]);
});

test('no link leads out of the folder', async () => {
  const outside = `${dir}-outside`;
  await mkdir(outside);
  onTestFinished(() => rm(outside, { recursive: true }));
  await writeFile(join(outside, 'secret.txt'), 'Secret.');
  await mkdir(join(dir, '..data'));
  await put('..data/inside.txt', 'Inside.');
  await put('b.txt', 'B.');
  const link = (to: string, name: string) => symlink(to, join(dir, name));
  await link('..data/inside.txt', 'inside.txt');
  await link(join(outside, 'secret.txt'), 'secret.txt');
  await link('../../../../../../../../etc/passwd', 'passwd.txt');
  await link(outside, 'shelf');
  await link('.', 'loop');
  await link('nothing.txt', 'nothing.txt');
  await link('/dev/zero', 'zero.txt');
  const { library, problems } = await open();
  expect(library.stories.map(({ slug }) => slug)).toEqual(['b', 'inside']);
  const reason = 'The link leads out of the story folder: put the file or folder itself there.';
  expect(problems).toEqual([
    { file: 'nothing.txt', reason: "It can't be read (ELOOP)." },
    ...['passwd.txt', 'secret.txt', 'shelf', 'zero.txt'].map((file) => ({ file, reason })),
  ]);
});

test('the folder itself may be a link', async () => {
  await put('a.txt', 'A.');
  const link = `${dir}-link`;
  await symlink(dir, link);
  onTestFinished(() => rm(link));
  const { library, close } = await openLibrary({ dir: link, index: undefined, log: noLog });
  expect(library.get('a')?.passage(1)?.text).toBe('A.');
  await close();
});

test('a file costs what it may, and no more', async () => {
  await promisify(execFile)('mkfifo', [join(dir, 'pipe.txt')]);
  await put('a.txt', 'A.');
  await put('big.txt', '');
  await truncate(join(dir, 'big.txt'), 21 * 2 ** 20);
  await put('chapters.md', `## ${'long '.repeat(19)}\n\nText.\n`.repeat(11_000));
  await put('title.md', `# ${'long '.repeat(2e4)}\n\nText.`);
  const { library, problems } = await open();
  expect(library.stories.map(({ slug }) => slug)).toEqual(['a']);
  expect(problems).toEqual([
    { file: 'big.txt', reason: expect.stringMatching(/^The file is bigger than 20 MB: /) },
    { file: 'chapters.md', reason: expect.stringMatching(/1,000,000 characters of chapter/) },
    { file: 'pipe.txt', reason: expect.stringMatching(/^It is no ordinary file/) },
    { file: 'title.md', reason: expect.stringMatching(/50,000 characters of title/) },
  ]);

  // What was put in a file's place after the folder was listed.
  await symlink('a.txt', join(dir, 'link.txt'));
  for (const [name, reason] of [
    ['pipe.txt', /no ordinary file/],
    ['link.txt', /become a link/],
  ] as const) {
    await expect(readStoryFile(join(dir, name))).rejects.toThrow(reason);
  }
});

test.each<[string, Partial<typeof READING_LIMITS>, RegExp]>([
  ['time', { job: 1 }, /^Reading it took more than 0\.001 seconds: split it/],
  ['memory', { heap: 48 }, /^Reading it takes more than 48 MB of memory: split it/],
])('a file that takes too much %s is a problem, and is remembered', async (_, limits, reason) => {
  await put('a.txt', 'a\n\n'.repeat(3e6));
  const { listed } = await listFolder(dir);
  const index = openIndex(undefined);
  onTestFinished(index.close);
  const reader = createReader(index, 'format', noLog, { ...READING_LIMITS, ...limits });
  onTestFinished(reader.close);
  const [file = expect.fail()] = listed;
  const edition = await reader.read(file);
  expect(index.editions('format')).toMatchObject([{ id: edition, file: 'a.txt' }]);
  expect(index.outcome(Number(edition))).toEqual({ reason: expect.stringMatching(reason) });
  // The next file finds a worker.
  await put('b.txt', 'B.');
  const other = createReader(index, 'format', noLog);
  onTestFinished(other.close);
  const b = (await listFolder(dir)).listed[1] ?? expect.fail();
  expect(index.outcome(Number(await other.read(b)))).toMatchObject({ length: 1 });
});
