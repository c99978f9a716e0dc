import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// From the second start on, nothing is compiled and no TypeScript stripped: half the time to start,
// and some 20 MB less. It has to come before the first import of anything else; where the folder
// can't be written, it does nothing.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/lamplight'));

const { run } = await import('./run.ts');
await run(process.env);
