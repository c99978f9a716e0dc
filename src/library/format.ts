import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const CODE = ['src/story', 'src/message', 'src/library'];

/**
 * Names the way in which this Lamplight makes a story of a file: a hash of the code that does it,
 * of the packages it uses, and of the rules by which sentences are cut (ICU's). What was read in
 * another way is read anew. Nobody can forget to count a number up; that some of the code is hashed
 * in vain costs one reading after an update. Takes some 3 ms.
 */
export function readingFormat(): string {
  const hash = createHash('sha256').update(process.versions['icu'] ?? '');
  hash.update(readFileSync(join(ROOT, 'package.json')));
  for (const folder of CODE) {
    const files = readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name));
    for (const file of files.sort()) hash.update(readFileSync(file));
  }
  return hash.digest('base64url').slice(0, 12);
}
