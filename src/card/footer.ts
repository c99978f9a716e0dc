import { isRightToLeft } from '../story/direction.ts';
import { MARGIN, WIDTH } from './layout.ts';
import type { Pen } from './pen.ts';
import type { Run } from './style.ts';

export interface Footer {
  readonly title: string;
  /** Can be empty. */
  readonly author: string;
  /** The card's height in pixels. */
  readonly bottom: number;
  readonly rightToLeft: boolean;
}

const SIZE = 36;
const ROOM = WIDTH - 2 * MARGIN;
const RULE = { width: 56, height: 3 };
/** Above the card's lower edge: the rule, and the baselines of the one line or the two. */
const RULE_AT = 160;
const FIRST_LINE = 98;
const SECOND_LINE = 52;

/** Writes the title in italics, the author after it or, where both are too wide, under it. */
export function drawFooter(
  pen: Pen,
  { title, author, bottom, rightToLeft }: Footer,
  colours: { readonly small: string; readonly lamp: string },
): void {
  const left = (width: number) => (rightToLeft ? WIDTH - MARGIN - width : MARGIN);
  pen.context.fillStyle = colours.lamp;
  pen.context.fillRect(left(RULE.width), bottom - RULE_AT, RULE.width, RULE.height);

  pen.context.fillStyle = colours.small;
  const italic = { text: title, italic: !isRightToLeft(title), bold: false };
  const upright = (text: string): Run => ({ text, italic: false, bold: false });
  const both = author === '' ? [italic] : [italic, upright('  ·  '), upright(author)];
  const width = pen.width(both, SIZE);
  if (width <= ROOM) {
    pen.write(rightToLeft ? both.reverse() : both, SIZE, left(width), bottom - FIRST_LINE);
    return;
  }
  const lines = [shortened(pen, italic), shortened(pen, upright(author))];
  lines.forEach((line, number) => {
    const y = bottom - (number === 0 ? FIRST_LINE : SECOND_LINE);
    pen.write([line], SIZE, left(pen.width([line], SIZE)), y);
  });
}

/** As much of a run as there is room for, with an ellipsis when that is not all. */
function shortened(pen: Pen, run: Run): Run {
  const graphemes = Array.from(new Intl.Segmenter().segment(run.text), ({ segment }) => segment);
  let short = run;
  while (graphemes.length > 0 && pen.width([short], SIZE) > ROOM) {
    graphemes.pop();
    short = { ...run, text: `${graphemes.join('').trimEnd()}…` };
  }
  return short;
}
