import { ClientRefusal } from './discord/command-input.ts';
import type { Reader } from './discord/reader.ts';
import type { Channel } from './discord/world.ts';

/** A message's length in UTF-16 units: docs.discord.com, "Create Message". */
const LONGEST_MESSAGE = 2000;

/** Writes an ordinary message, as Discord's client lets people. Throws `ClientRefusal`. */
export function say(reader: Reader, channel: Channel, text: string): void {
  if (!/\S/.test(text)) throw new ClientRefusal('There is nothing to send yet.');
  if (text.length > LONGEST_MESSAGE) {
    throw new ClientRefusal(`A message has at most ${LONGEST_MESSAGE} characters.`);
  }
  reader.say(channel, text);
}
