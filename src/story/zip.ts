import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import {
  type Entry,
  fromBufferPromise,
  getFileNameLowLevel,
  validateFileName,
  type ZipFile,
} from 'yauzl';
import { StoryError } from './error.ts';
import type { Limits } from './limits.ts';

/** The files of an EPUB's archive, by their paths. */
export interface Archive {
  has(path: string): boolean;
  /**
   * The bytes of a file, checked against the length and the checksum that the archive gives.
   * Throws a StoryError when they are damaged, encrypted, or more than the limit allows.
   */
  read(path: string): Promise<Uint8Array>;
}

type ArchiveLimits = Pick<Limits, 'entries' | 'unpacked'>;

const STORED = 0;
const DEFLATED = 8;

/**
 * Opens a ZIP archive. Throws a StoryError when its directory is damaged or cut off, holds too many
 * files, or one whose path leads out of the archive.
 */
export async function openArchive(bytes: Uint8Array, limits: ArchiveLimits): Promise<Archive> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Names are looked at below, where it can be said what is wrong with them.
  const zip = await orDamaged(fromBufferPromise(buffer, { decodeStrings: false }));
  if (zip.entryCount > limits.entries) {
    const most = limits.entries.toLocaleString('en');
    throw new StoryError(`The EPUB has more than ${most} files in it: no book does.`);
  }
  const entries = await readDirectory(zip);
  let left = limits.unpacked;

  return {
    has: (path) => entries.has(path),
    async read(path) {
      const entry = entries.get(path);
      if (entry === undefined) throw new StoryError(`The EPUB has no file ${path} in it.`);
      if (entry.isEncrypted()) {
        throw new StoryError('The EPUB is encrypted: get one without a lock.');
      }
      if (entry.uncompressedSize > left) {
        const most = Math.round(limits.unpacked / 2 ** 20);
        throw new StoryError(`The EPUB unpacks to more than ${most} MB: no book does.`);
      }
      left -= entry.uncompressedSize;
      const { fileDataStart } = await orDamaged(zip.readLocalFileHeaderPromise(entry, LEAST));
      return unpack(buffer.subarray(fileDataStart, fileDataStart + entry.compressedSize), entry);
    },
  };
}

const LEAST = { minimal: true } as const;

async function readDirectory(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  const all = zip.eachEntry();
  for (;;) {
    const next = await orDamaged(all.next());
    if (next.done) return entries;
    const name = nameOf(next.value);
    if (!name.endsWith('/')) entries.set(name, next.value);
  }
}

function nameOf({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string {
  const name = getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, true);
  if (validateFileName(name) === null) return name;
  const shown = JSON.stringify(name.slice(0, 100));
  throw new StoryError(`The EPUB has a file in it whose path leads out of it (${shown}).`);
}

async function unpack(packed: Buffer, entry: Entry): Promise<Uint8Array> {
  const { compressionMethod: method, uncompressedSize: size } = entry;
  if (method !== STORED && method !== DEFLATED) {
    throw new StoryError('The EPUB is packed in a way that no EPUB may be: pack it anew as a ZIP.');
  }
  // One byte more is an error, so that a wrong length in the directory never fills the memory.
  const most = { maxOutputLength: Math.max(1, size) };
  const bytes = method === STORED ? packed : await orDamaged(promisify(inflateRaw)(packed, most));
  if (bytes.length !== size || crc32(bytes) !== entry.crc32) throw damaged();
  return bytes;
}

/** All that zlib and the ZIP library throw is about the bytes of the archive. */
async function orDamaged<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch {
    throw damaged();
  }
}

function damaged(): StoryError {
  return new StoryError('The EPUB is damaged or cut off: get it again, whole.');
}
