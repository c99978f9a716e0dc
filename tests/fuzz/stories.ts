import { readFile } from 'node:fs/promises';
import { fitsMessage } from '../../src/message/fits.ts';
import { passageMessage } from '../../src/message/passage.ts';
import { begin } from '../../src/reading/move.ts';
import { bookOf } from '../../src/story/book.ts';
import { StoryError } from '../../src/story/error.ts';
import { storyOf } from '../../src/story/in-memory.ts';
import { readManuscript } from '../../src/story/read.ts';
import { wordsFor } from '../../src/words/words.ts';
import { epub } from '../epub.ts';
import type { Random } from '../random.ts';
import { mutatedText, nastyText } from './mutate.ts';
import type { OpenTarget } from './target.ts';

interface Input {
  readonly name: string;
  /** Base64. */
  readonly bytes: string;
}

/** By ending: such a file made of a text that may be anything. Another format is one more line. */
const FORMATS: Readonly<Record<string, (text: string, random: Random) => Buffer>> = {
  txt: (text) => Buffer.from(text),
  md: (text, random) => Buffer.from(frontMatter(random) + text),
  html: (text, random) => Buffer.from(markup(text, random)),
  epub: (text, random) => {
    const half = Math.floor(text.length / 2);
    const texts = [markup(text.slice(0, half), random), markup(text.slice(half), random)];
    const part = () => (random.chance(0.3) ? { nav: markup(text.slice(0, 200), random) } : {});
    return damaged(epub({ texts, ...part() }), random);
  },
};

const TAGS = ['p', 'h1', 'h2', 'em', 'strong', 'div', 'br', 'hr', 'table', 'td', 'script', 'style'];
const FIELDS = ['title', 'author', 'source', 'language', 'rating', 'summary', 'nonsense'];
const VALUES = [
  'x',
  '"x"',
  '[1, 2]',
  '{a: b}',
  '|',
  'de',
  'teen',
  '&a',
  '*a',
  '!!js x',
  '2020-01-01',
];
const PIECES = [
  '# ',
  '## ',
  '*',
  '**',
  '***',
  '\\',
  '`',
  '> ',
  '- ',
  '---\n',
  '\n\n',
  '\r\n',
  '“',
  '”',
];
const MESSAGE_LIMIT = 2000;
const words = wordsFor('en');
/** Of a long file, so much. */
const LENGTH = 3000;

/** Story files: each is told in messages that Discord takes, or refused with a reason. */
export const openStories: OpenTarget = async () => {
  const files = [
    'story/bittersweet-goodbye.md',
    'tests/texts/alice.txt',
    'tests/texts/lighthouse.txt',
  ];
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));

  return {
    input(random): Input {
      const [ending, make] = random.pick(Object.entries(FORMATS));
      const whole = random.pick(texts);
      const from = random.chance(0.5) ? 0 : random.below(whole.length);
      const start = whole.slice(from, from + random.below(LENGTH));
      const text = random.chance(0.15) ? pieces(random) : mutatedText(start, random);
      const file = make(text, random);
      const bytes = random.chance(0.05) ? Buffer.from(text, 'utf16le') : file;
      // As a file system gives them.
      const given = nastyText(random).replaceAll(/[/\0]/g, '_').toWellFormed();
      const name = random.chance(0.9) ? 'tale' : given;
      return {
        name: `${name.slice(0, 60).toWellFormed()}.${ending}`,
        bytes: bytes.toString('base64'),
      };
    },
    async take({ name, bytes }: Input) {
      try {
        const manuscript = await readManuscript({ name, bytes: Buffer.from(bytes, 'base64') });
        const story = storyOf(bookOf(name, manuscript, fitsMessage));
        const reading = begin(story, 0, { host: '1' }, 0);
        for (let number = 1; number <= story.length; number++) {
          const { content } = passageMessage(story, { ...reading, position: number }, words);
          if (content.length > MESSAGE_LIMIT || !content.isWellFormed()) {
            throw new Error(`passage ${number} is no message: ${JSON.stringify(content)}`);
          }
        }
      } catch (error) {
        if (!(error instanceof StoryError)) throw error;
      }
    },
    async check() {},
  };
};

function frontMatter(random: Random): string {
  if (random.chance(0.4)) return '';
  const fields = Array.from(
    { length: random.below(6) },
    () => `${random.pick(FIELDS)}: ${random.pick(VALUES)}\n`,
  );
  return `---\n${fields.join('')}---\n\n`;
}

function pieces(random: Random): string {
  const count = random.below(200);
  const piece = () => (random.chance(0.6) ? random.pick(PIECES) : nastyText(random));
  return Array.from({ length: count }, piece).join('');
}

/** The text with tags at random, well-formed or not. */
function markup(text: string, random: Random): string {
  const words = text.split(' ').map((word) => {
    if (random.chance(0.85)) return word;
    const tag = random.pick(TAGS);
    return random.pick([
      `<${tag}>${word}</${tag}>`,
      `<${tag}>${word}`,
      `${word}</${tag}>`,
      `&${word};`,
    ]);
  });
  return `<p>${words.join(' ').replaceAll('\n\n', '</p><p>')}</p>`;
}

function damaged(bytes: Buffer, random: Random): Buffer {
  if (random.chance(0.5)) return bytes;
  const copy = Buffer.from(bytes);
  for (let time = random.below(6); time >= 0; time--) {
    copy[random.below(copy.length)] = random.below(256);
  }
  return random.chance(0.2) ? copy.subarray(0, random.below(copy.length)) : copy;
}
