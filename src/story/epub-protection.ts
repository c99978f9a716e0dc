import { StoryError } from './error.ts';
import { elementsNamed, type XmlElement } from './xml-tree.ts';

// Fonts may be made unusable outside their book (EPUB 3.3, "Font obfuscation", and Adobe's way).
const FONTS = new Set(['http://www.idpf.org/2008/embedding', 'http://ns.adobe.com/pdf/enc#RC']);

/**
 * Throws a StoryError when META-INF/encryption.xml says that more than fonts is encrypted.
 */
export function refuseProtected(encryption: XmlElement): void {
  const methods = elementsNamed(encryption, 'EncryptedData').map(
    (data) => elementsNamed(data, 'EncryptionMethod')[0]?.attributes['Algorithm'] ?? '',
  );
  if (methods.some((method) => !FONTS.has(method))) {
    throw new StoryError('The EPUB is protected (DRM): get one without protection.');
  }
}
