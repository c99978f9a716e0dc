import { expect, test, vi } from 'vitest';
import { search } from './model/search.ts';
import { SOUND, UNSOUND } from './model/settings.ts';
import { world } from './model/world.ts';

// Seconds of a processor, which others may be using.
vi.setConfig({ testTimeout: 60_000 });

test.each(Object.entries(SOUND.quick))('the position protocol holds: %s', (_, setting) => {
  const { states, wrong } = search(world(setting));
  expect(wrong).toBeUndefined();
  // Where something in the model is stuck, it soon has nowhere to go.
  expect(states).toBeGreaterThan(5000);
});

test.each(Object.entries(UNSOUND.quick))('it is found out where %s', (_, setting) => {
  expect(search(world(setting)).wrong).toBeDefined();
});
