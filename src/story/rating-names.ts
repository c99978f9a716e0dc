import { RATINGS, type Rating } from './story.ts';

// Archive of Our Own's names; those of FanFiction.Net and FictionPress
// (https://www.fanfiction.net/guidelines/); the American films' that older archives use; those of
// <meta name="rating">, RTA's label among them (https://www.rtalabel.org/).
const BY_NAME: Readonly<Record<string, Rating>> = {
  'general audiences': 'general',
  'teen and up audiences': 'teen',
  mature: 'mature',
  explicit: 'explicit',
  // Nobody has said that it is for everybody.
  'not rated': 'mature',
  k: 'general',
  'k+': 'general',
  t: 'teen',
  m: 'mature',
  ma: 'explicit',
  g: 'general',
  pg: 'general',
  'pg-13': 'teen',
  r: 'mature',
  'nc-17': 'explicit',
  general: 'general',
  'safe for kids': 'general',
  teen: 'teen',
  '14 years': 'teen',
  restricted: 'explicit',
  adult: 'explicit',
  'rta-5042-1996-1400-1577-rta': 'explicit',
};

// As tags of a book, where a letter or a common word would mean anything.
const TAGS = new Set([
  'General Audiences',
  'Teen And Up Audiences',
  'Mature',
  'Explicit',
  'Not Rated',
]);

/** The rating that an archive calls so; undefined for any other name. */
export function ratingNamed(name: string): Rating | undefined {
  const plain = name
    .trim()
    .toLowerCase()
    .replace(/^(?:fiction|rated:?)\s+/, '');
  return Object.hasOwn(BY_NAME, plain) ? BY_NAME[plain] : undefined;
}

/** The rating among the tags of a book; the strictest where there are several. */
export function ratingTagged(tags: readonly string[]): Rating | undefined {
  return strictest(tags.filter((tag) => TAGS.has(tag)).map(ratingNamed));
}

export function strictest(ratings: readonly (Rating | undefined)[]): Rating | undefined {
  return RATINGS.findLast((rating) => ratings.includes(rating));
}
