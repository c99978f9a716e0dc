import { flatten } from './discord/components.ts';
import { Flag, type Message } from './discord/wire.ts';
import { type Mark, marksOf, type Names } from './markdown.ts';
import type { Deed } from './scene.ts';

const LINK_STYLE = 5;
const SGR = { strong: [1, 22], subtext: [2, 22], em: [3, 23], underline: [4, 24], strike: [9, 29] };

export interface Shown {
  readonly message: Message;
  readonly deed: Deed | undefined;
  readonly names: Names;
  /** Whether the terminal understands ANSI's bold and italics. */
  readonly styled: boolean;
}

/** A message as lines for a terminal: who, the text, its buttons as `[Next]`. */
export function messageText({ message, deed, names, styled }: Shown): string {
  const style = styler(styled);
  const author = message.author.global_name ?? message.author.username;
  const head = [
    style('strong', author),
    ...(deed ? [`(${deed.by} ${deed.kind} ${plain(deed.what)})`] : []),
    ...((message.flags & Flag.ephemeral) !== 0 ? ['(only you see this)'] : []),
  ];
  const all = [...flatten(message.components)];
  const texts = [message.content, ...all.map(({ content }) => content ?? '')].filter(Boolean);
  const buttons = all.flatMap(({ label, placeholder, disabled }) => {
    const name = label ?? placeholder;
    return name && !disabled ? [`[${plain(name)}]`] : [];
  });
  return [
    head.join(' '),
    ...texts.map((text) => marksText(marksOf(text, names), style)),
    ...message.attachments.map(({ filename, description }) => `{${description ?? filename}}`),
    ...(buttons.length > 0 ? [buttons.join(' ')] : []),
  ].join('\n');
}

/** The labels of the buttons that can be pressed, in the order they show. */
export function buttonLabels(message: Message): string[] {
  return [...flatten(message.components)]
    .filter(({ type, style, disabled }) => type === 2 && style !== LINK_STYLE && !disabled)
    .flatMap(({ label }) => label ?? []);
}

type Style = (kind: keyof typeof SGR, text: string) => string;

function styler(styled: boolean): Style {
  return (kind, text) => {
    const [on, off] = SGR[kind];
    return styled && text ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  };
}

function marksText(marks: readonly Mark[], style: Style): string {
  // The parser takes the line's end in with headings, subtexts and quotes.
  const isBlock = ({ kind }: Mark) =>
    kind === 'heading' || kind === 'subtext' || kind === 'quote' || kind === 'block-code';
  let text = '';
  for (const mark of marks) {
    if (isBlock(mark) && text !== '' && !text.endsWith('\n')) text += '\n';
    text += markText(mark, style);
    if (isBlock(mark)) text += '\n';
  }
  return text.replace(/\n+$/, '');
}

function markText(mark: Mark, style: Style): string {
  switch (mark.kind) {
    case 'text':
    case 'code':
    case 'block-code':
    case 'mention':
      return plain(mark.text);
    case 'break':
      return '\n';
    case 'heading':
      return style('strong', marksText(mark.inside, style));
    case 'quote':
      return marksText(mark.inside, style).replaceAll(/^/gm, '│ ');
    case 'spoiler':
      return `||${marksText(mark.inside, style)}||`;
    case 'link': {
      const text = marksText(mark.inside, style);
      return text === mark.url ? text : `${text} <${plain(mark.url)}>`;
    }
    default:
      return style(mark.kind, marksText(mark.inside, style));
  }
}

/** Without the control characters by which a text could drive the terminal. */
function plain(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n\t]/gu, '�');
}
