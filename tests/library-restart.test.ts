import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openLibrary } from '../src/library/open.ts';
import { epub } from './epub.ts';
import { openHouse, temporaryFolder } from './harness.ts';
import { brief, messageOf } from './seen.ts';
import { noLog } from './stories.ts';

const SIX = ['One.', 'Two.', 'Three.', 'Four.', 'Five.', 'Six.'];
const plain = (number: number, ...texts: string[]) => [`Tale ${number}`, ...texts].join('\n\n');
const GONE = /^The file of \*Tale \d+\* is not in the library now/;

/** What becomes of each channel's story, by its number, and what `/next` says after passage 3. */
const FATES: readonly [
  what: string,
  change: (file: string, number: number) => Promise<unknown>,
  next: string | RegExp,
][] = [
  ['stays as it is', async () => {}, 'Four.\n-# Tale 1 · 4 of 6'],
  [
    'has a passage more in front',
    (file, number) => writeFile(file, plain(number, 'Zero.', ...SIX)),
    'Four.\n-# Tale 2 · 5 of 7',
  ],
  [
    'has the last told one reworded',
    (file, number) => writeFile(file, plain(number, 'One.', 'Two.', 'Drei.', ...SIX.slice(3))),
    'Four.\n-# Tale 3 · 4 of 6',
  ],
  [
    'is replaced by its EPUB',
    async (file, number) => {
      await rm(file);
      const first = ['Preface.', ...SIX.slice(0, 3)].map((text) => `<p>${text}</p>`).join('');
      const texts = [`<h1>First</h1>${first}`, '<h1>Then</h1><p><i>Four</i>.</p><p>Five.</p>'];
      const metadata = `<dc:title>Tale ${number}</dc:title><dc:language>en</dc:language>`;
      await writeFile(file.replace('.txt', '.epub'), epub({ metadata, texts }));
    },
    '### Then\n*Four*.\n-# Tale 4 · 5 of 6',
  ],
  [
    'is put on a shelf',
    async (file) => {
      const shelf = join(file, '..', 'Shelf', 'Old');
      await mkdir(shelf, { recursive: true });
      await rename(file, join(shelf, 'tale-5.txt'));
    },
    'Four.\n-# Tale 5 · 4 of 6',
  ],
  ['is renamed', (file) => rename(file, file.replace('tale', 'story')), GONE],
  ['is removed', (file) => rm(file), GONE],
  ['can not be read any more', (file) => writeFile(file, Buffer.from([0xff, 0xe9])), GONE],
  [
    'is shorter',
    (file, number) => writeFile(file, plain(number, 'Two.', 'Three.', 'Four.')),
    'Four.\n-# Tale 9 · 3 of 3',
  ],
  [
    'is another',
    (file, number) => writeFile(file, plain(number, 'A.', 'B.', 'C.', 'D.', 'E.')),
    'D.\n-# Tale 10 · 4 of 5',
  ],
];

test('readings in ten channels go on over a restart, whatever became of their stories', async () => {
  const folder = await temporaryFolder();
  onTestFinished(() => rm(folder, { recursive: true }));
  const dir = join(folder, 'stories');
  await mkdir(dir);
  const fileOf = (number: number) => join(dir, `tale-${number}.txt`);
  const tales = FATES.map(([what, change, next], at) => ({ what, change, next, number: at + 1 }));
  for (const { number } of tales) await writeFile(fileOf(number), plain(number, ...SIX));
  const open = async () => {
    const opened = await openLibrary({ dir, index: join(folder, 'index'), log: noLog });
    onTestFinished(opened.close);
    return opened.library;
  };

  const { discord, restart } = await openHouse({ library: await open() });
  const ann = discord.user('Ann');
  const channelOf = (number: number) => discord.channel(`channel-${number}`);
  const next = async (number: number) => {
    const newest = discord.messages(channelOf(number)).at(-1);
    const answer = await ann.press(newest ?? expect.fail(), 'Next');
    return answer.kind === 'message' && answer.private ? brief(answer) : messageOf(answer).content;
  };
  for (const { number } of tales) {
    await ann.slash(channelOf(number), 'read', { story: `tale-${number}` });
    for (const _ of [1, 2, 3]) await ann.slash(channelOf(number), 'next');
  }

  for (const { change, number } of tales) await change(fileOf(number), number);
  await restart(await open());
  for (const { what, number, next: expected } of tales) {
    const said = await next(number);
    if (typeof expected === 'string') expect([what, said]).toEqual([what, expected]);
    else expect([what, said]).toEqual([what, expect.stringMatching(expected)]);
  }

  // Those that were gone are back.
  for (const number of [6, 7, 8]) await writeFile(fileOf(number), plain(number, ...SIX));
  await restart(await open());
  for (const number of [6, 7, 8]) {
    expect(await next(number)).toBe(`Four.\n-# Tale ${number} · 4 of 6`);
  }
}, 30_000);
