import type { Block } from './manuscript.ts';

/**
 * The language of a text, guessed by the script that most of its letters are in: a BCP 47 tag. A
 * script of many languages stands for the one with the most readers, unless letters give another
 * away; Latin for English.
 */
export function languageOf(blocks: readonly Block[]): string {
  const letters = sample(blocks).match(/\p{L}/gu) ?? [];
  const counts = new Map<string, number>();
  for (const letter of letters) {
    const script = SCRIPTS.find(([, pattern]) => pattern.test(letter))?.[0];
    if (script !== undefined) counts.set(script, (counts.get(script) ?? 0) + 1);
  }
  let most = 'Latin';
  for (const [script, count] of counts) if (count > (counts.get(most) ?? 0)) most = script;

  const least = letters.length / 200;
  const signs = SIGNS[most]?.find(
    ([, pattern]) => letters.filter((letter) => pattern.test(letter)).length > least,
  );
  return signs?.[0] ?? LANGUAGES[most] ?? 'en';
}

const LANGUAGES: Readonly<Record<string, string>> = {
  Latin: 'en',
  Cyrillic: 'ru',
  Han: 'zh',
  Arabic: 'ar',
  Hebrew: 'he',
  Greek: 'el',
  Devanagari: 'hi',
  Thai: 'th',
  Bengali: 'bn',
  Tamil: 'ta',
  Telugu: 'te',
  Gujarati: 'gu',
  Kannada: 'kn',
  Malayalam: 'ml',
  Gurmukhi: 'pa',
  Oriya: 'or',
  Sinhala: 'si',
  Myanmar: 'my',
  Khmer: 'km',
  Lao: 'lo',
  Tibetan: 'bo',
  Georgian: 'ka',
  Armenian: 'hy',
  Ethiopic: 'am',
  Mongolian: 'mn',
};

/** The scripts of Chinese, Japanese and Korean are counted as one: many texts mix them. */
const SCRIPTS = Object.keys(LANGUAGES).map(
  (script) =>
    [
      script,
      script === 'Han'
        ? /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Bopomofo}]/u
        : new RegExp(`\\p{sc=${script}}`, 'u'),
    ] as const,
);

/** Letters that other languages of the script do without, once they are more than one in two hundred. */
const SIGNS: Readonly<Record<string, readonly (readonly [language: string, RegExp])[]>> = {
  Han: [
    ['ja', /[\p{sc=Hiragana}\p{sc=Katakana}]/u],
    ['ko', /\p{sc=Hangul}/u],
  ],
  Arabic: [
    ['ur', /[ٹڈڑںے]/],
    ['fa', /[پچژگ]/],
  ],
  Cyrillic: [
    ['uk', /[їєґ]/i],
    ['be', /ў/i],
    ['sr', /[јљњћђ]/i],
  ],
  Hebrew: [['yi', /[װױײ]/]],
};

const SLICES = 100;
const SLICE = 200;

/** A long text by slices from all over it. */
function sample(blocks: readonly Block[]): string {
  const text = blocks.map((block) => (block.kind === 'break' ? '' : block.prose.text)).join('\n');
  if (text.length <= SLICES * SLICE) return text;
  return Array.from({ length: SLICES }, (_, slice) => {
    const start = Math.floor((slice * (text.length - SLICE)) / (SLICES - 1));
    return text.slice(start, start + SLICE);
  }).join('\n');
}
