import { readdirSync, readFileSync } from 'node:fs';
import { type parse as Parse, parse } from 'discord-markdown-parser';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitsMessage } from '../src/message/fits.ts';
import { footerLine, headingLine, MESSAGE_LIMIT } from '../src/message/frame.ts';
import { escapeText, inlineTitle, toMarkdown } from '../src/message/markdown.ts';
import { parseStory } from '../src/story/parse.ts';
import type { Emphasis, Prose } from '../src/story/story.ts';
import { longParagraph, nastyText } from './texts/nasty.ts';

type Node = ReturnType<typeof Parse>[number];

const plain = (text: string): Prose => ({ text, emphasis: [] });

const UNSEEN_BY_THE_JUDGE = [
  /^\s*(?:[-+*]|\d+\.)\s/m,
  /^\s*(?:[#>]|-#)/m,
  /(?<!\\)[[<]/,
  /(?<!\\):\/\//,
  /(?<!\\)@(?:everyone|here)/i,
  /(?<!\\):[^\s:]+:/,
  /discord(?:app)?\.[a-z]+[/\\]/i,
];

/** One style a UTF-16 unit: '-', 'e' emphasis, 's' strong, 'b' both. */
interface Shown {
  text: string;
  styles: string;
}

/**
 * What a reader sees, as discord-markdown-parser reads Discord's markdown: an independent judge.
 * Anything but text, line breaks and emphasis stands out as its node.
 *
 * The judge knows nothing of lists, masked links and invite links, and lets subtext and headings
 * begin in the middle of a line; those are looked at below, by hand.
 */
function shown(markdown: string): Shown {
  const all: Shown = { text: '', styles: '' };
  const add = (text: string, em: boolean, strong: boolean) => {
    all.text += text;
    all.styles += (em ? (strong ? 'b' : 'e') : strong ? 's' : '-').repeat(text.length);
  };
  const visit = (node: Node, em: boolean, strong: boolean) => {
    const { type } = node;
    const content: unknown = node['content'];
    if (type === 'text' && typeof content === 'string') add(content, em, strong);
    // An emoji that stands in the text itself, drawn as Discord draws it.
    else if (type === 'twemoji' && typeof node['name'] === 'string') add(node['name'], em, strong);
    else if (type === 'br') add('\n', em, strong);
    else if ((type === 'em' || type === 'strong') && Array.isArray(content)) {
      for (const child of content) visit(child, em || type === 'em', strong || type === 'strong');
    } else add(`[[${JSON.stringify(node)}]]`, em, strong);
  };
  for (const node of parse(markdown, 'extended')) visit(node, false, false);
  return all;
}

/** The styles that the prose asks for; white space has none that anyone could see. */
function asked({ text, emphasis }: Prose): string {
  const style = (at: number) => {
    const over = emphasis.filter((span) => span.start <= at && at < span.end);
    const em = over.some((span) => !span.strong);
    const strong = over.some((span) => span.strong);
    return em ? (strong ? 'b' : 'e') : strong ? 's' : '-';
  };
  return Array.from({ length: text.length }, (_, at) => style(at)).join('');
}

/** The styles at whatever is not white space. */
const inked = (styles: string, text: string) =>
  Array.from(styles, (style, at) => (/\s/.test(text.charAt(at)) ? '' : style)).join('');

const emphasisIn = (text: string): fc.Arbitrary<Emphasis[]> =>
  fc.array(
    fc
      .tuple(fc.nat(text.length), fc.nat(text.length), fc.boolean())
      .map(([a, b, strong]) => ({ start: Math.min(a, b), end: Math.max(a, b), strong })),
    { maxLength: 5 },
  );

describe('Discord shows exactly the characters', () => {
  test('of any text', () => {
    fc.assert(
      fc.property(nastyText(40), (text) => {
        const markdown = escapeText(text);
        expect(shown(markdown).text).toBe(text);
        expect(shown(markdown).styles).toMatch(/^-*$/);
        for (const unseen of UNSEEN_BY_THE_JUDGE) expect(markdown).not.toMatch(unseen);
      }),
      { numRuns: 2000 },
    );
  });

  test('of any text with any emphasis, and never more emphasis than was meant', () => {
    const prose = nastyText(12).chain((text) =>
      emphasisIn(text).map((emphasis): Prose => ({ text, emphasis })),
    );
    fc.assert(
      fc.property(prose, (one) => {
        const { text, styles } = shown(toMarkdown(one));
        expect(text).toBe(one.text);
        const meant = inked(asked(one), text);
        Array.from(inked(styles, text)).forEach((style, at) => {
          const wanted = meant.charAt(at);
          expect(
            style === '-' ||
              style === wanted ||
              (style === 's' && wanted === 'b') ||
              (style === 'e' && wanted === 'b'),
          ).toBe(true);
        });
      }),
      { numRuns: 3000 },
    );
  });

  test('of a generated Markdown story', () => {
    fc.assert(
      fc.property(longParagraph, (text) => {
        for (const passage of parseStory({ name: 'a.md', text }, fitsMessage).passages) {
          expect(shown(toMarkdown(passage)).text).toBe(passage.text);
        }
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    ...readdirSync('story').map((name) => ['story', name] as const),
    ['tests/texts', 'lighthouse.txt'] as const,
  ])('of %s/%s', (folder, name) => {
    const text = readFileSync(`${folder}/${name}`, 'utf8');
    for (const passage of parseStory({ name, text }, fitsMessage).passages) {
      const seen = shown(toMarkdown(passage));
      expect(seen.text).toBe(passage.text);
      expect(inked(seen.styles, seen.text)).toBe(inked(asked(passage), passage.text));
    }
  });
});

// The rules of Discord's clients that the judge does not have. A backslash hides the character
// after it from all of them.
test.each([
  ['a list', '- a\n* b\n + c\n-\td', '\\- a\n\\* b\n \\+ c\n\\-\td'],
  ['a list behind a no-break space', '\u00a0- a', '\u00a0\\- a'],
  ['no list', '-a +b a - b\n--- \n–  c', '-a +b a - b\n--- \n–  c'],
  ['a numbered list', '1. a\n 23. b', '1\\. a\n 23\\. b'],
  ['no numbered list', 'In 1. a\n1.5 b\n1.\u200bc', 'In 1. a\n1.5 b\n1.\u200bc'],
  ['headings', '# a\n ## b\n### c', '\\# a\n \\## b\n\\### c'],
  ['no heading', 'a # b', 'a # b'],
  ['subtext', '-# a\n-#b', '\\-# a\n\\-#b'],
  ['quotes', '> a\n>>> b\n  > c', '\\> a\n\\>>> b\n  \\> c'],
  ['no quote', 'a > b', 'a > b'],
  ['a shrug', '¯\\_(ツ)_/¯', '¯\\\\\\_(ツ)\\_/¯'],
  ['everyone', '@everyone @here @EveryOne @you', '\\@everyone \\@here \\@EveryOne @you'],
  ['a mention', '<@1> <@&1> <#1> </a:1> <id:guide>', '\\<@1> \\<@&1> \\<#1> \\</a:1> \\<id:guide>'],
  ['a time', '<t:1:R> 10:30', '\\<t\\:1:R> 10:30'],
  ['emoji', ':smile: <:a:1> :a:b:', '\\:smile: \\<\\:a:1> \\:a\\:b:'],
  ['colons', 'a::b :+1::skin-tone-2:', 'a\\::b \\:+1\\:\\:skin-tone-2:'],
  ['no emoji', 'so: this : that', 'so: this : that'],
  ['links', 'https://a.b <ftp://a> [a](b)', 'https\\://a.b \\<ftp\\://a> \\[a](b)'],
  ['an invite', 'discord.gg/a Discord.com/invite/a', 'discord\\.gg/a Discord\\.com/invite/a'],
  ['an invite behind a scheme', 'https://discordapp.com\\a', 'https\\://discordapp\\.com\\\\a'],
  ['no invite', 'discord. A word/s', 'discord. A word/s'],
  ['code and spoilers', '`a` ||b|| ~~c~~', '\\`a\\` \\|\\|b\\|\\| \\~\\~c\\~\\~'],
  [
    'prose',
    '"It\'s 5 (five), he said...And – so; on!"',
    '"It\'s 5 (five), he said...And – so; on!"',
  ],
])('%s', (_, text, markdown) => {
  expect(escapeText(text)).toBe(markdown);
});

describe('emphasis', () => {
  const markdown = (text: string) => {
    const [passage] = parseStory({ name: 'a.md', text }, fitsMessage).passages;
    return passage === undefined ? '' : toMarkdown(passage);
  };

  test.each([
    ['*a* **b**', '*a* **b**'],
    ['x*y*z', 'x*y*z'],
    ['***a***', '**_a_**'],
    ['*a **b** c*', '*a **b** c*'],
    ['*a **b***', '_a **b**_'],
    ['***a** b*', '_**a** b_'],
    ['**a *b***', '**a _b_**'],
    ['**Bold***it*', '**Bold**_it_'],
    ['*it***Bold**', '_it_**Bold**'],
    ['*# a*', '*\\# a*'],
    ['**1**. a', '**1**\\. a'],
    ['@**everyone**', '\\@**everyone**'],
  ])('%s is written %s', (source, expected) => {
    expect(markdown(source)).toBe(expected);
  });

  test('is dropped where nothing can write it', () => {
    const emphasis = [
      { start: 1, end: 3, strong: false },
      { start: 3, end: 5, strong: true },
    ];
    expect(toMarkdown({ text: 'xititBo', emphasis })).toBe('xit**it**Bo');
  });

  test('sits tight on what it emphasises', () => {
    const emphasis = [{ start: 1, end: 6, strong: false }];
    expect(toMarkdown({ text: 'a  b  c', emphasis })).toBe('a  *b*  c');
    expect(toMarkdown({ text: 'a     c', emphasis })).toBe('a     c');
  });
});

describe('a title', () => {
  test('stands on one line, as it is', () => {
    expect(inlineTitle(' The\n *Sea*  @everyone ')).toBe('The \\*Sea\\* \\@everyone');
    expect(headingLine('# C#')).toBe('### \\# C#\u200b');
    expect(footerLine('- The Sea', 7, 25)).toBe('-# \\- The Sea · 7 of 25');
  });

  test('is clipped at 100 graphemes', () => {
    expect(inlineTitle('👩🏽‍🚀'.repeat(20))).toBe('👩🏽‍🚀'.repeat(20));
    expect(inlineTitle('é'.repeat(100))).toBe('é'.repeat(100));
    expect(inlineTitle('é'.repeat(101))).toBe(`${'é'.repeat(99)}…`);
    expect(inlineTitle('e\u0301'.repeat(101))).toBe(`${'e\u0301'.repeat(99)}…`);
  });

  test('is short whatever it is made of', () => {
    fc.assert(
      fc.property(nastyText(60), fc.nat(3), (text, times) => {
        const title = inlineTitle(`${text}${`z${'\u0323'.repeat(90)}`.repeat(times)}`);
        expect(title.length).toBeLessThanOrEqual(400);
        expect(title).not.toMatch(/\n|\p{Cs}/u);
        expect(shown(headingLine(text)).text.includes('\n')).toBe(false);
      }),
    );
  });
});

describe('what fits a message', () => {
  test('is up to the limit, with everything around it', () => {
    const fits = (prose: Prose, headings: string[], title: string, scene = false) =>
      fitsMessage({ ...prose, scene }, headings, title);
    const footer = `\n${footerLine('T', 999_999, 999_999)}`;
    const room = MESSAGE_LIMIT - footer.length;
    expect(fits(plain('x'.repeat(room)), [], 'T')).toBe(true);
    expect(fits(plain('x'.repeat(room + 1)), [], 'T')).toBe(false);
    expect(fits(plain('*'.repeat(room / 2)), [], 'T')).toBe(true);
    expect(fits(plain('*'.repeat(room / 2 + 1)), [], 'T')).toBe(false);
    const below = room - '### Chapter\n'.length;
    expect(fits(plain('x'.repeat(below)), ['Chapter'], 'T')).toBe(true);
    expect(fits(plain('x'.repeat(below + 1)), ['Chapter'], 'T')).toBe(false);
    const rest = room - '-# ⁂\n'.length;
    expect(fits(plain('x'.repeat(rest)), [], 'T', true)).toBe(true);
    expect(fits(plain('x'.repeat(rest + 1)), [], 'T', true)).toBe(false);
    const emphasis = [{ start: 0, end: 1, strong: true }];
    expect(fitsMessage({ text: 'x'.repeat(room - 4), emphasis, scene: false }, [], 'T')).toBe(true);
    expect(fitsMessage({ text: 'x'.repeat(room - 3), emphasis, scene: false }, [], 'T')).toBe(
      false,
    );
  });
});
