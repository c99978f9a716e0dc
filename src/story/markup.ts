import { Parser } from 'htmlparser2';
import { StoryError } from './error.ts';
import type { MarkupLimits } from './limits.ts';

/** HTML, a book's XHTML (elements close themselves, CDATA), or any other XML. */
export type Syntax = 'html' | 'xhtml' | 'xml';

export type Attributes = Readonly<Record<string, string | undefined>>;

/** Hears a document in order; every `open` has its `close`, the void elements' too. */
export interface MarkupListener {
  open(name: string, attributes: Attributes): void;
  close(name: string): void;
  text(data: string): void;
}

// Of HTML's elements, those whose end tag may be left out.
const ENDS_LEFT_OUT = new Set(
  'p li dt dd option optgroup rb rt rtc rp thead tbody tfoot tr td th colgroup caption head'.split(
    ' ',
  ),
);
const END = 'e';

/**
 * Reads a document from its text and tells the listener. Throws a StoryError when it declares
 * entities of its own (which could expand without end), when elements stand in each other deeper
 * than the limit, or when it is cut off: it ends within a tag, a comment or a script, or without
 * the end tag of its `<html>` or `<body>` (or, where it has neither, of an element that needs one).
 */
export function readMarkup(
  source: string,
  syntax: Syntax,
  limits: MarkupLimits,
  listener: MarkupListener,
): void {
  const stack: string[] = [];
  let isAtEnd = false;
  let isWhole = false;
  let elements = 0;
  let hasPage = false;
  let hasBodyEnd = false;

  const parser = new Parser(
    {
      onopentagname() {
        if (elements >= limits.elements) {
          const most = limits.elements.toLocaleString('en');
          throw new StoryError(`The file has more than ${most} elements: no book does.`);
        }
        // The parser's own stack is an array that grows at its head: deep nesting is quadratic.
        if (stack.length >= limits.depth) {
          throw new StoryError(
            `Elements stand in each other more than ${limits.depth} deep: this is no book, or tags are not closed.`,
          );
        }
      },
      onopentag(name, attributes, isImplied) {
        if (isAtEnd && name === END) isWhole = isEnded();
        // In XHTML, `</br>` and `</p>` without a beginning say nothing; in HTML they do.
        stack.push(isImplied && syntax !== 'html' ? '' : name);
        if (isAtEnd || stack.at(-1) === '') return;
        elements++;
        if (name === 'html' || name === 'body') {
          hasPage = true;
          hasBodyEnd = false;
        }
        listener.open(name, attributes);
      },
      onclosetag(name, isImplied) {
        const isTold = stack.pop() !== '' && !(isAtEnd && name === END);
        if (name === 'body' && !isImplied) hasBodyEnd = true;
        if (isTold) listener.close(name);
      },
      ontext(data) {
        if (!isAtEnd) listener.text(data);
      },
      onprocessinginstruction(_, data) {
        if (/^!doctype/i.test(data) && data.includes('[')) {
          throw new StoryError(
            'The file declares entities of its own, which Lamplight never expands: save it without its internal DOCTYPE.',
          );
        }
      },
    },
    {
      xmlMode: syntax === 'xml',
      recognizeSelfClosing: syntax !== 'html',
      recognizeCDATA: syntax !== 'html',
    },
  );

  const isEnded = () => {
    if (syntax === 'xml') return elements > 0 && stack.length === 0;
    if (!hasPage) return stack.every((name) => ENDS_LEFT_OUT.has(name));
    return hasBodyEnd || !(stack.includes('html') || stack.includes('body'));
  };

  parser.write(source);
  // A tag that is only seen as one when the text before it has come to an end.
  isAtEnd = true;
  parser.write(`<${END}>`);
  if (!isWhole || source.trimEnd().endsWith('<')) {
    throw new StoryError('The file is cut off: its end is missing. Get it again, whole.');
  }
  parser.end();
}
