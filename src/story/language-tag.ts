// The languages that stories are told in on archives, by their subtags.
const KNOWN = (
  'en es fr de it pt nl sv da nb nn no fi is pl cs sk hu ro bg el ru uk be sr hr bs sl mk sq tr az ' +
  'ka hy he ar fa ur hi bn ta te ml kn mr gu pa ne si th lo km my vi id ms tl fil jv zh ja ko mn kk ' +
  'uz et lv lt ca eu gl ga cy gd br la eo af sw zu so am yi lb fo mt'
).split(' ');
const UNKNOWN = new Set(['und', 'zxx', 'mul', 'mis']);

/** The canonical BCP 47 tag of what a file says; undefined where that is none, or says nothing. */
export function languageTag(text: string | undefined): string | undefined {
  try {
    const [tag] = Intl.getCanonicalLocales((text ?? '').trim().replaceAll('_', '-'));
    return tag === undefined || UNKNOWN.has(tag) ? undefined : tag;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

let byName: Map<string, string> | undefined;

/** The tag of a language by its name in English or in itself, with or without a variety behind it. */
export function languageNamed(name: string): string | undefined {
  byName ??= names();
  const plain = name.trim().toLowerCase();
  return byName.get(plain) ?? byName.get(plain.split(/\s*[-–(/]/)[0] ?? '');
}

function names(): Map<string, string> {
  const english = new Intl.DisplayNames('en', { type: 'language' });
  const found = new Map<string, string>();
  for (const tag of KNOWN) {
    const own = new Intl.DisplayNames(tag, { type: 'language' });
    for (const name of [own.of(tag), english.of(tag)]) {
      if (name !== undefined) found.set(name.toLowerCase(), tag);
    }
  }
  return found;
}
