import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fitsMessage } from '../../src/message/fits.ts';
import { openLibrary, StoryDirError } from '../../src/story/library.ts';
import type { Random } from '../random.ts';
import { mutatedText, nastyText } from './mutate.ts';
import type { OpenTarget } from './target.ts';

interface Input {
  readonly name: string;
  /** Base64. */
  readonly bytes: string;
}

/** By ending: what such a file begins as. Another format is one more line. */
const FORMATS: Readonly<Record<string, (texts: readonly string[], random: Random) => string>> = {
  txt: (texts, random) => random.pick(texts),
  md: (texts, random) => `${frontMatter(random)}${random.pick(texts)}`,
};

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
/** Of a long file, so much. */
const LENGTH = 3000;

/** Story files in a folder: each is told, or named as a problem. */
export const openStories: OpenTarget = async (onFinished) => {
  const dir = await mkdtemp(join(tmpdir(), 'lamplight-'));
  onFinished(() => rm(dir, { recursive: true }));
  const files = [
    'story/bittersweet-goodbye.md',
    'tests/texts/alice.txt',
    'tests/texts/lighthouse.txt',
  ];
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));

  return {
    input(random): Input {
      const [ending, make] = random.pick(Object.entries(FORMATS));
      const whole = make(texts, random);
      const from = random.chance(0.5) ? 0 : random.below(whole.length);
      const start = whole.slice(from, from + random.below(LENGTH));
      const text = random.chance(0.15) ? pieces(random) : mutatedText(start, random);
      const bytes = Buffer.from(text, random.chance(0.05) ? 'utf16le' : 'utf8');
      const name = random.chance(0.9) ? 'tale' : nastyText(random).replaceAll(/[/\0]/g, '_');
      return { name: `${name.slice(0, 60)}.${ending}`, bytes: bytes.toString('base64') };
    },
    async take({ name, bytes }: Input) {
      const file = join(dir, name);
      await writeFile(file, Buffer.from(bytes, 'base64'));
      try {
        const { library, problems } = await openLibrary(dir, fitsMessage);
        if (library.stories.length + problems.length !== 1) throw new Error('told and not told');
      } catch (error) {
        if (!(error instanceof StoryDirError)) throw error;
      } finally {
        await rm(file, { force: true });
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
