import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readEpub } from '../src/story/epub.ts';
import { StoryError } from '../src/story/error.ts';
import type { Manuscript } from '../src/story/manuscript.ts';
import { type EpubParts, epub, epubFiles } from './epub.ts';
import { documents } from './html-documents.ts';
import { hasPandoc, pandocWords, toldWords } from './pandoc.ts';
import { zip } from './zip.ts';

const read = (parts: EpubParts) => readEpub(epub(parts));

function told({ blocks }: Manuscript): string[] {
  return blocks.map((block) => {
    if (block.kind === 'break') return '---';
    return block.kind === 'heading' ? `# ${block.title}` : block.prose.text;
  });
}

async function refusal(bytes: Uint8Array): Promise<string> {
  try {
    await readEpub(bytes);
  } catch (error) {
    if (error instanceof StoryError) return error.message;
    throw error;
  }
  return 'told';
}

const xhtml = (id: string, href: string, rest = '') =>
  `<item id="${id}" href="${href}" media-type="application/xhtml+xml" ${rest}/>`;
const nav = (...links: [string, string][]) =>
  `<nav epub:type="landmarks"><ol><li><a href="text/1.xhtml">No</a></li></ol></nav>
   <nav epub:type="toc"><h1>Contents</h1><ol>${links.map(([href, label]) => `<li><a href="${href}">${label}</a></li>`).join('')}</ol></nav>`;

describe('an EPUB is told', () => {
  test('in the order of its spine, without what is beside it', async () => {
    const book = await read({
      texts: ['<p>1</p>', '<p>2</p>', '<p>3</p>'],
      nav: nav(['text/1.xhtml#none', 'One']),
      manifest: '<item id="p" href="p.png" media-type="image/png"/>',
      spine:
        '<itemref idref="t2"/><itemref idref="nav"/><itemref idref="t1" linear="no"/><itemref idref="p"/><itemref idref="t0"/><itemref idref="t2"/>',
    });
    expect(told(book)).toEqual(['3', '1']);
    expect(book.leftOut?.map(({ text }) => text)).toEqual([
      'OEBPS/text/2.xhtml is read beside the text only.',
      'OEBPS/nav.xhtml is the table of contents.',
      'OEBPS/p.png is a picture.',
    ]);
  });

  test('with what an EPUB 3 says of itself', async () => {
    const metadata = `<dc:title id="b">A Textbook</dc:title><dc:title id="a">Lamps &amp; Wicks</dc:title>
      <meta refines="#b" property="title-type">subtitle</meta><meta refines="#a" property="title-type">main</meta>
      <dc:creator id="x">Ann Oil</dc:creator><meta refines="#x" property="role">aut</meta>
      <dc:creator id="y">Ben</dc:creator><dc:creator id="z">Tim</dc:creator><meta refines="#z" property="role">trl</meta>
      <dc:language>pt_br</dc:language><dc:rights>Free.</dc:rights><dc:source>urn:x</dc:source>
      <dc:description>&lt;p&gt;On &lt;i&gt;lamps&lt;/i&gt;.&lt;/p&gt;&lt;p&gt;And wicks.&lt;/p&gt;</dc:description>
      <dc:subject>Mature</dc:subject><dc:subject>Explicit content</dc:subject>`;
    expect(await read({ metadata })).toMatchObject({
      title: 'Lamps & Wicks',
      author: 'Ann Oil, Ben',
      language: 'pt-BR',
      rights: 'Free.',
      source: 'urn:x',
      summary: 'On lamps.\n\nAnd wicks.',
      rating: 'mature',
    });
  });

  test('with what an EPUB 2 says of itself, and pages as they were written for it', async () => {
    const book = await read({
      metadata: `<dc:title>Lamp</dc:title><dc:creator opf:role="edt">Ed</dc:creator>
        <dc:creator opf:role="aut" opf:file-as="Oil, Ann">Ann Oil</dc:creator><dc:language>und</dc:language>`,
      texts: [
        '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd"><html><head><title/><script src="x"/></head><body><p>a&nbsp;b<a id="x"/> c<br></br>d<![CDATA[<e>]]></p></body></html>',
      ],
    });
    expect(told(book)).toEqual(['a\u00a0b c\nd<e>']);
    expect(book).toMatchObject({ title: 'Lamp', author: 'Ann Oil' });
    expect(book).not.toHaveProperty('language');
  });

  test('with the chapters of its headings, and of its navigation where it has none', async () => {
    const book = await read({
      texts: [
        '<p><img alt="Cover" src="c"/></p>',
        '<p><img src="c"/></p>',
        '<h2 id="a">Part One</h2><p>1</p><p id="b">The  Wick</p><p>2</p><p>3</p><p id="c">4</p>',
        '<p>5</p><div id="d"><span role="doc-pagebreak">7</span><h3>VI. Oil</h3></div><p>6</p>',
        '<p class="n">Chapter 7</p><p class="t">Smoke</p><p>8</p><p id="e">9</p><p id="f">10</p>',
      ],
      nav: nav(
        ['text/1.xhtml', 'Cover'],
        ['text/2.xhtml', 'Title'],
        ['text/3.xhtml#a', 'Part 1'],
        ['text/3.xhtml#b', 'The wick'],
        ['text/3.xhtml#c', 'The Flame'],
        ['text/4.xhtml', 'Five'],
        ['text/4.xhtml#d', 'Oil'],
        ['text/5.xhtml', 'Chapter 7: Smoke'],
        ['https://example.org/', 'Elsewhere'],
        ['text/5.xhtml#e', 'Nine'],
        ['text/5.xhtml#e', 'And last'],
      ),
    });
    expect(told(book)).toEqual([
      '[Cover]',
      ...['# Part One', '1', '# The Wick', '2', '3', '# The Flame', '4'],
      ...['# Five', '5 [7]', '# VI. Oil', '6'],
      ...['# Chapter 7', '# Smoke', '8', '# Nine', '# And last', '9', '10'],
    ]);
  });

  test("with the chapters of an EPUB 2's navigation", async () => {
    const point = (label: string, src: string, more = '') =>
      `<navPoint><navLabel><text>${label}</text></navLabel><content src="${src}"/>${more}</navPoint>`;
    const ncx = `<?xml version="1.0"?><!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd">
      <ncx><docTitle><text>No</text></docTitle><navMap>${point('Part &lt;I&gt;', 'text/1.xhtml', point('Wick', 'text/1.xhtml#w'))}</navMap></ncx>`;
    expect(told(await read({ texts: ['<p>1</p><p><a id="w"/>2</p>'], ncx }))).toEqual([
      '# Part <I>',
      '1',
      '# Wick',
      '2',
    ]);
  });

  test('with the emphasis of its style sheets', async () => {
    const book = await read({
      texts: ['<p><span class="it">a</span> b</p>'],
      css: '.it { font-style: italic }',
    });
    expect(book.blocks).toEqual([
      {
        kind: 'paragraph',
        prose: { text: 'a b', emphasis: [{ start: 0, end: 1, strong: false }] },
      },
    ]);
  });

  test('as an archive made it of a download, without what it added', async () => {
    const book = await read({
      texts: [
        '<div id="preface"><h2 class="toc-heading">Preface</h2><dl class="tags"><dt>Rating:</dt><dd>Explicit</dd></dl><h1>Wick</h1></div>',
        '<div id="chapters"><h2 class="toc-heading">Oil</h2><p>It burnt.</p></div>',
      ],
      nav: nav(['text/1.xhtml', 'Preface'], ['text/2.xhtml', 'Oil']),
    });
    expect(told(book)).toEqual(['# Oil', 'It burnt.']);
    expect(book).toMatchObject({ title: 'A Book', rating: 'explicit' });
  });

  test('though its table of contents is bad', async () => {
    const book = await read({ texts: ['<p>a</p>'], ncx: '<ncx><navMap>' });
    expect(told(book)).toEqual(['a']);
    expect(book.leftOut).toEqual([
      { text: expect.stringMatching(/^The table of contents can't be used. OEBPS\/toc.ncx/) },
    ]);
  });

  test('with fonts that are made unusable elsewhere', async () => {
    expect(await refusal(locked('http://www.idpf.org/2008/embedding'))).toBe('told');
  });
});

function locked(algorithm: string): Buffer {
  const content = `<?xml version="1.0"?><encryption xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData><e:EncryptionMethod Algorithm="${algorithm}"/></e:EncryptedData></encryption>`;
  return epub({ files: [{ path: 'META-INF/encryption.xml', content }] });
}

describe('a file is refused', () => {
  test.each<[string, Uint8Array, string | RegExp]>([
    ['PDF', Buffer.from('%PDF-1.7 …'), 'The file is a PDF'],
    ['HTML', Buffer.from('\n<!DOCTYPE html><p>'), 'web page (HTML)'],
    ['anything else', Buffer.from('Once.'), 'no EPUB'],
    [
      'a Word document',
      zip([
        { path: '[Content_Types].xml', content: '' },
        { path: 'word/document.xml', content: '' },
      ]),
      'Word document',
    ],
    ['a ZIP archive', zip([{ path: 'a.txt', content: 'a' }]), 'ZIP archive'],
    [
      'without its container',
      epub({ without: ['META-INF/container.xml'] }),
      'no META-INF/container.xml',
    ],
    ['cut off', epub().subarray(0, -30), 'damaged or cut off'],
    [
      'without its package',
      epub({ without: ['OEBPS/book.opf'] }),
      'OEBPS/book.opf, which is not in it',
    ],
    [
      'without a text of its spine',
      epub({ without: ['OEBPS/text/1.xhtml'] }),
      'OEBPS/text/1.xhtml',
    ],
    ['without a spine', epub({ spine: '' }), 'empty spine'],
    ['with an item nobody knows in its spine', epub({ spine: '<itemref idref="x"/>' }), '(x)'],
    [
      'with a text in its spine that is none',
      epub({
        manifest: '<item id="x" href="x.pdf" media-type="application/pdf" fallback="x"/>',
        spine: '<itemref idref="x"/>',
      }),
      'x.pdf, application/pdf',
    ],
    [
      'with a text outside of it',
      epub({ manifest: xhtml('x', '../../etc/passwd'), spine: '<itemref idref="x"/>' }),
      '../../etc/passwd, which is not in it',
    ],
    [
      'with a text that is cut off',
      epub({ texts: ['<html><body><p>a</p>'] }),
      'OEBPS/text/1.xhtml in the EPUB: The file is cut off',
    ],
    [
      'with entities of its own',
      epub({ texts: ['<!DOCTYPE html [<!ENTITY a "&b;&b;">]><html><p>&a;</p></html>'] }),
      'entities of its own',
    ],
    ['with elements too deep', epub({ texts: ['<b>'.repeat(300)] }), '256 deep'],
    ['protected', locked('http://www.w3.org/2001/04/xmlenc#aes128-cbc'), 'protected (DRM)'],
    ...['../../etc/passwd', '/etc/passwd', 'a\\b', 'C:/a'].map(
      (path): [string, Uint8Array, string] => [
        `with a file that climbs, ${path}`,
        epub({ files: [{ path, content: 'a' }] }),
        'path leads out of it',
      ],
    ),
    ['with a wrong checksum', spoilt({ crc: 1 }), 'damaged'],
    ['with a length too small', spoilt({ size: 10 }), 'damaged'],
    ['with a length too large', spoilt({ size: 10_000 }), 'damaged'],
    ['that says it unpacks to gigabytes', spoilt({ size: 4_000_000_000 }), 'more than 50 MB'],
    ['that is encrypted', spoilt({ flags: 1 }), 'encrypted'],
    ['packed in another way', spoilt({ method: 12 }), 'packed'],
  ])('that is %s', async (_, bytes, reason) => {
    expect(await refusal(bytes)).toMatch(reason instanceof RegExp ? reason : literally(reason));
  });

  test('that unpacks to more than the limits', async () => {
    const bytes = epub({
      texts: [`<p>${'a'.repeat(100_000)}</p>`, `<p>${'b'.repeat(100_000)}</p>`],
    });
    const limits = { unpacked: 150_000, entries: 6, depth: 20, elements: 100 };
    await expect(readEpub(bytes, limits)).rejects.toThrow('unpacks to more than');
    await expect(readEpub(bytes, { ...limits, unpacked: 1e6 })).resolves.toBeTruthy();
    await expect(readEpub(bytes, { ...limits, entries: 5 })).rejects.toThrow('more than 5 files');
  });
});

function spoilt(wrong: object): Buffer {
  const files = epubFiles({});
  return zip(files.map((file) => (file.path.endsWith('1.xhtml') ? { ...file, ...wrong } : file)));
}

function literally(text: string): RegExp {
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
}

const books = fc.array(documents, { minLength: 1, maxLength: 3 }).map((texts) => ({
  bytes: epub({ texts: texts.map(({ body }) => xhtmlOf(body)) }),
  words: texts.flatMap(({ words }) => words),
}));

/** As XHTML has it: empty elements closed. */
function xhtmlOf(body: string): string {
  return body.replace(/<(br|hr)>/g, '<$1/>');
}

test('generated books are told with all their words, in order', async () => {
  await fc.assert(
    fc.asyncProperty(books, async ({ bytes, words }) => {
      expect(toldWords((await readEpub(bytes)).blocks)).toEqual(words);
    }),
    { numRuns: 50 },
  );
});

test.skipIf(!hasPandoc)('generated books have the words that pandoc finds', async () => {
  const texts = fc.sample(documents, 40).map(({ body }) => xhtmlOf(body));
  const bytes = epub({
    texts,
    nav: nav(),
    metadata: '<dc:title>x</dc:title><dc:language>en</dc:language><dc:identifier>x</dc:identifier>',
  });
  expect(toldWords((await readEpub(bytes)).blocks)).toEqual(pandocWords('epub', bytes));
});

test('a damaged book is refused in a sentence or told whole', async () => {
  const damage = fc.oneof(
    fc.record({ at: fc.nat(), to: fc.nat({ max: 255 }) }),
    fc.record({ at: fc.nat(), to: fc.constant(-1) }),
  );
  await fc.assert(
    fc.asyncProperty(books, damage, async ({ bytes, words }, { at, to }) => {
      const place = at % bytes.length;
      const damaged = to < 0 ? bytes.subarray(0, place) : Buffer.from(bytes);
      if (to >= 0) damaged[place] = to;
      if ((await refusal(damaged)) !== 'told') return;
      expect(toldWords((await readEpub(damaged)).blocks)).toEqual(words);
    }),
    { numRuns: 150 },
  );
});
