import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitsMessage } from '../src/message/fits.ts';
import { bind } from '../src/story/bind.ts';
import { StoryError } from '../src/story/error.ts';
import { readHtml } from '../src/story/html.ts';
import type { Block, Manuscript } from '../src/story/manuscript.ts';
import { decodeMarkup } from '../src/story/markup-encoding.ts';
import { documents, type HtmlDocument, soups } from './html-documents.ts';
import { hasPandoc, pandocWords, toldWords, wordsOf } from './pandoc.ts';

const page = (body: string, head = '') => `<html><head>${head}</head><body>${body}</body></html>`;
const read = (body: string, head = '') => readHtml(page(body, head));

/** Blocks as lines: `# heading`, `---`, and paragraphs with _emphasis_ and *strong text*. */
function told({ blocks }: Pick<Manuscript, 'blocks'>): string[] {
  return blocks.map(lineOf);
}

function lineOf(block: Block): string {
  if (block.kind === 'break') return '---';
  if (block.kind === 'heading') return `# ${block.title}`;
  const { text, emphasis } = block.prose;
  const signs = emphasis.flatMap(({ start, end, strong }) => [
    { at: start, sign: strong ? '*' : '_' },
    { at: end, sign: strong ? '*' : '_' },
  ]);
  signs.sort((a, b) => b.at - a.at);
  return signs.reduce((line, { at, sign }) => line.slice(0, at) + sign + line.slice(at), text);
}

function refusal(html: string): string {
  try {
    readHtml(html);
  } catch (error) {
    if (error instanceof StoryError) return error.message;
    throw error;
  }
  return 'told';
}

describe('HTML is told', () => {
  test.each<[string, string, string[]]>([
    ['paragraphs', '<p>One\n  two. </p>\t<p>Three.</p>', ['One two.', 'Three.']],
    ['text beside blocks', 'One<div>two<p>three</p>four</div>', ['One', 'two', 'three', 'four']],
    ['headings', '<h1>A <i>T</i>ale<br>of</h1><h2>I</h2>x', ['# A Tale of', '# I', 'x']],
    [
      'emphasis',
      '<p>a<em> b </em><b>c <i>d</i></b> <span style="font-style:italic">e</span></p>',
      ['a _b_ *c _d_* _e_'],
    ],
    ['emphasis over paragraphs', '<i><p>a</p><p>b</p></i>', ['_a_', '_b_']],
    ['what a style says is no emphasis', '<b style="font-weight:normal">a</b>', ['a']],
    ['entities', '<p>a&nbsp;b &amp; &#8220;c&#x201D; &lamp;</p>', ['a\u00a0b & “c” &lamp;']],
    ['line breaks', '<p>a<br>  b<br/>c<br></p>', ['a\nb\nc']],
    [
      'an empty line as the end of a paragraph',
      'a<br>b<br><br>c<br>&nbsp;<br>d',
      ['a\nb', 'c', 'd'],
    ],
    ['preformatted text', '<pre>\na\n   b &lt;\n\n  c\n</pre>', ['a\n   b <\n\n  c']],
    [
      'lists',
      '<ul><li>a<li><p>b</p><ol start="3"><li>c<li>d</ol></ul>',
      ['• a\n• b\n  3. c\n  4. d'],
    ],
    [
      'a list of long items, item by item',
      `<ol><li><p>a</p><p>b</p></li><li>${'c'.repeat(301)}</li></ol>`,
      ['1. a', 'b', `2. ${'c'.repeat(301)}`],
    ],
    ['terms', '<dl><dt>a<dd>b</dl>', ['a\nb']],
    [
      'a table',
      '<table><caption>t</caption><tr><th>a<th>b<tr><td>c<td><p>d</p></table>',
      ['t', 'a | b\nc | d'],
    ],
    [
      'a table that arranges a page',
      '<table><tr><td><h2>a</h2><p>b</p><td>c</table>',
      ['# a', 'b', 'c'],
    ],
    ['quotations', '<blockquote><p>a</p><p><q>b <q>c</q></q></p></blockquote>', ['a', '“b ‘c’”']],
    [
      'pictures by their words',
      '<p><img src=a alt=" A lamp "><img src=b><img src=c alt=""></p>',
      ['[A lamp]'],
    ],
    ['links', '<p><a href="x">a</a> b</p>', ['a b']],
    [
      'references to notes in brackets',
      '<p>a<sup><a href="#n">1</a></sup> b<a href="#n"><sup>*</sup></a> c<a role="doc-noteref" href="#n">(2)</a>, <a href="#n">3</a></p>',
      ['a[1] b[*] c(2), 3'],
    ],
    [
      'raised and lowered digits',
      '<p>10<sup>-2</sup> H<sub>2</sub>O 1<sup>st</sup></p>',
      ['10⁻² H₂O 1st'],
    ],
    [
      'readings behind their words',
      '<p><ruby>漢字<rp>（</rp><rt>かんじ</rt><rp>）</rp></ruby>と<ruby><rb>仮<rb>名<rt>か<rt>な</ruby></p>',
      ['漢字(かんじ)と仮名(かな)'],
    ],
    [
      'scene breaks',
      '<p>a</p><hr><p>b</p><p>* * *</p><div>⁂</div><p>—</p>',
      ['a', '---', 'b', '---', '---', '—'],
    ],
    [
      'verse, a block a line, in stanzas',
      '<div class=x><div><div>a</div><div>b<i>c</i></div><blockquote><div>d</div></blockquote></div><div><div>e</div><div>f</div></div></div>',
      ['a\nb_c_\nd', 'e\nf'],
    ],
    [
      'verse, a paragraph a line',
      '<div class=stanza><p>a</p><p>b</p></div><p>c</p><p>d</p>',
      ['a\nb', 'c', 'd'],
    ],
    [
      'short paragraphs among long ones as such',
      `<div>a</div><div>b</div><div>${'c'.repeat(121)}</div>`,
      ['a', 'b', 'c'.repeat(121)],
    ],
    [
      'the numbers of printed pages, alone nowhere',
      '<p>a <span role="doc-pagebreak">1</span> b</p><div class="pagenum">[2]</div><h2>c</h2><p><span class=pagenum>3</span></p><p>d</p>',
      ['a [1] b [2]', '# c', '[3] d'],
    ],
    ['directions and joiners', '<p>\u200fא\u200d\u2066b\u2069</p>', ['\u200fא\u200d\u2066b\u2069']],
    [
      'nothing that is not for readers',
      '<script>a</script><style>b{}</style><template>c</template><p hidden>d</p><p style="display: none">e</p><!-- f --><p>g</p><nav>h</nav><svg><title>i</title></svg>',
      ['g'],
    ],
    ['tags that are not closed', '<p>a<p><b>b</p><li>c', ['a', '*b*', 'c']],
    ['a list that begins with a list', '<ul><ul><li>a</ul><li>b</ul>', ['• a\n• b']],
  ])('%s', (_, body, expected) => {
    expect(told(read(body))).toEqual(expected);
  });

  test('with the emphasis of its style sheet', () => {
    const css =
      '/* .b{} */ i.x, .it{font-style:italic} @media print{.a{font-weight:bold}} .ln{display:block}';
    const body =
      '<p><span class="it">a</span> <span class=a>b</span></p><p><span class=ln>c</span><span class=ln>d</span></p>';
    expect(told(read(body, `<style>${css}</style>`))).toEqual(['_a_ b', 'c\nd']);
  });

  test('with what it says of itself', () => {
    const head = `<title>The Lamp | A Site</title><meta name="Author" content="Ann"><meta name=description
      content="On lamps."><meta name=rating content="RTA-5042-1996-1400-1577-RTA"><link rel=license href="https://l/">`;
    expect(
      readHtml(`<html lang="en_gb"><head>${head}</head><h1>The Lamp</h1>x</html>`),
    ).toMatchObject({
      title: 'The Lamp',
      author: 'Ann',
      language: 'en-GB',
      summary: 'On lamps.',
      rating: 'explicit',
      rights: 'https://l/',
    });
    expect(read('<h1>Lamp</h1>').title).toBe('Lamp');
    expect(read('<nav>a</nav><p hidden>b</p>c').leftOut).toEqual([
      { text: 'The navigation (<nav>) is not told.' },
      { text: 'A hidden part is not told.' },
    ]);
  });
});

describe('a download from a story archive is told without the archive', () => {
  test('in the form of Archive of Our Own', () => {
    const story = readHtml(
      page(`<div id="preface"><p class="message"><b>Wick</b><br/>Posted originally on an archive.</p>
        <div class="meta"><dl class="tags"><dt>Rating:</dt><dd><a href="x">Teen And Up Audiences</a></dd>
          <dt>Language:</dt><dd>Deutsch</dd><dt>Stats:</dt><dd>Words: 5</dd></dl>
        <h1>Wick</h1><div class="byline">by <a rel="author" href="x">Ann Oil</a></div>
        <p>Summary</p><blockquote class="userstuff"><p>A lamp.</p></blockquote>
        <p>Notes</p><blockquote class="userstuff"><p>For B.</p></blockquote></div></div>
        <div id="chapters" class="userstuff"><div class="meta group"><h2 class="heading">Chapter 1: Oil</h2>
          <p>Chapter Summary</p><blockquote class="userstuff"><p>In which.</p></blockquote>
          <div class="endnote-link">See the end of the chapter</div></div>
          <div class="userstuff"><p>Summary</p><p>It burnt.</p></div></div>
        <div id="afterword"><h2 class="toc-heading">Afterword</h2><div class="meta"><p>End Notes</p>
          <blockquote class="userstuff"><p>Done.</p></blockquote><p class="message">Please drop by.</p></div></div>`),
    );
    expect(told(story)).toEqual([
      'Notes\nFor B.',
      '# Chapter 1: Oil',
      'Chapter Summary\nIn which.',
      'Summary',
      'It burnt.',
      'End Notes\nDone.',
    ]);
    expect(story).toMatchObject({
      title: 'Wick',
      author: 'Ann Oil',
      language: 'de',
      rating: 'teen',
      summary: 'A lamp.',
      leftOut: [{ text: expect.stringContaining("archive's own page") }],
    });
  });

  test.each([
    [
      'lines',
      '<p><b>Rating:</b> M<br><b>Language:</b> English<br><b>Words:</b> 9<br><b>Summary:</b> A<br>lamp.</p>',
    ],
    [
      'a table',
      '<table><tr><td><b>Rating:</b></td><td>M</td></tr><tr><td>Author:</td><td>Ann</td></tr><tr><td>Words:</td><td>9</td></tr></table>',
    ],
    ['one line', '<p>Rated: Fiction M - English - Drama - Chapters: 2 - Words: 9 - id: 7</p>'],
  ])('with its facts in %s', (_, facts) => {
    const story = read(`<h1>Wick</h1>${facts}<h2>1</h2><p>It burnt.</p>`);
    expect(story.rating).toBe('mature');
    expect(told(story)).toEqual(['# Wick', '# 1', 'It burnt.']);
  });

  test.each([
    ['NC-17', 'explicit'],
    ['Teen And Up Audiences (for words)', 'teen'],
    ['Wicked', 'mature'],
    ['4.5', undefined],
  ])('with its rating %s as %s', (name, rating) => {
    const facts = `<p>Rating: ${name}<br>Words: 9<br>Status: Complete</p>`;
    expect(read(`${facts}<p>It burnt.</p>`).rating).toBe(rating);
  });

  test('and a story that only speaks of ratings is left whole', () => {
    const body = '<p>Rating: good.<br>She read it.<br>Words: many.<br>He too.</p>';
    expect(told(read(body))).toEqual(['Rating: good.\nShe read it.\nWords: many.\nHe too.']);
    expect(read(body)).not.toHaveProperty('rating');
  });
});

describe('HTML is refused', () => {
  test.each([
    ['cut off in its text', '<html><body><p>a', 'cut off'],
    ['cut off before the end of <html>', '<html><p>a</p>', 'cut off'],
    ['cut off in a tag', '<p>a</p><p cla', 'cut off'],
    ['cut off in an attribute', '<p>a</p><p class="b', 'cut off'],
    ['cut off in a comment', '<p>a</p><!-- b', 'cut off'],
    ['cut off in a script', '<p>a</p><script>b', 'cut off'],
    ['cut off in an element that needs an end', '<div><p>a</p>', 'cut off'],
    ['without a tag', 'a < b', 'no HTML'],
    ['with entities of its own', '<!DOCTYPE html [<!ENTITY a "b">]><html>&a;</html>', 'entities'],
    ['nested too deep', `<html>${'<div>'.repeat(1e6)}</html>`, '256 deep'],
  ])('%s', (_, html, reason) => {
    expect(refusal(html)).toContain(reason);
  });

  test('of too many elements', () => {
    expect(() => readHtml('<p>'.repeat(101), { depth: 9, elements: 100 })).toThrow('100 elements');
  });

  test('but not for an end tag that HTML lets one leave out', () => {
    expect(refusal('<html><body><p>a</body>')).toBe('told');
    expect(refusal('<!doctype html><title>t</title><p>a<ul><li>b</ul><p>c')).toBe('told');
  });
});

test.each([
  ['UTF-8', Buffer.from('<p>é')],
  ['UTF-8 with a mark', Buffer.from('\ufeff<p>é')],
  ['UTF-16 with a mark', Buffer.from('\ufeff<p>é', 'utf16le')],
  ['UTF-16 without one', Buffer.from('<p>é', 'utf16le')],
  ['Latin 1 declared for HTML', Buffer.from('<meta charset=ISO-8859-1><p>é', 'latin1')],
  [
    'Latin 1 declared for XML',
    Buffer.from('<?xml version="1.0" encoding="windows-1252"?><p>é', 'latin1'),
  ],
])('markup in %s is decoded', (_, bytes) => {
  expect(decodeMarkup(bytes)).toContain('<p>é');
});

test.each([
  ['Latin 1 undeclared', Buffer.from('<p>\n\né', 'latin1'), 3],
  ['UTF-8 by declaration only', Buffer.from('<meta charset=utf-8><p>é', 'latin1'), 1],
  ['an encoding that nobody knows', Buffer.from('<meta charset=utf-9><p>é'), undefined],
])('markup in %s is refused', (_, bytes, line) => {
  expect(() => decodeMarkup(bytes)).toThrow(expect.objectContaining({ name: 'StoryError', line }));
});

test('every word of a generated document is told, in order, and nothing else', () => {
  fc.assert(
    fc.property(documents, ({ html, words }: HtmlDocument) => {
      const manuscript = readHtml(html);
      expect(toldWords(manuscript.blocks)).toEqual(words);
      const book = bind(manuscript, { slug: 's', title: 'S' }, fitsMessage);
      const passages = book.passages.flatMap(({ number, text }) => [
        ...book.chapters.filter(({ first }) => first === number).map(({ title }) => title),
        text,
      ]);
      expect(wordsOf(passages.join('\n'))).toEqual(words);
    }),
    { numRuns: 200 },
  );
});

test.skipIf(!hasPandoc)('generated documents have the words that pandoc finds', () => {
  const [first, ...others] = fc.sample(documents, 120);
  const body = [first, ...others].map((one) => one?.body).join('\n');
  expect(toldWords(readHtml(page(body)).blocks)).toEqual(pandocWords('html', page(body)));
});

test('a document cut anywhere is refused or whole', () => {
  fc.assert(
    fc.property(documents, fc.nat(), ({ html, words }, at) => {
      const cut = html.slice(0, at % html.length);
      if (refusal(cut) === 'told') expect(toldWords(readHtml(cut).blocks)).toEqual(words);
    }),
    { numRuns: 200 },
  );
});

test('whatever is told of broken HTML are paragraphs as they have to be', () => {
  fc.assert(
    fc.property(soups, (soup) => {
      if (refusal(soup) !== 'told') return;
      for (const block of readHtml(soup).blocks) {
        if (block.kind === 'break') continue;
        const { text, emphasis } = block.prose;
        expect(text).not.toBe('');
        expect(text).toBe(text.trim());
        for (const { start, end } of emphasis) {
          expect(text.slice(start, end).trim()).toHaveLength(end - start);
          expect(start).toBeLessThan(end);
        }
      }
    }),
    { numRuns: 1000 },
  );
});
