import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { test as baseTest, describe, expect } from 'vitest';
import { WebSocket } from 'ws';
import { passagesOf } from './book.ts';
import { temporaryFolder } from './harness.ts';
import { shippedLibrary } from './stories.ts';

const { stories } = await shippedLibrary();
const goodbye = stories.find(({ slug }) => slug === 'bittersweet-goodbye');
const READ = '/read story:bittersweet-goodbye';

interface Room {
  readonly process: ChildProcessByStdio<Writable, Readable, Readable>;
  /** What stood on standard output so far. */
  out(): string;
  err(): string;
  /** Resolves with the exit code. */
  ended: Promise<number | null>;
  /** Resolves once the output holds this. */
  shows(text: string): Promise<void>;
}

interface House {
  /** A store of its own for this test. */
  readonly store: string;
  /** `node src/main.ts` as whoever has no token starts it. */
  open(storeUrl: string): Room;
}

// A fixture, since Vitest's onTestFinished can't tell concurrent tests apart.
const test = baseTest.extend<{ house: House }>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the needed fixtures off this pattern.
  house: async ({}, use) => {
    const folder = await temporaryFolder();
    const children: Room['process'][] = [];
    await use({
      store: `sqlite:${join(folder, 'lamplight.sqlite')}`,
      open(storeUrl) {
        const room = start(storeUrl);
        children.push(room.process);
        return room;
      },
    });
    for (const child of children) child.kill('SIGKILL');
    await rm(folder, { recursive: true });
  },
});

function start(storeUrl: string): Room {
  const child = spawn(process.execPath, ['src/main.ts'], {
    env: { ...process.env, STORE_URL: storeUrl, DISCORD_TOKEN: '', LOG_LEVEL: 'warn' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => {});
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  return {
    process: child,
    out: () => out,
    err: () => err,
    ended: once(child, 'close').then(([code]) => code),
    async shows(text) {
      while (!out.includes(text)) await once(child.stdout, 'data');
    },
  };
}

/** Runs the lines through a pipe; what came out of it. */
async function piped({ open, store }: House, ...lines: string[]): Promise<string> {
  const room = open(store);
  room.process.stdin.end(lines.map((line) => `${line}\n`).join(''));
  const code = await room.ended;
  expect([code, room.err()]).toEqual([0, '']);
  return room.out();
}

function passageNumbers(out: string): number[] {
  return [...out.matchAll(/^Bittersweet Goodbye · (\d+) of \d+$/gm)].map(([, number]) =>
    Number(number),
  );
}

describe.concurrent('the terminal room', { timeout: 60_000 }, () => {
  test('says in two lines what it is, then tells the card and two passages', async ({ house }) => {
    const out = await piped(house, READ, '', '');
    const [first, second, blank, head, title] = out.split('\n');
    expect(first).toMatch(/rehearsal/);
    expect(second).toMatch(/^Open http:\/\/127\.0\.0\.1:\d+ in a browser/);
    expect([blank, head, title]).toEqual(['', 'Lamplight (You used /read)', 'Bittersweet Goodbye']);
    expect(out).toContain('[Begin]');
    expect(passageNumbers(out)).toEqual([1, 2]);
    for (const { text } of goodbye ? passagesOf(goodbye).slice(0, 2) : [])
      expect(out).toContain(text);
    expect(out).not.toMatch(/-# |\*\*|\\/);
  });

  test('reads to the end by empty lines', async ({ house }) => {
    const count = goodbye?.length ?? 0;
    const out = await piped(house, READ, ...Array<string>(count + 1).fill(''));
    expect(passageNumbers(out)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
    expect(out).toContain('where the story ends');
  });

  test('goes on where another run was stopped', async ({ house }) => {
    await piped(house, READ, '', '', '');
    expect(passageNumbers(await piped(house, '/next', ''))).toEqual([4, 5]);
  });

  test('speaks as other readers, and shows private answers to their reader alone', async ({
    house,
  }) => {
    const out = await piped(
      house,
      `${READ} from:3`,
      'as Ben',
      'Good evening',
      '/close',
      'press next',
      'as YOU',
      '/where',
    );
    expect(out).toContain('You speak as Ben now.');
    expect(out).toContain('\nBen\nGood evening\n');
    expect(out).toContain('Lamplight (Ben used /close) (only you see this)\nOnly the one who');
    expect(out).toContain('Lamplight (Ben pressed Next)\n');
    expect(out).toContain('You speak as You now.');
    expect(out).toContain('Lamplight (You used /where) (only you see this)\n');
    expect(passageNumbers(out)).toEqual([3]);
  });

  test('three readers turn the page together, and see who is ready', async ({ house }) => {
    const readers = ['as Ben', '', 'as Mara', '', 'as Tomoko', ''];
    const out = await piped(house, READ, '', '/pace together readers:3', ...readers);
    for (const ready of [0, 1, 2]) expect(out).toContain(`\n[Ready · ${ready} of 3] [❝ Quote]\n`);
    expect(out).toContain('Lamplight (Tomoko pressed Ready · 2 of 3)\n');
    expect(passageNumbers(out)).toEqual([1, 2]);
  });

  test('takes quoted values and values with spaces', async ({ house }) => {
    const out = await piped(
      house,
      '/read from:2 story:"Bittersweet Goodbye"',
      '/next',
      '/quote line:longer than any house',
    );
    expect(out).toMatch(/^│ .*longer than any house/m);
  });

  test('answers what it does not understand with one clear sentence', async ({ house }) => {
    const wrong = [
      ['', 'There is no button to press: begin a story with /read, or type help.'],
      ['press Begin', 'There is no button “Begin” here.'],
      ['/nonsense', 'There is no command /nonsense: type one of /read, /next'],
      ['/read', '/read needs story: type /read story:…'],
      ['/read story:bittersweet-goodbye from:three', '/read: from takes a whole number'],
      ['/read story:bittersweet-goodbye from:0', 'from must be 1 or more'],
      ['/read bittersweet-goodbye', '“bittersweet-goodbye” is no option of /read: it takes story:'],
      ['/next please', '/next takes no options: type /next alone.'],
      [`as ${'x'.repeat(33)}`, 'A name has 1 to 32 characters.'],
      ['/read story:nowhere', 'There is no story called “nowhere”.'],
    ];
    const out = await piped(house, ...wrong.map(([line = '']) => line));
    let from = 0;
    for (const [line, sentence = ''] of wrong) {
      const at = out.indexOf(sentence, from);
      expect(at, `what ${line} was answered`).toBeGreaterThan(0);
      from = at + sentence.length;
    }
    expect(out.trimEnd().split('\n').length - 2).toBeLessThan(wrong.length + 3);
  });

  test('shows what the page says, and the other way round', async ({ house }) => {
    const room = house.open(house.store);
    await room.shows('Open http://127.0.0.1:');
    const [, url = ''] = /Open (\S+)/.exec(room.out()) ?? [];
    const page = new WebSocket(`${url.replace('http', 'ws')}/live`, { headers: { Origin: url } });
    const told: string[] = [];
    page.on('message', (data) => told.push(String(data)));
    await once(page, 'open');
    page.send(JSON.stringify({ ask: 'enter', id: 1, reader: 'Ben' }));
    page.send(JSON.stringify({ ask: 'say', id: 2, text: 'Hello from the page' }));
    await room.shows('\nBen\nHello from the page\n');
    room.process.stdin.write('Hello from the terminal\n');
    while (!told.some((line) => line.includes('Hello from the terminal'))) {
      await once(page, 'message');
    }
    page.close();
    room.process.stdin.end();
    expect(await room.ended).toBe(0);
  });

  test('with standard input empty it stays up until it is stopped', async ({ house }) => {
    const room = house.open(house.store);
    room.process.stdin.end();
    await room.shows('Open http://127.0.0.1:');
    const [, url = ''] = /Open (\S+)/.exec(room.out()) ?? [];
    await once(room.process.stdout, 'data', { signal: AbortSignal.timeout(500) }).catch(() => {});
    expect((await fetch(url)).status).toBe(200);
    const asked = performance.now();
    room.process.kill('SIGTERM');
    expect(await room.ended).toBe(0);
    expect(performance.now() - asked).toBeLessThan(5000);
  });
});
