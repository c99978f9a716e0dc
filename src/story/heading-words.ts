/**
 * What a line says when it heads a part of a book. `kind` is the same for parts of one kind, and
 * `rank` is lower for the greater: a book is over its chapters.
 */
export interface Headline {
  readonly kind: string;
  readonly rank: number;
  /** The part that has the kind and the number: "CHAPTER I." */
  readonly label: string;
  /** What stands behind it: "Down the Rabbit-Hole". Can be empty. */
  readonly rest: string;
}

/** The words for parts of books, greatest first. */
const RANKS: readonly (readonly string[])[] = [
  ['volume', 'vol', 'band', 'tome', 'tomo', 'volumen', 'том'],
  ['part', 'partie', 'teil', 'parte', 'deel', 'osa', 'часть'],
  ['book', 'livre', 'buch', 'libro', 'livro', 'boek', 'kirja', 'книга'],
  ['act', 'acte', 'akt', 'aufzug', 'acto', 'atto', 'действие'],
  [
    ...['chapter', 'chap', 'chapitre', 'kapitel', 'capítulo', 'capitulo', 'capitolo'],
    ...['hoofdstuk', 'luku', 'глава', 'canto', 'chant', 'gesang', 'letter', 'stave'],
    ...['lecture', 'adventure', 'tale', 'story', 'fable', 'sonnet', 'episode', 'lesson', 'section'],
  ],
  ['scene', 'scène', 'szene', 'auftritt', 'escena', 'scena', 'сцена'],
];
const CHAPTERS = 4;

/** Parts that mostly have no number. */
const NAMED = [
  ...['prologue', 'epilogue', 'preface', 'introduction', 'foreword', 'afterword', 'conclusion'],
  ...['appendix', 'dedication', 'prelude', 'interlude', 'postscript', 'glossary', 'etymology'],
  ...['épilogue', 'préface', 'avant-propos', 'vorwort', 'nachwort', 'einleitung', 'prolog'],
  ...['epilog', 'prólogo', 'epílogo', 'prefacio', 'introducción', 'conclusión', 'prefazione'],
  ...['voorwoord', 'inleiding', 'пролог', 'эпилог', 'предисловие'],
];

const ROMAN = '(?=[IVXLCDM])M{0,3}(?:C[MD]|D?C{0,4})(?:X[CL]|L?X{0,4})(?:I[XV]|V?I{0,4})';
const UNITS = 'one|two|three|four|five|six|seven|eight|nine';
const TENS = 'twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety';
const TEENS = 'ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen';
const ORDINALS =
  'first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\\p{L}+teenth|last';
const NUMBER = `(?:${ROMAN}|\\d{1,4}|(?:${TENS})(?:[ -](?:${UNITS}))?|${TEENS}|${UNITS}|(?:the )?(?:${ORDINALS}))`;
const WORDS = `${UNITS}|${TEENS}`.split('|');
const KIND = RANKS.flat().join('|');

const LABEL_END = "(?![\\p{L}\\p{M}\\p{N}’'])";
const NUMBERED = new RegExp(
  `^(?<label>(?:the )?(?<kind>${KIND})\\.? (?:no\\.? )?(?<number>${NUMBER})${LABEL_END}[.:;,]?)(?<rest>.*)$`,
  'iu',
);
// `Erstes Kapitel`, `PARTIE PREMIÈRE`, `Part First`.
const NUMBERED_IN_WORDS = new RegExp(
  `^(?:the )?(?:\\p{Lu}[\\p{L}-]+ (?<kind1>${KIND})|(?<kind2>${KIND}) \\p{Lu}[\\p{L}-]+)[.:]?$`,
  'iu',
);
const NAME = new RegExp(
  `^(?<named>(?:[\\p{L}’']+ ){0,2}(?<name>${NAMED.join('|')})${LABEL_END}[.:]?)(?<more>.*)$`,
  'iu',
);
const NUMERAL = new RegExp(`^[-–—*[(\\s]*(?<numeral>${ROMAN}|\\d{1,3})[-–—*\\])\\s.:]*$`, 'u');

/** Longer ones are text that begins so. */
const LONGEST = 250;
const LONGEST_SENTENCE = 100;

/** Reads a line as a headline, if it is one by its words. */
export function headlineOf(text: string): Headline | undefined {
  if (text.length > LONGEST || !/^[^\p{L}]*[\p{Lu}\p{Lo}]/u.test(text)) return undefined;
  const { kind, label = '', rest = '' } = NUMBERED.exec(text)?.groups ?? {};
  if (kind !== undefined && (isInCapitals(label) ? isBeginning(rest) : isTitle(rest))) {
    return { ...rankOf(kind), label, rest: rest.trim() };
  }
  const { kind1, kind2 } = NUMBERED_IN_WORDS.exec(text)?.groups ?? {};
  const worded = kind1 ?? kind2;
  if (worded !== undefined && isCapitalized(text))
    return { ...rankOf(worded), label: text, rest: '' };

  const { name, named = '', more = '' } = NAME.exec(text)?.groups ?? {};
  if (name === undefined || !isCapitalized(named) || !isTitle(more)) return undefined;
  if (/\p{Ll}/u.test(more) && !isCapitalized(more)) return undefined;
  return { kind: name.toLowerCase(), rank: CHAPTERS, label: named, rest: more.trim() };
}

/**
 * What a headline in a table of contents and the one over the chapter have in common: the kind and
 * the number's value, however it is written.
 */
export function numberedKey(text: string): string | undefined {
  const { kind, number } = NUMBERED.exec(text)?.groups ?? {};
  if (kind === undefined || number === undefined) return undefined;
  const roman = new RegExp(`^${ROMAN}$`, 'i').test(number) ? romanValue(number.toUpperCase()) : 0;
  const value = Number(number) || roman || 1 + WORDS.indexOf(number.toLowerCase());
  return `${kind.toLowerCase()} ${value || number.toLowerCase()}`;
}

/** The number that a line consists of, Roman or not. */
export function numeralOf(text: string): number | undefined {
  const numeral = NUMERAL.exec(text)?.groups?.['numeral'];
  if (numeral === undefined) return undefined;
  return /^\d/.test(numeral) ? Number(numeral) : romanValue(numeral);
}

const ROMAN_VALUES: Readonly<Record<string, number>> = {
  I: 1,
  V: 5,
  X: 10,
  L: 50,
  C: 100,
  D: 500,
  M: 1000,
};

function romanValue(numeral: string): number {
  const values = Array.from(numeral, (letter) => ROMAN_VALUES[letter] ?? 0);
  return values.reduce(
    (sum, value, at) => sum + (value < (values[at + 1] ?? 0) ? -value : value),
    0,
  );
}

function rankOf(word: string): { kind: string; rank: number } {
  const kind = word.toLowerCase();
  return { kind, rank: RANKS.findIndex((words) => words.includes(kind)) };
}

/** Whether what stands behind a number begins anew, and is not the rest of a sentence. */
function isBeginning(rest: string): boolean {
  if (!/\p{Ll}/u.test(rest)) return true;
  return rest.length <= LONGEST_SENTENCE && /^[^\p{L}\p{N}]*[\p{Lu}\p{Lo}\p{N}]/u.test(rest);
}

/** Whether it is a title by its capitals, or at least no sentence. */
function isTitle(rest: string): boolean {
  return isBeginning(rest) && (isCapitalized(rest) || !/[.!?…]["”’»)]*$/.test(rest));
}

/** Whether there is a capital and no small letter in a text. */
export function isInCapitals(text: string): boolean {
  return /\p{Lu}/u.test(text) && !/\p{Ll}/u.test(text);
}

/** Whether a text and each word of four letters or more begins with a capital. */
export function isCapitalized(text: string): boolean {
  const words = text.match(/[\p{L}\p{M}’']{4,}/gu) ?? [];
  return /^[^\p{L}]*[\p{Lu}\p{Lo}]/u.test(text) && words.every((word) => /^\P{Ll}/u.test(word));
}
