import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { storyCli } from '../src/story-cli/cli.ts';
import { temporaryFolder } from './harness.ts';
import { archived, wrapped } from './texts/archive.ts';

let folder = '';
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => rm(folder, { recursive: true }));

const put = async (name: string, content: string | Buffer) => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};

/** Runs it; its output without the folder's path. */
async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const code = await storyCli(args, {
    out: (text) => {
      said.out += `${text}\n`;
    },
    err: (text) => {
      said.err += `${text}\n`;
    },
  });
  const bare = (text: string) => text.replaceAll(`${folder}/`, '');
  return { code, out: bare(said.out), err: bare(said.err) };
}

const LONG = 'A sentence of a paragraph that goes on. '.repeat(90).trim();

const tale = `---
title: The Ferry
author: A. Nonymous
language: xx
rights: CC0
---

## The Landing

Row.

${LONG}

## ${'A very long heading. '.repeat(8).trim()}

"Row," he said.

## Nothing Follows
`;

describe('check', () => {
  test('says what Lamplight makes of a file', async () => {
    const { code, out, err } = await run('check', await put('The Ferry.md', tale));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.split('\n').map((line) => line.replace(/\s+/g, ' ').trim())).toEqual([
      'The Ferry.md',
      'Title The Ferry',
      'Author A. Nonymous',
      'Language xx',
      'Rating general',
      'Rights CC0',
      'Slug the-ferry',
      'Length 6 passages, 758 words, about 4 minutes',
      'Longest passage 2, 1,799 characters',
      'Chapters 1',
      'from passage 1 The Landing',
      'Warnings',
      '"xx" is the tag of no known language.',
      'line 14: The heading is told as text: "A very long heading. A very long heading. A very long headi…".',
      'line 18: The heading is told as text: "Nothing Follows".',
      'line 12: The paragraph is too long for one message: told in 2.',
      '',
    ]);
  });

  test('tells what is left out, and what reads badly', async () => {
    const archive = await put('ferry.txt', archived('CHAPTER I\n\nRow.'));
    const row = await put('row.txt', Array.from({ length: 40 }, () => '"Row."').join('\n\n'));
    const lines = Array.from({ length: 5 }, () => wrapped(LONG.slice(0, 400), 70)).join('\n\n');
    const { out } = await run('check', archive, row, await put('lines.txt', lines));
    expect(out).toContain(
      'from passage     1  CHAPTER I\n  Left out\n    line 1: The archive’s header',
    );
    expect(out).toContain(`There is no title in it: its file's name serves, "row".`);
    expect(out).toContain('100 % of its passages have fewer than 100 characters: with "by: page"');
    expect(out).toContain('line 1: Its lines are wrapped at about 7');
    expect(out).toContain('Language  English (en), guessed by the script');
  });

  test('gives each file that can not be told one sentence, and goes on', async () => {
    const files = [
      await put('old.txt', Buffer.from('Eins.\n\nZwei Fähren.', 'latin1')),
      join(folder, 'gone.txt'),
      await put('picture.jpg', ''),
      await put('fine.md', 'Row.'),
    ];
    const { code, out, err } = await run('check', ...files);
    expect(code).toBe(1);
    expect(err.trim().split('\n')).toEqual([
      'old.txt, line 3: The file is Latin-1 (ISO 8859-1, Windows-1252): save it as UTF-8.',
      "gone.txt: It can't be read (ENOENT).",
      expect.stringContaining('picture.jpg: Its name has none of the endings'),
    ]);
    expect(out).toContain('fine.md\n');
  });
});

describe('show', () => {
  test('prints a passage as Discord is sent it', async () => {
    const file = await put('show.md', '# A_b\n\n## One\n\n*Row* * 2\n\nOn.');
    expect(await run('show', file, '--passage', '1')).toEqual({
      code: 0,
      out: '### One\n*Row* \\* 2\n-# A\\_b · 1 of 2\n',
      err: '',
    });
    expect(await run('show', '--passage=3', file)).toEqual({
      code: 1,
      out: '',
      err: 'show.md has 2 passages: there is no passage 3.\n',
    });
  });

  test('as a program of its own', async () => {
    const file = await put('own.md', 'Row.');
    const main = join(import.meta.dirname, '../src/story-cli/main.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [
      main,
      'show',
      file,
      '--passage',
      '1',
    ]);
    expect(stdout).toBe('Row.\n-# own · 1 of 1\n');
  });
});

test.each([
  [[], 'Say what to do.'],
  [['sing'], 'There is no command "sing".'],
  [['check'], 'Say which file.'],
  [['check', 'a.md', '--passage', '1'], '--passage is for show.'],
  [['show', 'a.md'], 'Say which passage, like --passage 12.'],
  [['show', 'a.md', '--passage', 'x'], 'Say which passage, like --passage 12.'],
  [['show', 'a.md', 'b.md', '--passage', '1'], 'show takes one file.'],
  [['check', '--page', 'a.md'], "Unknown option '--page'"],
])('wrong use is answered: %j', async (args, sentence) => {
  const { code, err } = await run(...args);
  expect(code).toBe(2);
  expect(err).toContain(sentence);
  expect(err).toContain('npm run story -- check FILE...');
});
