import { StoryError } from './error.ts';
import type { Manuscript } from './manuscript.ts';
import { manuscriptOf } from './parse.ts';

/** A file as it lies in the folder; `name` has the ending, and no folders. */
export interface StoryFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Reads a story's file, by the ending of its name. Throws a StoryError when it can't be told. */
export async function readManuscript({ name, bytes }: StoryFile): Promise<Manuscript> {
  return manuscriptOf({ name, text: decode(bytes) });
}

/**
 * UTF-8, with or without a byte-order mark; LF, CRLF or CR. Throws a StoryError with the line that
 * is not UTF-8.
 */
function decode(bytes: Uint8Array): string {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    return decoder.decode(bytes).replace(/\r\n?/g, '\n');
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  const repaired = new TextDecoder('utf-8').decode(bytes);
  const line = repaired.slice(0, repaired.indexOf('\uFFFD')).split(/\r\n?|\n/).length;
  throw new StoryError('The file is not UTF-8: save it as UTF-8.', line);
}
