import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { openRoomHouse, type RoomHouse, type RoomHouseOptions } from './room-harness.ts';

async function house(options?: RoomHouseOptions): Promise<RoomHouse> {
  const opened = await openRoomHouse(options);
  onTestFinished(() => opened.close());
  return opened;
}

/** The status of a GET with these headers; fetch doesn't let a Host be set. */
async function status(url: string, headers: Record<string, string>, method = 'GET') {
  const sent = request(url, { headers, method }).end();
  const [response] = await once(sent, 'response');
  response.resume();
  return response.statusCode;
}

/** A page's end of the line; what was told, as it comes. */
async function connect({ url }: RoomHouse, headers: Record<string, string> = { Origin: url }) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/live`, { headers });
  const told: Record<string, unknown>[] = [];
  socket.on('message', (data) => told.push(JSON.parse(String(data))));
  await once(socket, 'open');
  return {
    socket,
    told,
    ask: (asked: object) => socket.send(JSON.stringify(asked)),
    answer: (to: number) => expect.poll(() => told.find((one) => one['to'] === to)).toBeTruthy(),
  };
}

test('serves the page to this machine alone, and lets it load nothing from elsewhere', async () => {
  const { url } = await house();
  const page = await fetch(url);
  expect(page.status).toBe(200);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(page.headers.get('content-security-policy')).not.toMatch(/unsafe|\*/);
  expect(page.headers.get('x-content-type-options')).toBe('nosniff');
  const { port } = new URL(url);
  expect(await status(url, { Host: `localhost:${port}` })).toBe(200);
  for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1', `0.0.0.0:${port}`]) {
    expect(await status(url, { Host: host })).toBe(403);
  }
  expect(await status(url, {}, 'POST')).toBe(405);
  for (const path of ['/nothing', '/../room.ts', '/..%2froom.ts', '/tsconfig.json', '//', '/%']) {
    expect(await status(url + path, {}), path).toBe(404);
  }
});

test.for([
  ['a page of another site', { Origin: 'https://evil.example' }],
  ['a page of another port of this machine', { Origin: 'http://127.0.0.1:8080' }],
  ['a page without an origin', { Origin: 'null' }],
  ['whatever says no origin', {}],
  ['a page whose name only leads here', { Origin: 'http://evil.example', Host: 'evil.example' }],
] as const)('cannot be driven by %s', async ([, headers]) => {
  await expect(connect(await house(), headers)).rejects.toThrow('403');
});

test('hangs up on junk, and goes on for everybody else', async () => {
  const room = await house();
  const other = await connect(room);
  const deep = '['.repeat(30_000);
  const forged = [
    'junk',
    '',
    '{}',
    'null',
    '[1]',
    deep,
    '{"ask":"say","id":1,"text":7}',
    '{"ask":"__proto__","id":1}',
    '{"ask":"press","id":1,"message":"../1","customId":"next:x:0"}',
    JSON.stringify({ ask: 'say', id: 1, text: 'x'.repeat(70_000) }),
  ];
  for (const junk of forged) {
    const { socket } = await connect(room);
    socket.send(junk);
    await once(socket, 'close');
  }
  const { socket } = await connect(room);
  socket.send(Buffer.from([0xff, 0xfe, 0x00]));
  await once(socket, 'close');
  other.ask({ ask: 'enter', id: 1, reader: 'Ben' });
  other.ask({ ask: 'say', id: 2, text: 'Still here.' });
  await other.answer(2);
  expect(JSON.stringify(other.told)).toContain('Still here.');
});

test('refuses in a sentence what the client of Discord would not send', async () => {
  const { ask, answer, told } = await connect(await house());
  const refusals = [
    [{ ask: 'enter', reader: 'x'.repeat(33) }, 'A name has 1 to 32 characters.'],
    [{ ask: 'slash', command: 'nothing', values: {} }, 'There is no command nothing.'],
    [{ ask: 'slash', command: 'read', values: {} }, 'story is required'],
    [{ ask: 'press', message: '1', customId: 'next:x:0' }, 'This message is gone.'],
  ] as const;
  for (const [id, [asked, sentence]] of refusals.entries()) {
    ask({ ...asked, id });
    await answer(id);
    expect(told.find(({ to }) => to === id)).toMatchObject({
      refused: expect.stringContaining(sentence),
    });
  }
});

test('takes the next free port when its own is taken', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void taken.close());
  await once(taken, 'listening');
  const address = taken.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const { url } = await house({ port });
  expect(Number(new URL(url).port)).toBeGreaterThan(0);
  expect(Number(new URL(url).port)).not.toBe(port);
  expect((await fetch(url)).status).toBe(200);
});
