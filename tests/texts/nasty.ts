import fc from 'fast-check';

/** Pieces of text that something on the way to a reader might trip over. */
const PIECES = [
  ...[
    '*',
    '**',
    '***',
    '_',
    '__',
    '~~',
    '||',
    '`',
    '```',
    '\\',
    '\\\\',
    '<',
    '>',
    '[',
    ']',
    '(',
    ')',
  ],
  ...[
    '\n',
    '\n ',
    ' ',
    '  ',
    '\u00a0',
    '.',
    '…',
    '!',
    '?',
    '"',
    '”',
    '“',
    '«',
    '»',
    ':',
    '::',
    '/',
    '@',
    '#',
  ],
  ...[
    '\n# ',
    '\n## x',
    '\n-# ',
    '\n- ',
    '\n+ ',
    '\n1. ',
    '\n12. ',
    '\n> ',
    '\n>>> ',
    '\n  - ',
    '\n\\- ',
    '---',
  ],
  ...['@everyone', '@here', '@Everyone', '<@123456789012345678>', '<@&123456789012345678>'],
  ...['<#123456789012345678>', '</next:123456789012345678>', '<id:customize>', '<t:1700000000:R>'],
  ...[
    '<:smile:123456789012345678>',
    '<a:smile:123456789012345678>',
    ':smile:',
    ':a:b:',
    ':+1::skin-tone-2:',
  ],
  ...[
    'https://example.com/a_b',
    'http://x.y',
    '<https://x.y>',
    '[a](https://x.y)',
    '[a](<https://x.y>)',
  ],
  ...[
    '<me@example.com>',
    '<tel:+123>',
    'steam://run',
    'discord.gg/abc',
    'discord.com/invite/abc',
    'https://discord.gg/x',
  ],
  ...[
    '¯\\_(ツ)_/¯',
    'a_b_c',
    '_a_',
    '*a*',
    '**b**',
    '***c***',
    'x*y*z',
    '**b***i*',
    '*i***b**',
    '*a **b** c*',
  ],
  ...[
    '👨‍👩‍👧‍👦',
    '👩🏽‍🚀',
    '🏳️‍🌈',
    '🇩🇪',
    'e\u0301',
    `z${'\u0300\u0323'.repeat(12)}`,
    '𝔘𝔫𝔦',
    '\u200b',
    '\u200d',
    '\u202e',
  ],
  ...[
    'שלום עולם',
    'مرحبا بالعالم',
    '今日は。',
    '「何？」',
    'ภาษาไทย',
    'नमस्ते',
    'Dr. ',
    'He said so. ',
    'and then, ',
  ],
  ...['word ', 'Word. ', '"Yes," she said. ', '1. ', '7', 'ß', 'İ'],
];

/** A text of such pieces; `many` is how many at most. */
export function nastyText(many: number): fc.Arbitrary<string> {
  return fc
    .array(
      fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...PIECES) }, fc.string({ unit: 'binary' })),
      {
        minLength: 1,
        maxLength: many,
        size: 'max',
      },
    )
    .map((pieces) => pieces.join('').replace(/[\r\t\f]/g, ' '));
}

/** A paragraph that is too long for a message, from a few pieces over and over. */
export const longParagraph: fc.Arbitrary<string> = fc
  .tuple(nastyText(30), fc.integer({ min: 2000, max: 6000 }))
  .map(([text, length]) => `x${text}`.repeat(Math.ceil(length / (text.length + 1))))
  .map((text) => text.replace(/\n\s*\n/g, '\n').trim());
