import { hashText } from './anchor.ts';
import { findPassage } from './find-passage.ts';
import { linesOf } from './lines.ts';
import type { Line, Passage, Story } from './story.ts';

/** A line's number, as the value of a choice: "#7.3" is the third line of passage 7. */
export function lineName({ passage, number }: Line): string {
  return `#${passage}.${number}`;
}

/** The line of a name: whatever is no name of a line up to passage `last` is none. */
export function lineNamed(story: Story, name: string, last: number): Line | undefined {
  const [, passage, number] = /^#(\d{1,7})\.(\d{1,7})$/.exec(name) ?? [];
  if (passage === undefined || Number(passage) > last) return undefined;
  return linesAt(story, Number(passage))[Number(number) - 1];
}

/** Whether a text has the form of a line's name. */
export function isLineName(text: string): boolean {
  return /^#\d{1,7}\.\d{1,7}$/.test(text);
}

/**
 * A line's name with a hash of its text, for buttons and menus that live longer than a story's
 * edition: "#7.3:<hash>". Whoever does not know the text can't make one up.
 */
export function lineMark(line: Line): string {
  return `${lineName(line)}:${hashText(line.text)}`;
}

/** The line of a mark, as `lineOfHash` finds it; the one that stood there comes first. */
export async function lineMarked(
  story: Story,
  mark: string,
  last: number,
): Promise<Line | undefined> {
  const [name = '', hash = ''] = mark.split(':');
  const named = lineNamed(story, name, last);
  if (named !== undefined && hashText(named.text) === hash) return named;
  const stood = Number(/^#(\d{1,7})\./.exec(name)?.[1] ?? Number.NaN);
  return await lineOfHash(story, hash, stood, last);
}

/**
 * The line whose text has this hash, up to passage `last`, nearest to the passage where it `stood`.
 */
export async function lineOfHash(
  story: Story,
  hash: string,
  stood: number,
  last: number,
): Promise<Line | undefined> {
  const lineIn = (passage: Passage) =>
    linesOf(passage, story.language).find((line) => hashText(line.text) === hash);
  const passage = await findPassage(
    story,
    { near: stood, last },
    (one) => lineIn(one) !== undefined,
  );
  return passage && lineIn(passage);
}

/** The lines of one passage; none where there is no such passage. */
export function linesAt(story: Story, number: number): Line[] {
  const passage = story.passage(number);
  return passage ? linesOf(passage, story.language) : [];
}
