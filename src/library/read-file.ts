import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { StoryError } from '../story/error.ts';
import { LIMITS } from '../story/limits.ts';
import { type Stamp, stampOf } from './folder.ts';

/** Opening neither follows a link nor waits for a pipe's other end. Windows knows neither flag. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Reads a file whole, as far as its size allows.
 * @param path its real path; whoever has put a link there since sees it refused
 * Throws a StoryError when it is too big or is being written to, and the file system's errors.
 */
export async function readStoryFile(path: string): Promise<{ bytes: Uint8Array; stamp: Stamp }> {
  if ((await realpath(path)) !== path)
    throw new StoryError('It has become a link: put the file itself there.');
  const file = await open(path, FLAGS);
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw new StoryError('It is no ordinary file: put the file itself there.');
    const most = /\.epub$/i.test(path) ? LIMITS.epubFile : LIMITS.textFile;
    if (stats.size > most) {
      throw new StoryError(
        `The file is bigger than ${most / 2 ** 20} MB: split it into several, or leave out what is no text.`,
      );
    }
    const stamp = stampOf(stats);
    const bytes = new Uint8Array(stamp.size);
    let length = 0;
    while (length < bytes.length) {
      const { bytesRead } = await file.read(bytes, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    const after = stampOf(await file.stat());
    if (length < stamp.size || after.size !== stamp.size || after.mtime !== stamp.mtime) {
      throw new StoryError('The file was being written to: restart when it is complete.');
    }
    return { bytes, stamp };
  } finally {
    await file.close();
  }
}
