import { choiceName } from './choice.ts';
import { escapeText } from './markdown.ts';

/** A text's beginning for a list, as Discord markdown of at most `most` UTF-16 units. */
export function excerpt(text: string, most: number): string {
  const whole = escapeText(choiceName(text));
  // Escaped, a text is at most twice as long.
  return whole.length <= most ? whole : escapeText(choiceName(text, Math.floor(most / 2)));
}
