import type { MessageBody } from '../reading/record.ts';
import type { Line, Story } from '../story/story.ts';
import type { Words } from '../words/words.ts';
import { customId } from './buttons.ts';
import { excerpt } from './excerpt.ts';
import { pageButtons, pageWithin, quoteMenu } from './line-menu.ts';

const PAGE_LENGTH = 10;
/** Ten of these, their places and the heading are one message. */
const HIT_LENGTH = 170;

export interface SearchPage {
  readonly wanted: string;
  readonly page: string;
  /** Whether `lines` is all there is. */
  readonly isAll: boolean;
}

/** One page of the lines that were found, with a menu to quote one of them. */
export function searchMessage(
  story: Story,
  lines: readonly Line[],
  { wanted, page: state, isAll }: SearchPage,
  words: Words,
): MessageBody {
  const pages = Math.ceil(lines.length / PAGE_LENGTH);
  const page = pageWithin(state, pages);
  const shown = lines.slice(page * PAGE_LENGTH, (page + 1) * PAGE_LENGTH);
  const count = lines.length;
  return {
    content: [
      `### ${isAll ? words('search.title', { count }) : words('search.most', { count })}`,
      ...shown.map(({ passage, text }) =>
        words('search.hit', { passage, text: excerpt(text, HIT_LENGTH) }),
      ),
      ...(pages > 1 ? [`-# ${words('menu.page', { page: page + 1, pages })}`] : []),
    ].join('\n'),
    components: [
      ...quoteMenu(story, shown, words),
      ...pageButtons(page, pages, (to) => customId('search', to, wanted), words),
    ],
  };
}
