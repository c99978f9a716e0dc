import { type Choice, UserError } from '../command.ts';
import { choiceName, fold } from '../message/choice.ts';
import { inlineTitle } from '../message/markdown.ts';
import type { Library } from '../story/library.ts';
import type { Story } from '../story/story.ts';
import type { Words } from '../words/words.ts';

/** The stories for what was typed so far, best first, as many as Discord shows; by slug. */
export function storyChoices(stories: readonly Story[], typed: string): Choice[] {
  const wanted = fold(typed);
  return stories
    .map((story) => ({ story, rank: rank(story, wanted) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .slice(0, 25)
    .map(({ story: { title, author, slug } }) => ({
      name: choiceName(author ? `${title} · ${author}` : title),
      value: slug,
    }));
}

/** How well a story answers to what was typed; 0 when not at all. */
function rank({ title, author = '', slug }: Story, typed: string): number {
  if (fold(title).startsWith(typed)) return 3;
  if (fold(title).includes(typed) || slug.includes(typed)) return 2;
  return fold(author).includes(typed) ? 1 : 0;
}

/** The story of a slug, as the list has it, or of a title typed out. */
export function storyCalled(library: Library, wanted: string): Story | undefined {
  const title = fold(wanted);
  return library.get(wanted) ?? library.stories.find((story) => fold(story.title) === title);
}

/** The same. Throws a `UserError` where there is none. */
export function findStory(library: Library, wanted: string, words: Words): Story {
  const story = storyCalled(library, wanted);
  if (story === undefined) {
    throw new UserError(words('refusal.noStory', { story: inlineTitle(wanted) }));
  }
  return story;
}
