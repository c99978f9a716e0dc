import type { Canvas, SKRSContext2D } from '@napi-rs/canvas';
import type { Font } from './font.ts';
import type { Run } from './style.ts';

/** Measures and writes runs, at a size in pixels. */
export interface Pen {
  readonly context: SKRSContext2D;
  width(runs: readonly Run[], size: number): number;
  /** Writes runs one after another, from the left edge `x` on the baseline `y`. */
  write(runs: readonly Run[], size: number, x: number, y: number): void;
}

/** A pen for a canvas. The language (BCP 47) picks a font's own forms of a letter. */
export function penFor(canvas: Canvas, font: Font, language: string): Pen {
  const context = canvas.getContext('2d');
  context.lang = language;
  context.textAlign = 'left';
  const widthOf = (run: Run, size: number) => {
    context.font = font(size, run);
    return context.measureText(run.text).width;
  };
  return {
    context,
    width: (runs, size) => runs.reduce((sum, run) => sum + widthOf(run, size), 0),
    write(runs, size, x, y) {
      let at = x;
      for (const run of runs) {
        const width = widthOf(run, size);
        context.fillText(run.text, at, y);
        at += width;
      }
    },
  };
}
