import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

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

/** A novel as a plain text, or as Markdown with a chapter every hundred paragraphs. */
function novel(seed: number, characters: number, ending: 'txt' | 'md'): string {
  const title = `Novel ${seed}`;
  const told = paragraphs(seed, characters);
  if (ending === 'txt') return [title, ...told].join('\n\n');
  const chaptered = told.map((text, at) =>
    at % 100 === 0 ? `## Chapter ${at / 100 + 1}\n\n*${text}*` : text,
  );
  return [`# ${title}`, ...chaptered].join('\n\n');
}

/** Writes novels into a folder, in turn as plain text and as Markdown, on shelves of fifty. */
export async function writeNovels(folder: string, count: number, characters: number) {
  for (let number = 1; number <= count; number += 1) {
    const shelf = join(folder, `Shelf ${Math.ceil(number / 50)}`);
    await mkdir(shelf, { recursive: true });
    const ending = number % 2 === 0 ? 'txt' : 'md';
    await writeFile(join(shelf, `novel-${number}.${ending}`), novel(number, characters, ending));
  }
}

/** Writes one novel. */
export async function writeNovel(folder: string, name: string, characters: number) {
  await writeFile(join(folder, `${name}.txt`), novel(1, characters, 'txt'));
}
