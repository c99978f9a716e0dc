import { printable } from '../library/problem.ts';
import { minutesLeft, readingTime } from '../message/time.ts';
import { storyOf } from '../story/in-memory.ts';
import type { Manuscript, Remark } from '../story/manuscript.ts';
import { segments } from '../story/sentences.ts';
import type { Book, Chapter } from '../story/story.ts';
import { wordsFor } from '../words/words.ts';
import { warningsOf } from './warnings.ts';

/** What Lamplight makes of a file, line by line. */
export function report(manuscript: Manuscript, book: Book): string[] {
  const { author, rights, source, summary, rating, slug } = book;
  return [
    ...fact('Title', book.title),
    ...fact('Author', author),
    ...fact('Language', languageOf(manuscript, book)),
    ...fact('Rating', rating),
    ...fact('Rights', rights),
    ...fact('Source', source),
    ...fact('Summary', summary),
    ...fact('Slug', slug),
    ...fact('Length', lengthOf(book)),
    ...fact('Longest', longestOf(book)),
    ...fact('Chapters', book.chapters.length === 0 ? 'none' : `${book.chapters.length}`),
    ...book.chapters.map(chapterLine),
    ...list('Left out', manuscript.leftOut ?? []),
    ...list('Warnings', warningsOf(manuscript, book)),
  ];
}

function fact(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [`  ${name.padEnd(9)} ${printable(value)}`];
}

function chapterLine({ title, first }: Chapter): string {
  return `    from passage ${String(first).padStart(5)}  ${printable(title)}`;
}

function list(name: string, remarks: readonly Remark[]): string[] {
  if (remarks.length === 0) return [];
  const lines = remarks.map(({ line, text }) =>
    printable(line === undefined ? text : `line ${line}: ${text}`),
  );
  return [`  ${name}`, ...lines.map((line) => `    ${line}`)];
}

function languageOf(manuscript: Manuscript, { language }: Book): string {
  const name = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' }).of(language);
  const said = name === undefined ? language : `${name} (${language})`;
  return manuscript.language === undefined ? `${said}, guessed by the script` : said;
}

function lengthOf(book: Book): string {
  const { passages, language } = book;
  let words = 0;
  for (const { text } of passages) {
    for (const { wordLike } of segments(text, language, 'word')) if (wordLike) words++;
  }
  const minutes = minutesLeft({ ...storyOf(book), shelf: [] }, 0);
  const time = readingTime(minutes, wordsFor('en'));
  return `${count(passages.length, 'passage')}, ${count(words, 'word')}, ${time}`;
}

function longestOf({ passages }: Book): string {
  const longest = passages.reduce((most, one) => (one.text.length > most.text.length ? one : most));
  return `passage ${longest.number}, ${count(longest.text.length, 'character')}`;
}

function count(number: number, what: string): string {
  return `${number.toLocaleString('en')} ${what}${number === 1 ? '' : 's'}`;
}
