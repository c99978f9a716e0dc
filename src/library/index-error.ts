/**
 * The library's index can't be used. The message is one sentence for whoever runs the bot. What is
 * damaged has been removed: the next start makes it anew from the files.
 */
export class IndexError extends Error {
  override readonly name = 'IndexError';
}

/** Something in the index is not as it was written. */
export class DamageError extends Error {
  override readonly name = 'DamageError';
}

// Primary result codes: https://sqlite.org/rescode.html
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

/** Whether an access to the index failed because of what is in it. */
export function isDamage(error: unknown): boolean {
  if (error instanceof DamageError) return true;
  const code = resultCode(error);
  return code === SQLITE_CORRUPT || code === SQLITE_NOTADB;
}

/** SQLite's primary result code: the low byte of the extended one. */
export function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error && 'errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}
