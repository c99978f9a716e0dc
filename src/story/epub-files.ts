import { refuseProtected } from './epub-protection.ts';
import { StoryError } from './error.ts';
import { fileType } from './file-type.ts';
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
  const type = fileType(bytes);
  if (type !== 'a ZIP archive') {
    throw new StoryError(
      type === undefined
        ? 'The file is no EPUB, or its beginning is missing.'
        : `The file is ${type}, not an EPUB: give it its own ending or convert it.`,
    );
  }
  const files = filesOf(await openArchive(bytes, limits));
  if (!files.has(CONTAINER)) {
    throw new StoryError(
      files.has('[Content_Types].xml')
        ? 'The file is an Office document, not an EPUB: convert it.'
        : `The file is a ZIP archive but no EPUB: it has no ${CONTAINER}.`,
    );
  }
  const xml = (text: string) => readXml(text, limits);
  if (files.has(ENCRYPTION)) refuseProtected(await files.read(ENCRYPTION, xml));
  return { files, container: await files.read(CONTAINER, xml) };
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
