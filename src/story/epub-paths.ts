/** A place in an EPUB: a file in its archive, and an element in that by its id, or ''. */
export interface EpubPlace {
  readonly path: string;
  readonly id: string;
}

/**
 * Where a reference in a file of an EPUB leads; undefined where that is out of the book, on the web
 * or above the archive's root.
 * @param from the path of the file that refers
 */
export function resolvePlace(from: string, href: string): EpubPlace | undefined {
  const [target = '', id = ''] = href.trim().split('#', 2);
  if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(target)) return undefined;
  if (target === '') return { path: from, id: decoded(id) };
  const path = target.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const step of decoded(target.split('?', 1)[0] ?? '').split('/')) {
    if (step === '..') {
      if (path.pop() === undefined) return undefined;
    } else if (step !== '.' && step !== '') {
      path.push(step);
    }
  }
  return { path: path.join('/'), id: decoded(id) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
