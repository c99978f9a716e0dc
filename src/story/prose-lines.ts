import type { Prose } from './story.ts';

/** Proses as one, with the same text between each two. */
export function joinProse(parts: readonly Prose[], between: string): Prose {
  const texts: string[] = [];
  const emphasis: Prose['emphasis'][number][] = [];
  let length = 0;
  for (const part of parts) {
    if (texts.length > 0) length += between.length;
    for (const { start, end, strong } of part.emphasis) {
      emphasis.push({ start: start + length, end: end + length, strong });
    }
    texts.push(part.text);
    length += part.text.length;
  }
  return { text: texts.join(between), emphasis };
}

export function plain(text: string): Prose {
  return { text, emphasis: [] };
}
