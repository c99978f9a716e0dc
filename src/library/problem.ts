/**
 * A file that can't be told, by its path below the folder of stories, and why, in one sentence.
 * `line` is 1-based.
 */
export interface Problem {
  readonly file: string;
  readonly line?: number;
  readonly reason: string;
}

/** A folder without a story that can be told. The message is one sentence for the operator. */
export class StoryDirError extends Error {
  override readonly name = 'StoryDirError';
}

/** What a failed access to the file system throws. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}

/** A file's name in one line of a terminal: whatever a name may hold, it commands nothing. */
export function printable(name: string): string {
  return name.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '\uFFFD');
}
