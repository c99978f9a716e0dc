import { withoutIsolates } from '../story/direction.ts';
import type { Passage, Story } from '../story/story.ts';
import { footerLine, headingLine, SCENE_LINE } from './frame.ts';
import { toMarkdown } from './markdown.ts';

/** Passages that are shown in one message, the first and the last; `to` is `from` - 1 for none. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A stretch of at least one passage as a message shows it: the passages' texts, and the footer. */
export function stretchText(story: Story, { from, to }: Stretch): string {
  const body = stretchBody(story, { from, to });
  return `${body}\n${footerLine(story.title, from, story.length, to)}`;
}

/** The texts of a stretch, each under what stands over it. */
export function stretchBody(story: Story, { from, to }: Stretch): string {
  const numbers = Array.from({ length: to - from + 1 }, (_, at) => from + at);
  return numbers.map((number) => passageBody(story, number)).join('\n\n');
}

/** A passage's chapter headings, the mark of a scene break, and its text, to the character. */
function passageBody(story: Story, number: number): string {
  const passage = passageAt(story, number);
  const headings = story.chapters.filter(({ first }) => first === number);
  return [
    ...headings.map(({ title }) => headingLine(title)),
    ...(passage.scene ? [SCENE_LINE] : []),
    toMarkdown(passage),
  ].join('\n');
}

/** The passage of a number. Throws a RangeError where there is none. */
export function passageAt(story: Story, number: number): Passage {
  const passage = story.passage(number);
  if (passage === undefined) throw new RangeError(`${story.slug} has no passage ${number}`);
  return passage;
}

/**
 * What a message in that shape tells; `undefined` when it has another. Text and title are as
 * escaped, the title without isolates, and without what stands over the first passage: no passage's text begins like a heading or,
 * as a quote does, like a block quote.
 */
export function toldIn(
  content: string,
): { text: string; title: string; stretch: Stretch } | undefined {
  const shape = /^(?<body>[\s\S]+)\n-# (?<title>.+) · (?:(?<from>\d+)–)?(?<to>\d+) of \d+$/;
  const { body, title, to, from = to } = shape.exec(content.trimEnd())?.groups ?? {};
  const text = body === undefined ? '' : bareText(body);
  if (text === '' || text.startsWith('> ') || title === undefined) return undefined;
  return { text, title: withoutIsolates(title), stretch: { from: Number(from), to: Number(to) } };
}

/** The text of a stretch without the headings and the mark over its first passage. */
export function bareText(body: string): string {
  return body.replace(/^(?:### .*\n)*(?:-# ⁂\n)?/, '');
}
