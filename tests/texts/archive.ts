/** A text as archives distribute it: `body` between the marks, under a header, above a licence. */
export function archived(body: string, header = 'Title: The Ferry\n\nAuthor: A. Nonymous'): string {
  return [
    'The Project Gutenberg EBook of The Ferry, by A. Nonymous',
    '',
    'This eBook is for the use of anyone anywhere at no cost and with almost',
    'no restrictions whatsoever.  You may copy it, give it away or re-use it.',
    '',
    header,
    '',
    '*** START OF THIS PROJECT GUTENBERG EBOOK THE FERRY ***',
    '',
    body,
    '',
    'End of the Project Gutenberg EBook of The Ferry, by A. Nonymous',
    '',
    '*** END OF THIS PROJECT GUTENBERG EBOOK THE FERRY ***',
    '',
    '*** START: FULL LICENSE ***',
    'You may not charge for it.',
    '',
  ].join('\n');
}

/** Breaks a text at a width as programs do: each line takes as many words as it holds. */
export function wrapped(text: string, width: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}
