import { createCanvas } from '@napi-rs/canvas';
import { isRightToLeft } from '../story/direction.ts';
import { type Card, LONGEST_TEXT } from './card.ts';
import { findFont } from './font.ts';
import { drawFooter } from './footer.ts';
import { type Layout, layOut, MARGIN, WIDTH } from './layout.ts';
import { type Pen, penFor } from './pen.ts';
import { setQuotationMarks } from './quotation-marks.ts';
import { type Styler, styler } from './style.ts';

const COLOURS = {
  light: { paper: '#faf6ee', ink: '#2b2620', small: '#6f6456', lamp: '#b9812b' },
  dark: { paper: '#1d1a17', ink: '#ece3d4', small: '#a0958a', lamp: '#d9a441' },
} as const;

/** Widths are measured once, at this size: the renderer does not hint, so they are in proportion. */
const EM = 100;
/** More of a title or an author never fits in their line, in UTF-16 units. */
const LONGEST_NAME = 300;
const HANGING = /^["'“‘„‚«‹”’]+/u;

/**
 * Paints a line as a PNG: 1,200 pixels wide, and 630 to 1,500 high. Undefined when it can't be
 * set well: too long, too many verses, or a character that no font at hand has.
 */
export function paint(card: Card): Buffer | undefined {
  const { language, theme } = card;
  if (card.prose.text.length > LONGEST_TEXT || card.prose.text.trim() === '') return undefined;
  const text = setQuotationMarks(card.prose.text, language).replaceAll('\t', ' ');
  const [title = '', author = ''] = [card.title, card.author ?? ''].map((name) =>
    setQuotationMarks(name.slice(0, LONGEST_NAME), language).replaceAll(/\s+/g, ' '),
  );
  // The footer adds a middle dot or an ellipsis of its own.
  const font = findFont(`${text}${title}${author}·…`);
  if (font === undefined) return undefined;

  const runs = styler({ text, emphasis: card.prose.emphasis });
  const ruler = penFor(createCanvas(1, 1), font, language);
  const layout = layOut(text, (from, to) => ruler.width(runs(from, to), EM) / EM);
  if (layout === undefined) return undefined;

  const canvas = createCanvas(WIDTH, layout.height);
  const pen = penFor(canvas, font, language);
  const colours = COLOURS[theme];
  pen.context.fillStyle = colours.paper;
  pen.context.fillRect(0, 0, WIDTH, layout.height);
  const rightToLeft = isRightToLeft(text);
  pen.context.direction = rightToLeft ? 'rtl' : 'ltr';
  pen.context.fillStyle = colours.ink;
  drawText(pen, text, layout, runs, rightToLeft);
  drawFooter(pen, { title, author, bottom: layout.height, rightToLeft }, colours);
  return canvas.toBuffer('image/png');
}

function drawText(
  pen: Pen,
  text: string,
  { size, leading, baseline, lines }: Layout,
  runs: Styler,
  rightToLeft: boolean,
): void {
  lines.forEach(({ start, end }, number) => {
    const line = runs(start, end);
    // An opening quotation mark hangs in the margin, so that the letters stand in one edge.
    const mark = HANGING.exec(text.slice(start, end))?.[0] ?? '';
    const x = rightToLeft
      ? WIDTH - MARGIN - pen.width(line, size)
      : MARGIN - pen.width(runs(start, start + mark.length), size);
    pen.write(line, size, x, baseline + number * leading);
  });
}
