import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Most tests wait for seconds that are Discord's, not the processor's.
  test: { include: ['tests/**/*.test.ts'], maxWorkers: 3 },
});
