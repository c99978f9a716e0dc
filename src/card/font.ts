import { fileURLToPath } from 'node:url';
import { createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas';
import type { Style } from './style.ts';

/** Gives the CSS font value for a size in pixels and a style. */
export type Font = (size: number, style: Style) => string;

/*
 * EB Garamond (SIL Open Font License): a book face whose one file a style holds Latin, Greek and
 * Cyrillic, so that kerning and marks work across them; web packages cut a face into subsets. Of
 * the others looked at, Crimson Pro has neither Greek nor Cyrillic and Cormorant no Greek.
 * Literata and Source Serif 4 are as complete and run a quarter wider at the same size; chosen by
 * eye, at a phone's size.
 */
const SERIF = 'Lamplight Serif';
const FACES = ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic'];

// The registry belongs to the process: it outlives a worker.
if (!GlobalFonts.has(SERIF)) {
  for (const face of FACES) {
    const file = `@expo-google-fonts/eb-garamond/${face}/EBGaramond_${face}.ttf`;
    const path = fileURLToPath(import.meta.resolve(file));
    if (GlobalFonts.registerFromPath(path, SERIF) === null) {
      throw new Error(`The font ${path} could not be read.`);
    }
  }
}

/** The system's families, serifs first. A last resort's glyphs are boxes by another name. */
const SYSTEM = GlobalFonts.families
  .map(({ family }) => family)
  .filter((family) => family !== SERIF && !/["\\]|^\.|last ?resort/i.test(family))
  .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));

function rank(family: string): number {
  if (/mono|math|condensed|narrow|symbol|emoji/i.test(family)) return 2;
  return /serif|roman|mincho|song|batang|naskh/i.test(family) && !/sans/i.test(family) ? 0 : 1;
}

/**
 * The font that shows every character of a text: the card's serif and, for what it lacks, as few
 * of the system's families as will do. Undefined when there is a character none of them has.
 */
export function findFont(text: string): Font | undefined {
  const families = [SERIF];
  let missing = [...new Set(text)].filter((character) => !shows(SERIF, character));
  while (missing.length > 0) {
    const lacks = (family: string) => missing.filter((character) => !shows(family, character));
    const best = SYSTEM.map((family) => ({ family, left: lacks(family) })).reduce<
      { family: string; left: string[] } | undefined
    >((one, other) => (one && one.left.length <= other.left.length ? one : other), undefined);
    if (best === undefined || best.left.length === missing.length) return undefined;
    families.push(best.family);
    missing = best.left;
  }
  const list = families.map((family) => `"${family}"`).join(', ');
  return (size, { italic, bold }) =>
    `${italic ? 'italic ' : ''}${bold ? 'bold ' : ''}${size}px ${list}`;
}

/** White space and what fonts ignore by default: it needs no glyph. */
const INVISIBLE = /^[\s\p{Default_Ignorable_Code_Point}]$/u;
/** A noncharacter, which Unicode promises never to assign: no font has it. */
const NO_CHARACTER = '\u{10fffe}';

const known = new Map<string, boolean>();

/**
 * Whether a family has a glyph for a character, asked of the renderer itself: it has none when
 * the picture is empty or the box of a character that nobody has.
 */
function shows(family: string, character: string): boolean {
  const key = `${character}${family}`;
  let shown = known.get(key);
  if (shown === undefined) {
    shown = INVISIBLE.test(character) || !isFailure(picture(family, character));
    known.set(key, shown);
  }
  return shown;
}

let failures: Buffer[] | undefined;

function isFailure(drawn: Buffer): boolean {
  failures ??= [picture(SERIF, ' '), picture(SERIF, NO_CHARACTER)];
  return failures.some((failure) => failure.equals(drawn));
}

const PROBE = 48;
let probe: SKRSContext2D | undefined;

function picture(family: string, character: string): Buffer {
  probe ??= createCanvas(PROBE, PROBE).getContext('2d');
  probe.clearRect(0, 0, PROBE, PROBE);
  // With the serif in front, whatever the family lacks comes out as the serif's box.
  probe.font = `${PROBE / 2}px "${SERIF}", "${family}"`;
  probe.fillText(character, PROBE / 4, (PROBE * 3) / 4);
  return Buffer.from(probe.getImageData(0, 0, PROBE, PROBE).data.buffer);
}
