import { globSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

/** With another store only what is tried on the whole bot says anything new. */
function endToEnd(): string[] {
  const isWhole = (file: string) =>
    /\bopenHouse\b|from '\.\/(schedule-room|quoting-room|servers)\.ts'/.test(
      readFileSync(file, 'utf8'),
    );
  return globSync('tests/*.test.ts').filter(isWhole);
}

const isOnSqlite = (process.env['TEST_STORE'] ?? 'sqlite') === 'sqlite';

export default defineConfig({
  test: {
    include: isOnSqlite ? ['tests/**/*.test.ts'] : endToEnd(),
    // Most tests wait for seconds that are Discord's, not the processor's.
    maxWorkers: 4,
    // Nothing here has state of its own outside what a test opens; importing all of it anew for
    // each file takes longer than the tests.
    isolate: false,
    // A limit for what hangs: how busy the machine is, is nobody's fault.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Discord's three seconds can pass while a shared machine stands still; what is wrong fails twice.
    retry: process.env['CI'] ? 1 : 0,
  },
});
