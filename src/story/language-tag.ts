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

// Two letters each, and the ways of writing that have names of their own.
const LETTERS = Array.from('abcdefghijklmnopqrstuvwxyz');
const TAGS = [
  ...LETTERS.flatMap((one) => LETTERS.map((two) => one + two)),
  ...['ang', 'enm', 'fil', 'grc'],
];

let byName: Map<string, string> | undefined;

/**
 * The tag of a language by its name in English or in itself: "French" and "français" are fr. Of a
 * longer name ("Português brasileiro", "Greek (Modern)") the part before the variety, a word of it.
 */
export function languageNamed(name: string): string | undefined {
  byName ??= languageNames();
  const whole = name.trim().toLowerCase();
  const [language = ''] = whole.replace(/^modern /, '').split(/\s*[-–(/,]/);
  const words = language.split(' ');
  for (const one of [whole, language, words[0], words.at(-1)]) {
    const tag = byName.get(one ?? '');
    if (tag !== undefined) return tag;
  }
  return undefined;
}

function languageNames(): Map<string, string> {
  const names = new Map<string, string>();
  const add = (name: string | undefined, tag: string) => {
    const plain = name?.toLowerCase();
    if (plain !== undefined && !names.has(plain)) names.set(plain, languageTag(tag) ?? tag);
  };
  const english = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
  const known = TAGS.filter((tag) => english.of(tag) !== undefined);
  for (const tag of known) add(english.of(tag), tag);
  for (const tag of known) {
    add(new Intl.DisplayNames(tag, { type: 'language', fallback: 'none' }).of(tag), tag);
  }
  return names;
}
