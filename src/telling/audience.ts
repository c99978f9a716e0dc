import { type Context, UserError } from '../command.ts';
import { inlineTitle } from '../message/markdown.ts';
import type { Rating, Story } from '../story/story.ts';

type RatingForAll = 'general' | 'teen';

/** A story of this rating is not told or quoted here. */
export class RatingRefusal extends UserError {
  readonly rating: Exclude<Rating, RatingForAll>;

  constructor(message: string, rating: RatingRefusal['rating']) {
    super(message);
    this.rating = rating;
  }
}

/** Whether stories of this rating are told everywhere; the others in age-restricted channels only. */
export function isForAll(rating: Rating): rating is RatingForAll {
  return rating === 'general' || rating === 'teen';
}

/** Whether lines of a story may be shown here, to everybody or to one alone. Throws `NoTurn`. */
export async function mayHear(
  { rating }: Pick<Story, 'rating'>,
  { ageRestriction }: Pick<Context, 'ageRestriction'>,
): Promise<boolean> {
  return isForAll(rating) || (await ageRestriction()) === 'on';
}

/** Throws a `RatingRefusal` where no line of the story may be shown, and `NoTurn`. */
export async function assertMayHear(
  { rating, title }: Pick<Story, 'rating' | 'title'>,
  { ageRestriction, words }: Pick<Context, 'ageRestriction' | 'words'>,
): Promise<void> {
  if (isForAll(rating)) return;
  const restriction = await ageRestriction();
  if (restriction === 'on') return;
  const about = { title: inlineTitle(title), rating: words(`card.rating.${rating}`) };
  throw new RatingRefusal(words(`refusal.rated.${restriction}`, about), rating);
}
