import fc from 'fast-check';

/** A document and the words of its body in order. */
export interface HtmlDocument {
  readonly html: string;
  readonly body: string;
  readonly words: readonly string[];
}

interface Part {
  readonly html: string;
  readonly words: readonly string[];
}

const word = fc
  .tuple(
    fc.constantFrom('lamp', 'Öl', 'ночь', 'مصباح', '灯', 'दीप', 'x', 'wick', 'Rating', 'Summary'),
    fc.nat({ max: 999 }),
  )
  .map(([name, number]) => `${name}${number}`);
const gap = fc.constantFrom(
  ' ',
  '\n  ',
  ' , ',
  ' &amp; ',
  '&nbsp;',
  ' “',
  '… ',
  ' &lt;',
  '<br>',
  '<br><br> ',
);

const run: fc.Arbitrary<Part> = fc
  .array(fc.tuple(word, gap), { minLength: 1, maxLength: 6 })
  .map((pairs) => ({
    html: pairs.map(([one, after]) => one + after).join(''),
    words: pairs.map(([one]) => one),
  }));

const wrapped = (parts: fc.Arbitrary<Part>, names: readonly string[]): fc.Arbitrary<Part> =>
  fc.tuple(fc.constantFrom(...names), parts).map(([name, { html, words }]) => ({
    html: `<${name}>${html}</${name.split(' ')[0]}>`,
    words,
  }));

const joined = (parts: readonly Part[], between = ''): Part => ({
  html: parts.map(({ html }) => html).join(between),
  words: parts.flatMap(({ words }) => words),
});

const INLINE = ['i', 'em', 'b', 'strong', 'span class="x"', 'a href="#x"', 'small', 'cite', 'u'];
const inline: fc.Arbitrary<Part> = fc
  .array(fc.oneof(run, wrapped(run, INLINE), wrapped(wrapped(run, INLINE), ['b', 'i', 'span'])), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => joined(parts, ' '));

const leaf = wrapped(inline, [
  'p',
  'div',
  'h1',
  'h2',
  'h3',
  'p class="verse"',
  'div class="line"',
  'figcaption',
]);
const list = fc
  .tuple(fc.constantFrom('ul', 'ul', 'dl'), fc.array(inline, { minLength: 1, maxLength: 4 }))
  .map(([name, items]) =>
    wrap(name, joined(items.map((item) => wrap(name === 'dl' ? 'dd' : 'li', item)))),
  );
const table = fc
  .array(fc.array(inline, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
  .map((rows) =>
    wrap(
      'table',
      joined(rows.map((cells) => wrap('tr', joined(cells.map((one) => wrap('td', one)))))),
    ),
  );
const rule = fc.constantFrom<Part>(
  { html: '<hr>', words: [] },
  { html: '<p>* * *</p>', words: [] },
  { html: '<!-- word1 -->', words: [] },
  { html: '<script>word2</script>', words: [] },
);

const { blocks } = fc.letrec<{ block: Part; blocks: Part }>((tie) => ({
  block: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'blocks' },
    leaf,
    leaf,
    list,
    table,
    rule,
    wrapped(tie('blocks'), [
      'div',
      'section',
      'blockquote',
      'div class="stanza"',
      'article',
      'aside',
    ]),
  ),
  blocks: fc
    .array(tie('block'), { minLength: 1, maxLength: 5, depthIdentifier: 'blocks' })
    .map((parts) => joined(parts, '\n')),
}));

/** Documents of any blocks in each other, with the words that their bodies have. */
export const documents: fc.Arbitrary<HtmlDocument> = blocks.map(({ html, words }) => ({
  body: html,
  html: `<!DOCTYPE html>\n<html><head><title>Word3</title></head>\n<body>${html}</body></html>\n`,
  words,
}));

function wrap(name: string, { html, words }: Part): Part {
  return { html: `<${name}>${html}</${name}>`, words };
}

const ELEMENTS = (
  'html|body|head|p|div|span|i|b|a href="#x"|sup|sub|ruby|rt|rp|rb|pre|ul|ol start=3|li value=9|dl|dt|dd|' +
  'table|tr|td|tbody|caption|h1|h2|br|hr|img alt=" x "|nav|section|blockquote|q|svg|title|math|' +
  'textarea|template|form|select|option|span role=doc-pagebreak|div class=pagenum|div id=preface|' +
  'dl class=tags|p class=message|div class=stanza|p hidden|iframe|object|summary'
).split('|');
const SCRAPS = [
  'x',
  'word ',
  ' ',
  '\n',
  '&nbsp;',
  '&#0;',
  '&#xd800;',
  '* * *',
  '<',
  '>',
  '&',
  '<?x?>',
  '-->',
];

/** Whatever a broken program may write: tags in any order, never a whole document. */
export const soups: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...ELEMENTS).map((name) => `<${name}>`),
      fc.constantFrom(...ELEMENTS).map((name) => `</${name.split(' ')[0]}>`),
      fc.constantFrom(...SCRAPS),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { maxLength: 40 },
  )
  .map((pieces) => `<html>${pieces.join('')}</html>`);
