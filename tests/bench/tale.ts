import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const WORDS = 'the lamp was lit again and nobody on the quay had seen whose hand it had been'.split(
  ' ',
);

/** A paragraph of this many characters, or a word more; another one for every number. */
export function paragraph(number: number, length: number): string {
  let text = `This is the paragraph of the number ${number}:`;
  for (let word = number; text.length < length; word += 1) {
    text += ` ${WORDS[word % WORDS.length]}`;
    if (word % 11 === 0) text += '.';
  }
  return `${text}.`;
}

/** Writes a story of so many passages into the folder. Returns its slug. */
export async function writeTale(folder: string, passages: number, length: number): Promise<string> {
  const paragraphs = Array.from({ length: passages }, (_, index) => paragraph(index + 1, length));
  await writeFile(join(folder, 'tale.txt'), ['A long tale', ...paragraphs].join('\n\n'));
  return 'tale';
}
