import { type parse as Parse, parse } from 'discord-markdown-parser';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MESSAGE_LIMIT } from '../src/message/frame.ts';
import { quoteText } from '../src/message/quote.ts';
import type { Emphasis, Line } from '../src/story/story.ts';
import { wordsFor } from '../src/words/words.ts';
import { passageOf, storyOfPassages } from './book.ts';
import { nastyText } from './texts/nasty.ts';

type Node = ReturnType<typeof Parse>[number];

/** What a reader sees of a row: all of it, or only what no spoiler mark hides. */
function seen(markdown: string, unhidden: boolean): string {
  const visit = (node: Node): string => {
    const { type } = node;
    const content: unknown = node['content'];
    if (type === 'spoiler' && unhidden) return '';
    if (type === 'br') return '\n';
    if (type === 'twemoji' && typeof node['name'] === 'string') return node['name'];
    if (typeof content === 'string') return content;
    return Array.isArray(content) ? content.map(visit).join('') : '';
  };
  return parse(markdown, 'extended').map(visit).join('');
}

const line = nastyText(12)
  .map((text) => text.trim())
  .filter((text) => text !== '')
  .chain((text) =>
    fc
      .array(fc.tuple(fc.nat(text.length), fc.nat(text.length), fc.boolean()), { maxLength: 3 })
      .map((spans): Line => {
        const emphasis = spans.map(
          ([a, b, strong]): Emphasis => ({ start: Math.min(a, b), end: Math.max(a, b), strong }),
        );
        return { text, emphasis, passage: 1, number: 1 };
      }),
  );

function quoted(line: Line, isAhead: boolean): string {
  const story = storyOfPassages([passageOf(line.text, line.emphasis)]);
  return quoteText({ story, line, who: 'Ann', isAhead }, wordsFor('en'));
}

test.each([false, true])(
  'a quote shows the line’s characters; ahead (%s) behind marks',
  (ahead) => {
    fc.assert(
      fc.property(line, (line) => {
        const content = quoted(line, ahead);
        expect(content.length).toBeLessThanOrEqual(MESSAGE_LIMIT);
        const rows = content.split('\n').slice(0, -1);
        for (const row of rows) expect(row).toMatch(/^> /);
        // Row by row, as some clients read a block quote.
        const bare = rows.map((row) => row.slice(2));
        expect(bare.map((row) => seen(row, false).replaceAll('\u200b', '')).join('\n')).toBe(
          line.text.replaceAll('\u200b', ''),
        );
        if (ahead) for (const row of bare) expect(seen(row, true).trim()).toBe('');
      }),
      { numRuns: 2000 },
    );
  },
);
