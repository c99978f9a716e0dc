import { expect, test } from 'vitest';
import { type Kind, readRecord } from '../src/reading/kind.ts';
import { channelKind } from '../src/reading/record-shape.ts';
import { KINDS } from '../src/reading/records.ts';
import { hasShape, is, isNumber, isString } from '../src/reading/shape.ts';
import { openMemory } from '../src/reading/sqlite-store.ts';
import { Records } from '../src/reading/stored-records.ts';

/** A record as it is now, after two that were otherwise: a shout, and a list of words. */
interface Saying {
  readonly version: 3;
  readonly text: string;
  readonly loud?: number;
}

const kind: Kind<Saying> = {
  isWhole: hasShape<Saying>({
    required: { version: is(3), text: isString },
    optional: { loud: isNumber },
  }),
  upgrades: [
    ({ shout }) => ({ words: String(shout).toLowerCase().split(' ') }),
    ({ words }) => ({ text: Array.isArray(words) ? words.join(' ') : words }),
  ],
};

function open() {
  const unreadable: string[] = [];
  const keyv = openMemory().namespace<Saying>('sayings');
  const onUnreadable = (_: unknown, namespace: string, key: string) =>
    unreadable.push(`${namespace}:${key}`);
  return { keyv, unreadable, records: new Records<Saying>(keyv, kind, onUnreadable) };
}

const DAMAGED = {
  'no JSON': '{"value":{"version":3,"te',
  'no object': '{"value":"Hello"}',
  'an array': '{"value":[3]}',
  nothing: 'null',
  'no value': '{}',
  'no version': '{"value":{"text":"hello"}}',
  'version 0': '{"value":{"version":0,"text":"hello"}}',
  'a version in words': '{"value":{"version":"3","text":"hello"}}',
  'a version between': '{"value":{"version":1.5,"text":"hello"}}',
  'a field of a wrong type': '{"value":{"version":3,"text":7}}',
  'a field missing': '{"value":{"version":3}}',
  'a number too large': '{"value":{"version":3,"text":"hello","loud":1e999}}',
  'an older one that is none': '{"value":{"version":2,"words":7}}',
};

test('an older record is brought up to date, and written over as it was stored', async () => {
  const { keyv, records } = open();
  await keyv.store.set('sayings:a', '{"value":{"version":1,"shout":"GOOD MORNING"}}');
  await keyv.store.set('sayings:b', '{"value":{"version":2,"words":["good","night"]}}');
  expect(await records.get('a')).toEqual({ version: 3, text: 'good morning' });
  const loaded = await records.load('b');
  expect(loaded.value).toEqual({ version: 3, text: 'good night' });
  const saved = await records.swap('b', loaded, { version: 3, text: 'good evening' });
  expect(saved).toBeDefined();
  expect(await records.swap('b', loaded, { version: 3, text: 'too late' })).toBeUndefined();
  expect(await keyv.get('b')).toEqual({ version: 3, text: 'good evening' });
});

test('a record of a later version stays as it is', async () => {
  const { keyv, records, unreadable } = open();
  const text = '{"value":{"version":4,"text":"hello","new":true}}';
  await keyv.store.set('sayings:a', text);
  await expect(records.get('a')).rejects.toMatchObject({ reason: 'version' });
  await expect(records.update('a', () => undefined)).rejects.toMatchObject({ reason: 'version' });
  for await (const entry of records.entries()) expect.fail(`met ${entry}`);
  expect(unreadable).toEqual(['sayings:a']);
  expect(await keyv.store.get('sayings:a')).toBe(text);
});

test.each(Object.entries(DAMAGED))('a damaged record stays as it is: %s', async (_, text) => {
  const { keyv, records, unreadable } = open();
  await keyv.store.set('sayings:a', text);
  await keyv.store.set('sayings:b', '{"value":{"version":3,"text":"hello"}}');
  await expect(records.get('a')).rejects.toMatchObject({ reason: 'damaged' });
  const change = () => ({ version: 3, text: 'new' }) as const;
  await expect(records.update('a', change)).rejects.toMatchObject({ reason: 'damaged' });
  const met: string[] = [];
  for await (const [key] of records.entries()) met.push(key);
  expect(met).toEqual(['b']);
  expect(unreadable).toEqual(['sayings:a']);
  expect(await keyv.store.get('sayings:a')).toBe(text);
});

test('an upgrade that fails on a record says that it is damaged', () => {
  const fragile = {
    ...kind,
    upgrades: [
      () => {
        throw new TypeError('no words');
      },
      ...kind.upgrades,
    ],
  };
  expect(() => readRecord(fragile, { version: 1 })).toThrow(
    expect.objectContaining({ reason: 'damaged', cause: expect.any(TypeError) }),
  );
});

test('what has expired is nothing, and is written over', async () => {
  const { keyv, records } = open();
  const hello = { version: 3, text: 'hello' } as const;
  await records.update('a', () => hello, 60_000);
  expect(await records.get('a')).toEqual(hello);
  await keyv.store.set('sayings:a', '{"value":{"version":3,"text":"old"},"expires":1}');
  expect(await records.get('a')).toBeUndefined();
  for await (const entry of records.entries()) expect.fail(`met ${entry}`);
  await records.update('a', (value) => value ?? hello);
  expect(await records.get('a')).toEqual(hello);
});

test('many changes of one record at the same moment all count', async () => {
  const { records } = open();
  await records.update('a', () => ({ version: 3, text: '', loud: 0 }));
  const changes = Array.from({ length: 10 }, () =>
    records.update('a', (value) => value && { ...value, loud: (value.loud ?? 0) + 1 }),
  );
  await Promise.all(changes);
  expect((await records.get('a'))?.loud).toBe(10);
});

test('every kind of record reads what is written today, and nothing that is no record', () => {
  const empty = { version: 1, left: [] };
  expect(readRecord(channelKind, empty)).toEqual(empty);
  for (const one of Object.values(KINDS)) {
    const read: (stored: unknown) => unknown = (stored) => readRecord<object>(one, stored);
    expect(() => read({ version: 2 })).toThrow(expect.objectContaining({ reason: 'version' }));
    expect(() => read({ version: 1 })).toThrow(expect.objectContaining({ reason: 'damaged' }));
  }
});
