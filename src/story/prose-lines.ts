import type { Emphasis, Prose } from './story.ts';

/** Proses as one, with the same text between each two. */
export function joinProse(parts: readonly Prose[], between: string): Prose {
  const texts: string[] = [];
  const emphasis: Emphasis[] = [];
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

/** Without white space around the text and within the ends of its emphasis. */
export function trimmed({ text: whole, emphasis: spans }: Prose): Prose {
  const text = whole.trim();
  if (spans.length === 0) return { text, emphasis: [] };
  const offset = whole.length - whole.trimStart().length;
  const emphasis: Emphasis[] = [];
  for (const { start: from, end: to, strong } of spans) {
    let start = Math.max(0, from - offset);
    let end = Math.min(text.length, to - offset);
    while (start < end && isSpace(text, start)) start++;
    while (start < end && isSpace(text, end - 1)) end--;
    if (start < end) emphasis.push({ start, end, strong });
  }
  emphasis.sort((a, b) => a.start - b.start || b.end - a.end);
  return { text, emphasis };
}

function isSpace(text: string, at: number): boolean {
  return /\s/.test(text.charAt(at));
}
