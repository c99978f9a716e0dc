import { test } from 'vitest';
import { fuzz } from './fuzz/target.ts';
import { TARGETS } from './fuzz/targets.ts';

// `npm run fuzz` tries as many as it is told to.
test.each(Object.entries(TARGETS))(
  'hostile %s do no harm',
  async (name, open) => {
    await fuzz(name, open, { seed: 'suite', inputs: 100 });
  },
  60_000,
);
