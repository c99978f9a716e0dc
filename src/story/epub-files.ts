import { refuseProtected } from './epub-protection.ts';
import { StoryError } from './error.ts';
import { binaryKind, otherKind } from './file-kind.ts';
import type { Limits } from './limits.ts';
import { decodeMarkup } from './markup-encoding.ts';
import { readXml, type XmlElement } from './xml-tree.ts';
import { type Archive, openArchive } from './zip.ts';

/** The files of an EPUB, decoded. Whatever is wrong with one is said with its path. */
export interface EpubFiles {
  has(path: string): boolean;
  /** The text of a file handed to a reader. Throws a StoryError when the file is missing. */
  read<T>(path: string, reader: (text: string) => T): Promise<T>;
}

const CONTAINER = 'META-INF/container.xml';
const ENCRYPTION = 'META-INF/encryption.xml';

/** Opens an EPUB. Throws a StoryError when it is none, is damaged or protected. */
export async function openEpub(
  bytes: Uint8Array,
  limits: Limits,
): Promise<{ files: EpubFiles; container: XmlElement }> {
  if (!isZip(bytes)) {
    throw new StoryError(
      otherKind(bytes) ?? 'The file is no EPUB, or its beginning is missing: get it again, whole.',
    );
  }
  const files = filesOf(await openArchive(bytes, limits));
  if (!files.has(CONTAINER)) {
    throw new StoryError(
      files.has('mimetype')
        ? `The EPUB has no ${CONTAINER}, which says where its text is: get it again, whole.`
        : (binaryKind(bytes) ?? 'The file is no EPUB.'),
    );
  }
  const xml = (text: string) => readXml(text, limits);
  if (files.has(ENCRYPTION)) refuseProtected(await files.read(ENCRYPTION, xml));
  return { files, container: await files.read(CONTAINER, xml) };
}

function isZip(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 4)).equals(Buffer.from('PK\x03\x04'));
}

function filesOf(archive: Archive): EpubFiles {
  return {
    has: archive.has,
    async read(path, reader) {
      if (!archive.has(path)) {
        throw new StoryError(
          `The EPUB refers to ${path}, which is not in it: get it again, whole.`,
        );
      }
      const bytes = await archive.read(path);
      try {
        return reader(decodeMarkup(bytes));
      } catch (error) {
        if (error instanceof StoryError)
          throw new StoryError(`${path} in the EPUB: ${error.message}`);
        throw error;
      }
    },
  };
}
