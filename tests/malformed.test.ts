import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { openHouse } from './harness.ts';
import { openReading, openScene } from './scene.ts';
import { brief, libraryOf, messageOf, tale, told } from './seen.ts';

test('frames that make no sense are logged and survived', { timeout: 30_000 }, async ({
  onTestFinished,
}) => {
  const scene = await openScene(onTestFinished);
  const { discord } = scene;
  const { bot, channel } = await openReading(scene);
  const ann = discord.user('Ann');
  const junk = [
    'junk',
    'null',
    '[]',
    '7',
    '{}',
    '{"op":"0","t":"INTERACTION_CREATE","d":{}}',
    '{"op":0}',
    '{"op":0,"t":7,"d":null,"s":"x"}',
    '{"op":0,"t":"INTERACTION_CREATE","s":1,"d":null}',
    '{"op":0,"t":"INTERACTION_CREATE","s":1,"d":{"type":2}}',
    '{"op":0,"t":"GUILD_CREATE","s":1,"d":{}}',
    '{"op":0,"t":"__proto__","s":1,"d":{}}',
    `{"op":0,"t":"INTERACTION_CREATE","s":1,"d":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
    JSON.stringify({ op: 0, t: 'INTERACTION_CREATE', s: 1, d: { type: 'x'.repeat(5_000_000) } }),
  ];
  for (const frame of junk) discord.gateway.frame(frame);
  await vi.waitFor(() => expect(bot.output()).toContain('could not be handled'), 5000);
  expect(brief(await ann.slash(channel, 'next'))).toBe(1);
  // These end the connection, or its session.
  for (const frame of ['{"op":9}', '{"op":7}', '{"op":0,"t":"READY","s":1,"d":{}}']) {
    const { identified, resumed } = discord.gateway.counts;
    discord.gateway.frame(frame);
    if (!frame.includes('"op":7')) continue;
    const isBack = () =>
      discord.gateway.counts.identified + discord.gateway.counts.resumed > identified + resumed;
    await discord.waitFor(isBack, 15_000);
  }
  await vi.waitFor(async () => expect(brief(await ann.slash(channel, 'next'))).toBe(2), 10_000);
  expect(await bot.ended('SIGTERM')).toBe(0);
});

/** What stands in place of something in a payload. */
const junk = fc.constantFrom<unknown>(
  undefined,
  null,
  true,
  0,
  -1,
  1e308,
  '',
  'x',
  '-1',
  '../../@me',
  '9'.repeat(400),
  'x'.repeat(100_000),
  '\u0000\ud800',
  [],
  {},
  [null],
  { id: {} },
  { __proto__: 1, length: -1 },
);

/** Every place in a payload that something can stand in, as a path to it. */
function placesIn(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    [...path, key],
    ...placesIn(inner, [...path, key]),
  ]);
}

/** The payload with something else at a place. */
function withAt(payload: unknown, [key, ...rest]: readonly string[], other: unknown): unknown {
  if (key === undefined) return other;
  if (Array.isArray(payload)) {
    return payload.map((inner, at) => (String(at) === key ? withAt(inner, rest, other) : inner));
  }
  if (typeof payload !== 'object' || payload === null) return payload;
  const inner: unknown = Reflect.get(payload, key);
  return { ...payload, [key]: withAt(inner, rest, other) };
}

test('interactions with anything in place of anything are survived, and nothing is told by them', {
  timeout: 30_000,
}, async () => {
  const { discord, log } = await openHouse({
    library: libraryOf({ tale: tale(9) }),
    discord: { respondWithin: 10_000 },
  });
  const [channel, ann] = [discord.channel('a'), discord.user('Ann')];
  await ann.slash(channel, 'read', { story: 'tale', from: 3 });
  const passage = messageOf(await ann.slash(channel, 'next'));
  const payloads: object[] = [];
  discord.events.on('interaction', (_, payload) => void payloads.push(payload));
  // None that turns a page: what is told depends on the order in which they are done.
  const menu = messageOf(await ann.press(passage, '❝ Quote'));
  const select = menu.components.flatMap((row) => row.components ?? []).find((one) => one.options);
  const { custom_id, options = [] } = select ?? {};
  await ann.choose(menu, custom_id ?? '', [options[0]?.value ?? '']);
  await ann.type(channel, 'quote', { line: 'tale' }, 'line');
  await ann.slash(channel, 'quote', { line: 'tale', spoiler: true });
  await ann.slash(channel, 'search', { words: 'tale' });
  await ann.messageCommand(passage, 'Quote a line');
  expect(payloads).toHaveLength(6);
  const bases = [...payloads];
  const before = told(discord, channel);

  const pick = fc.record({ at: fc.nat(), junk });
  const mutated = fc
    .tuple(fc.constantFrom(...bases), fc.array(pick, { minLength: 1, maxLength: 2 }))
    .map(([payload, changes]) => {
      let changed: unknown = payload;
      for (const { at, junk: other } of changes) {
        const places = placesIn(changed);
        changed = withAt(changed, places[at % places.length] ?? [], other);
      }
      return changed;
    });
  const sample = fc.sample(mutated, { numRuns: 400, seed: 7 });
  for (const [at, payload] of sample.entries()) {
    discord.gateway.dispatch('INTERACTION_CREATE', payload as object); // Whatever it is.
    if (at % 40 > 0) continue;
    expect(brief(await ann.slash(channel, 'where'))).toContain('3 of 9');
  }
  expect(log.join('')).toContain('could not be handled');
  // Discord knows none of these interactions any more, so that nothing can come of them.
  expect(told(discord, channel)).toEqual(before);
  expect(brief(await ann.slash(discord.channel('b'), 'next'))).toMatch(/^Nothing is being read/);
});
