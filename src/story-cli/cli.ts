import { realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { isSystemError, printable } from '../library/problem.ts';
import { readStoryFile } from '../library/read-file.ts';
import { fitsMessage } from '../message/fits.ts';
import { stretchText } from '../message/stretch.ts';
import { bookOf } from '../story/book.ts';
import { StoryError } from '../story/error.ts';
import { storyOf } from '../story/in-memory.ts';
import type { Manuscript } from '../story/manuscript.ts';
import { readManuscript } from '../story/read.ts';
import { isStoryFile } from '../story/slug.ts';
import type { Book } from '../story/story.ts';
import { report } from './report.ts';

/** Where the lines go, as on a terminal. */
export interface Output {
  out(text: string): void;
  err(text: string): void;
}

const USAGE = `npm run story -- check FILE...                  says what Lamplight makes of each file
npm run story -- show FILE --passage NUMBER     prints a passage as Discord is sent it`;

/** What was typed can't be done; the message is one sentence. */
class UsageError extends Error {}

/**
 * Runs `check` or `show`. Resolves with the exit code: 0, 1 where a file or a passage can't be
 * told, 2 for wrong use.
 */
export async function storyCli(args: readonly string[], output: Output): Promise<number> {
  try {
    const { command, files, passage } = parsed(args);
    if (command === 'show') return await show(files[0] ?? '', passage, output);
    let code = 0;
    for (const [at, file] of files.entries()) {
      if (at > 0) output.out('');
      if (!(await check(file, output))) code = 1;
    }
    return code;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    output.err(`${error.message}\n${USAGE}`);
    return 2;
  }
}

interface Asked {
  readonly command: 'check' | 'show';
  readonly files: readonly string[];
  readonly passage: number;
}

function parsed(args: readonly string[]): Asked {
  const { positionals, values } = parse(args);
  const [command, ...files] = positionals;
  if (command !== 'check' && command !== 'show') {
    throw new UsageError(
      command === undefined ? 'Say what to do.' : `There is no command "${printable(command)}".`,
    );
  }
  if (files.length === 0) throw new UsageError('Say which file.');
  if (command === 'check') {
    if (values.passage !== undefined) throw new UsageError('--passage is for show.');
    return { command, files, passage: 0 };
  }
  if (files.length > 1) throw new UsageError('show takes one file.');
  const passage = values.passage ?? '';
  if (!/^[1-9]\d{0,6}$/.test(passage)) {
    throw new UsageError('Say which passage, like --passage 12.');
  }
  return { command, files, passage: Number(passage) };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { passage: { type: 'string' } },
      allowPositionals: true,
    });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(error.message.split('\n')[0] ?? '');
  }
}

async function check(file: string, output: Output): Promise<boolean> {
  const found = await open(file, output);
  if (found === undefined) return false;
  output.out(printable(file));
  for (const line of report(found.manuscript, found.book)) output.out(line);
  return true;
}

async function show(file: string, passage: number, output: Output): Promise<number> {
  const found = await open(file, output);
  if (found === undefined) return 1;
  const story = { ...storyOf(found.book), shelf: [] };
  if (passage > story.length) {
    output.err(`${printable(file)} has ${story.length} passages: there is no passage ${passage}.`);
    return 1;
  }
  output.out(stretchText(story, { from: passage, to: passage }));
  return 0;
}

/** Reads a file as the library does; what can't be told is said, in one sentence. */
async function open(
  file: string,
  output: Output,
): Promise<{ manuscript: Manuscript; book: Book } | undefined> {
  try {
    const name = basename(file);
    if (!isStoryFile(name)) {
      throw new StoryError('Its name has none of the endings of stories, such as .txt or .md.');
    }
    const { bytes } = await readStoryFile(await realpath(file));
    const manuscript = await readManuscript({ name, bytes });
    return { manuscript, book: bookOf(name, manuscript, fitsMessage) };
  } catch (error) {
    if (error instanceof StoryError) {
      const line = error.line === undefined ? '' : `, line ${error.line}`;
      output.err(`${printable(file)}${line}: ${error.message}`);
    } else if (isSystemError(error)) {
      output.err(`${printable(file)}: It can't be read (${error.code}).`);
    } else throw error;
    return undefined;
  }
}
