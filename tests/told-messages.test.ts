import fc from 'fast-check';
import { expect, test } from 'vitest';
import { begin, moveTo } from '../src/reading/move.ts';
import { openStore } from '../src/reading/store.ts';
import { Records } from '../src/reading/stored-records.ts';
import { ToldMessages, type ToldRecord, toldKind } from '../src/reading/told-messages.ts';
import type { Passage, Story } from '../src/story/story.ts';
import { passageOf, storyOfPassages } from './book.ts';

const LENGTH = 400;
/** How many messages are known at least. */
const KNOWN = 300;

const passages = Array.from({ length: LENGTH }, (_, at) => passageOf(`Passage ${at}.`, [], at + 1));
const told = { ...storyOfPassages(passages), slug: 'told' };
const other = { ...storyOfPassages(passages), slug: 'other' };

async function openTold() {
  const store = await openStore('memory:');
  const records = new Records(store.namespace<ToldRecord>('told'), toldKind, () => {});
  return { records, messages: new ToldMessages(records) };
}

function readingOf(story: Story, number: number, id: string) {
  const begun = begin(story, 0, { host: 'host' }, 0);
  const reading = moveTo(begun, story, { from: number, to: number }, 0);
  return { ...reading, message: { id, at: 0 } };
}

test('a passage is found in the newest message that told it, while 300 are known', async () => {
  const runs = fc.array(
    fc.record({
      story: fc.constantFrom(told, told, told, other),
      start: fc.integer({ min: 1, max: LENGTH }),
      count: fc.integer({ min: 1, max: 250 }),
    }),
    { minLength: 1, maxLength: 8 },
  );
  await fc.assert(
    fc.asyncProperty(runs, async (all) => {
      const { messages } = await openTold();
      /** The passages told since the channel last began another story; a message's id is its place. */
      let numbers: number[] = [];
      let current = told;
      for (const { story, start, count } of all) {
        if (story !== current) numbers = [];
        current = story;
        for (let step = 0; step < count; step += 1) {
          const number = ((start + step - 1) % LENGTH) + 1;
          await messages.note('channel', readingOf(story, number, String(numbers.length)));
          numbers.push(number);
        }
      }
      for (const passage of passages.filter(({ number }) => number % 5 === 0)) {
        const newest = numbers.lastIndexOf(passage.number);
        const found = await messages.find('channel', current, passage);
        const isKnown = newest >= 0 && newest >= numbers.length - KNOWN;
        if (isKnown) expect(found).toBe(String(newest));
        else expect([undefined, String(newest)]).toContain(found);
      }
    }),
    { numRuns: 8 },
  );
});

test('what a telling writes stays small, however many were told', async () => {
  const { records, messages } = await openTold();
  for (let number = 1; number <= LENGTH; number += 1) {
    await messages.note('channel', readingOf(told, number, String(number)));
    const record = await records.get('channel');
    expect(record?.messages.length).toBeLessThan(40);
  }
});

test('a record of 300 messages, as they were written once, is still known whole', async () => {
  const { records, messages } = await openTold();
  const old = Array.from({ length: KNOWN }, (_, at) => {
    const { number, anchor } = passages[at] as Passage; // there are more passages
    return { passage: number, hash: anchor, id: `old ${at}` };
  });
  await records.update('channel', () => ({ version: 1, story: told.slug, messages: old }));
  await messages.note('channel', readingOf(told, 1, 'new'));
  const known = passages.slice(0, KNOWN);
  const ids = known.map((passage) => messages.find('channel', told, passage));
  const expected = known.map((_, at) => (at === 0 ? 'new' : `old ${at}`));
  // The oldest of them goes when the new one comes: here it told the same passage.
  expect(await Promise.all(ids)).toEqual(expected);
});
