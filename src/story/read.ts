import { decode } from './decode.ts';
import { readEpub } from './epub.ts';
import { readHtml } from './html.ts';
import type { Manuscript } from './manuscript.ts';
import { decodeMarkup } from './markup-encoding.ts';
import { manuscriptOf } from './parse.ts';

/** A file as it lies in the folder; `name` has the ending, and no folders. */
export interface StoryFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Reads a story's file, by the ending of its name. Throws a StoryError when it can't be told. */
export async function readManuscript({ name, bytes }: StoryFile): Promise<Manuscript> {
  if (/\.epub$/i.test(name)) return readEpub(bytes);
  if (/html?$/i.test(name)) return readHtml(decodeMarkup(bytes));
  return manuscriptOf({ name, text: decode(bytes) });
}
