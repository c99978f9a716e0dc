import { linesOf } from './lines.ts';
import type { Line, Story } from './story.ts';

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

/** The lines of one passage; none where there is no such passage. */
export function linesAt(story: Story, number: number): Line[] {
  const passage = story.passages[number - 1];
  return passage ? linesOf(passage, story.language) : [];
}
