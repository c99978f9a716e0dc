import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { StoryError } from './error.ts';
import { RATINGS, type Rating } from './story.ts';

/** What a story's file says of itself; whatever it leaves out or empty is not there. */
export interface FrontMatter {
  title?: string;
  author?: string;
  source?: string;
  language?: string;
  rating?: Rating;
  summary?: string;
  rights?: string;
}

const KEYS = ['title', 'author', 'source', 'language', 'rating', 'summary', 'rights'] as const;

/**
 * Takes the front matter, YAML between two lines `---`, off a text. Keys it does not know are
 * ignored. Throws a StoryError with the line for anything else that can't be used.
 */
export function readFrontMatter(text: string): { matter: FrontMatter; body: string } {
  if (!text.startsWith('---\n')) return { matter: {}, body: text };
  const close = /^---$/m.exec(text.slice(4));
  if (close === null) {
    // A first line of hyphens can be decoration, but not above something like `title: ...`.
    if (/^---\n\w+:/.test(text)) {
      throw new StoryError('The front matter is not closed: put a line --- under it.', 1);
    }
    return { matter: {}, body: text };
  }
  const end = 4 + close.index;
  return { matter: parseMatter(text.slice(4, end)), body: text.slice(end + 3) };
}

function parseMatter(yaml: string): FrontMatter {
  const lineCounter = new LineCounter();
  const document = parseDocument(yaml, { lineCounter, prettyErrors: false });
  // The line --- above is the file's first.
  const lineAt = (offset: number | undefined) => lineCounter.linePos(offset ?? 0).line + 1;

  const error = document.errors[0];
  if (error !== undefined) {
    const reason = error.message.replace(/\s+/g, ' ').replace(/\.$/, '');
    throw new StoryError(`The front matter is not YAML: ${reason}.`, lineAt(error.pos[0]));
  }
  if (document.contents === null) return {};
  if (!isMap(document.contents)) {
    throw new StoryError('The front matter needs lines like "title: My story".', 2);
  }

  const matter: FrontMatter = {};
  for (const { key, value } of document.contents.items) {
    const name = KEYS.find((known) => isScalar(key) && key.value === known);
    if (name === undefined || value === null) continue;
    const content = isScalar(value) ? value.value : undefined;
    const line = lineAt(isScalar(key) ? key.range?.[0] : undefined);
    if (content === null) continue;
    if (typeof content !== 'string') {
      throw new StoryError(`"${name}" in the front matter must be text: put it in quotes.`, line);
    }
    if (content.trim() !== '') set(matter, name, content.trim(), line);
  }
  return matter;
}

function set(matter: FrontMatter, name: (typeof KEYS)[number], content: string, line: number) {
  if (name === 'rating') {
    const rating = RATINGS.find((known) => known === content);
    if (rating === undefined) {
      throw new StoryError(`"rating" must be one of ${RATINGS.join(', ')}.`, line);
    }
    matter.rating = rating;
  } else if (name === 'language') {
    matter.language = languageTag(content, line);
  } else {
    matter[name] = content;
  }
}

function languageTag(content: string, line: number): string {
  try {
    const [tag] = Intl.getCanonicalLocales(content);
    if (tag !== undefined) return tag;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw new StoryError('"language" must be a language tag such as en or pt-BR.', line);
}
