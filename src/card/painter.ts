import { createWorkerQueue, type Limits } from '../worker-queue.ts';
import { inThread } from '../worker-thread.ts';
import { type Card, LONGEST_TEXT } from './card.ts';

/*
 * The renderer is @napi-rs/canvas (Skia): 60 ms for a line of 1,000 characters, and the only one
 * that measures text, lets us break and hang it ourselves, and puts right-to-left text in order.
 * @resvg/resvg-js (69 ms) measures nothing, so lines can't be broken with it; satori with resvg
 * (90 ms, three times the memory) breaks lines but knows no right-to-left text; sharp's Pango
 * (40 ms) breaks lines greedily, and can neither hang nor balance them.
 */

/** Fifty at once are a lively room. A card that waits is a few kilobytes. */
const LIMITS: Limits = { waiting: 64, job: 10_000, idle: 60_000 };
/** Megabytes. */
const HEAP = 64;

export interface CardPainter {
  /**
   * Paints a line as a PNG, 1,200 pixels wide, off the main thread. Resolves to undefined when
   * the line can't be set well: longer than LONGEST_TEXT, or in a script no font at hand has.
   * Rejects with a QueueFullError when too many cards are waiting, and when the renderer fails.
   * The caller then quotes it as text.
   */
  paint(card: Card): Promise<Buffer | undefined>;
  /** Ends the worker; cards that wait are rejected. */
  close(): Promise<void>;
}

/** Makes a painter of cards. It costs nothing until the first card. */
export function createCardPainter(): CardPainter {
  const queue = createWorkerQueue(inThread(new URL('worker.ts', import.meta.url), HEAP), LIMITS);
  return {
    async paint(card) {
      if (card.prose.text.length > LONGEST_TEXT) return undefined;
      const png = await queue.run(card);
      return png instanceof Uint8Array
        ? Buffer.from(png.buffer, png.byteOffset, png.byteLength)
        : undefined;
    },
    close: () => queue.close(),
  };
}
