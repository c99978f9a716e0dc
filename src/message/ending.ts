import type { MessageBody, Reading } from '../reading/record.ts';
import type { Story } from '../story/story.ts';
import type { Words } from '../words/words.ts';
import { inlineTitle } from './markdown.ts';
import { placeOf } from './place.ts';
import { span } from './time.ts';

/** What is told, once, when the story is over. */
export function endingMessage(story: Story, reading: Reading, words: Words): MessageBody {
  const title = inlineTitle(story.title);
  const took = (reading.ended ?? reading.begun) - reading.begun;
  const time = span(took, words('locale')) ?? words('ending.moment');
  return {
    content: [
      `### ${words('ending.title')}`,
      words('ending.told', { title }),
      `-# ${words('ending.facts', { title, count: story.passages.length, time })}`,
    ].join('\n'),
    components: [],
  };
}

/** What is told when a reading is closed. */
export function closedMessage(
  reading: Reading,
  story: Story | undefined,
  words: Words,
): MessageBody {
  const total = story?.passages.length ?? reading.position;
  const place = placeOf(reading.position, total);
  // Only a place in the middle is one to go on from.
  const isKept = reading.serial > 0 && (story === undefined || reading.position < total);
  return {
    content: [
      words('closed.notice', { title: inlineTitle(reading.title) }),
      `-# ${isKept ? words('closed.kept', { place }) : place}`,
    ].join('\n'),
    components: [],
  };
}
