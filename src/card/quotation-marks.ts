/** A language's quotation marks: double opening and closing, single opening and closing. */
type Marks = readonly [string, string, string, string];

const ENGLISH: Marks = ['“', '”', '‘', '’'];

/** As CLDR has them, where they differ from English ones in more than the spaces around them. */
const MARKS: Readonly<Record<string, Marks>> = {
  be: ['«', '»', '„', '“'],
  bg: ['„', '“', '‚', '‘'],
  cs: ['„', '“', '‚', '‘'],
  de: ['„', '“', '‚', '‘'],
  el: ['«', '»', '“', '”'],
  et: ['„', '“', '‚', '‘'],
  fi: ['”', '”', '’', '’'],
  hu: ['„', '”', '‚', '’'],
  is: ['„', '“', '‚', '‘'],
  lt: ['„', '“', '‚', '‘'],
  pl: ['„', '”', '‚', '’'],
  ro: ['„', '”', '‚', '’'],
  ru: ['«', '»', '„', '“'],
  sk: ['„', '“', '‚', '‘'],
  sl: ['„', '“', '‚', '‘'],
  sv: ['”', '”', '’', '’'],
  uk: ['«', '»', '„', '“'],
};

const APOSTROPHE = '’';
/** Words that begin with an apostrophe, and years: 'tis, 'em, '68. */
const ELISION =
  /^'(?:tis|twas|twere|twill|twould|em|til|till|cause|bout|round|neath|gainst|cept|kay|sup|n|\d\ds?)(?!\p{L})/iu;
const OPENS_AFTER = /^$|[\s\p{Ps}\p{Pi}\p{Pd}/]/u;
const SPACE_OR_END = /^$|\s/u;
const WORD = /[\p{L}\p{N}]/u;

/**
 * The text with its straight quotation marks and apostrophes set as typographic ones, each in the
 * place of one: every position in the text stays what it was. All other characters stay.
 */
export function setQuotationMarks(text: string, language: string): string {
  if (!/["']/.test(text)) return text;
  const [openDouble, closeDouble, openSingle, closeSingle] =
    MARKS[language.split('-')[0]?.toLowerCase() ?? ''] ?? ENGLISH;
  let set = '';
  // What stands open. A line can begin in the middle of speech, so its place counts for more.
  let inDouble = false;
  let inSingle = false;
  let afterOpening = true;
  for (let at = 0; at < text.length; at++) {
    const mark = text.charAt(at);
    const after = text.charAt(at + 1);
    const opens: boolean = afterOpening && !SPACE_OR_END.test(after);
    afterOpening = OPENS_AFTER.test(mark);
    if (mark === '"') {
      // Marks with no space on either side, as in `him..."I never"`, take turns.
      inDouble = opens || (!inDouble && WORD.test(after));
      afterOpening = inDouble;
      set += inDouble ? openDouble : closeDouble;
    } else if (mark === "'") {
      const begins: boolean = opens && !ELISION.test(text.slice(at, at + 9));
      const ends = inSingle && !begins && !WORD.test(after);
      if (begins) inSingle = true;
      else if (ends) inSingle = false;
      afterOpening = begins;
      set += begins ? openSingle : ends ? closeSingle : APOSTROPHE;
    } else {
      set += mark;
    }
  }
  return set;
}
