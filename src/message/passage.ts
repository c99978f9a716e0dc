import { ButtonStyle } from 'discord.js';
import { shownBy } from '../reading/move.ts';
import type { Components, MessageBody, Reading } from '../reading/record.ts';
import type { Story } from '../story/story.ts';
import type { Words } from '../words/words.ts';
import { button, label, row } from './buttons.ts';
import { linesId } from './line-menu.ts';
import { onwardButtons } from './onward.ts';
import { stretchText } from './stretch.ts';

/** The passage at a reading's position, or the page that ends there, with its buttons. */
export function passageMessage(story: Story, reading: Reading, words: Words): MessageBody {
  return {
    content: stretchText(story, shownBy(reading)),
    components: passageComponents(story, reading, words),
  };
}

/**
 * The buttons of the passage at a reading's position: to the next one, and to quote a line. The
 * last passage has them too: its Next leads to the ending.
 */
export function passageComponents(story: Story, reading: Reading, words: Words): Components {
  return row(
    ...onwardButtons(reading, 'next', words),
    button(label('quote', words), linesId(story, shownBy(reading)), ButtonStyle.Secondary),
  );
}
