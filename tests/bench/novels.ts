import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { epub } from '../epub.ts';

/** The same numbers in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const SYLLABLES = 'ba ren tol mi sha ver quil do na stre ling hap or ent cu the and of in to'.split(
  ' ',
);

/** The paragraphs of a novel with so many characters, about: dialogue, and longer ones. */
function paragraphs(seed: number, characters: number): string[] {
  const next = random(seed);
  const made: string[] = [];
  const below = (most: number) => Math.floor(next() * most);
  const word = () =>
    Array.from({ length: 1 + below(3) }, () => SYLLABLES[below(SYLLABLES.length)]).join('');
  const sentence = () => {
    const words = Array.from({ length: 4 + below(16) }, word).join(' ');
    return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
  };
  for (let length = 0; length < characters; ) {
    const text = Array.from({ length: 1 + below(next() < 0.5 ? 2 : 9) }, sentence).join(' ');
    made.push(text);
    length += text.length + 2;
  }
  return made;
}

const FORMATS = ['txt', 'md', 'html', 'epub'] as const;

/** A novel's file. All but the plain text have a chapter every hundred paragraphs. */
function novel(seed: number, characters: number, format: (typeof FORMATS)[number]) {
  const title = `Novel ${seed}`;
  const told = paragraphs(seed, characters);
  const chapters = Array.from({ length: Math.ceil(told.length / 100) }, (_, at) =>
    told.slice(at * 100, (at + 1) * 100),
  );
  const pages = chapters.map(([first, ...rest], at) =>
    [
      `<h2>Chapter ${at + 1}</h2>`,
      `<p><em>${first}</em></p>`,
      ...rest.map((p) => `<p>${p}</p>`),
    ].join('\n'),
  );
  switch (format) {
    case 'txt':
      return [title, ...told].join('\n\n');
    case 'md':
      return [
        `# ${title}`,
        ...chapters.flatMap(([first, ...rest], at) => [
          `## Chapter ${at + 1}`,
          `*${first}*`,
          ...rest,
        ]),
      ].join('\n\n');
    case 'html':
      return `<!DOCTYPE html><html lang="en"><head><title>${title}</title></head><body>${pages.join('\n')}</body></html>`;
    case 'epub':
      return epub({ metadata: `<dc:title>${title}</dc:title>`, texts: pages });
  }
}

/** Writes novels into a folder, in turn in each format, on shelves of fifty. */
export async function writeNovels(folder: string, count: number, characters: number) {
  for (let number = 1; number <= count; number += 1) {
    const shelf = join(folder, `Shelf ${Math.ceil(number / 50)}`);
    await mkdir(shelf, { recursive: true });
    const format = FORMATS[number % FORMATS.length] ?? 'txt';
    await writeFile(join(shelf, `novel-${number}.${format}`), novel(number, characters, format));
  }
}

/** Writes one novel, as a plain text. */
export async function writeNovel(folder: string, name: string, characters: number) {
  await writeFile(join(folder, `${name}.txt`), novel(1, characters, 'txt'));
}
