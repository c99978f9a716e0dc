import { type Choice, UserError } from '../command.ts';
import { CHOICE_LIMIT, choiceName, fold } from '../message/choice.ts';
import { inlineTitle } from '../message/markdown.ts';
import type { Library } from '../story/library.ts';
import type { Story } from '../story/story.ts';
import type { Words } from '../words/words.ts';
import { isForAll } from './audience.ts';

/**
 * The stories for what was typed so far, best first, as many as Discord shows; by slug. What is
 * told in age-restricted channels only is offered everywhere, and says its rating.
 */
export function storyChoices(stories: readonly Story[], typed: string, words: Words): Choice[] {
  const wanted = fold(typed);
  return stories
    .map((story) => ({ story, rank: rank(story, wanted) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .slice(0, 25)
    .map(({ story }) => ({ name: nameOf(story, words), value: story.slug }));
}

function nameOf({ title, author, rating }: Story, words: Words): string {
  const mark = isForAll(rating) ? '' : ` · ${words(`card.rating.${rating}`)}`;
  const name = author ? `${title} · ${author}` : title;
  return `${choiceName(name, CHOICE_LIMIT - mark.length)}${mark}`;
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
