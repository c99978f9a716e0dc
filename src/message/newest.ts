import { placeToContinue } from '../reading/place-left.ts';
import type { Components } from '../reading/record.ts';
import type { Channel } from '../reading/turn.ts';
import type { Words } from '../words/words.ts';
import { cardComponents } from './card.ts';
import { passageComponents } from './passage.ts';

/**
 * What stands under a channel's newest message as the reading is now: its title card or a passage.
 * An ending keeps what it has.
 */
export function newestComponents(
  { reading, story, left }: Channel,
  words: Words,
): Components | undefined {
  if (reading === undefined || story === undefined || reading.ended !== undefined) return undefined;
  if (reading.serial > 0) return passageComponents(story, reading, words);
  const place = placeToContinue({ left }, story, reading.position + 1);
  return cardComponents(reading, place, words);
}
