import { parse } from 'discord-markdown-parser';
import { z } from 'zod';
import { timestampText } from './timestamp.ts';

/** A part of a message as Discord shows it. */
export type Mark =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'break' }
  | { readonly kind: Wrapping; readonly inside: readonly Mark[] }
  | { readonly kind: 'heading'; readonly level: number; readonly inside: readonly Mark[] }
  | { readonly kind: 'link'; readonly url: string; readonly inside: readonly Mark[] }
  | { readonly kind: 'mention'; readonly text: string }
  | { readonly kind: 'code' | 'block-code'; readonly text: string };

type Wrapping = 'em' | 'strong' | 'underline' | 'strike' | 'spoiler' | 'quote' | 'subtext';

/** The names behind the ids in a message. */
export interface Names {
  user(id: string): string | undefined;
  channel(id: string): string | undefined;
}

const Node = z.looseObject({ type: z.string() });
const WRAPPINGS: Record<string, Wrapping> = {
  em: 'em',
  strong: 'strong',
  underline: 'underline',
  strikethrough: 'strike',
  spoiler: 'spoiler',
  blockQuote: 'quote',
  subtext: 'subtext',
};

/** Reads Discord's markdown. What it doesn't know stays as it was written. */
export function marksOf(text: string, names: Names): Mark[] {
  return joined(afterQuotes(text).flatMap((part) => nodes(parse(part, 'extended'), names)));
}

/** The parser doesn't see that a line begins after a quote; cut there, it does. */
function afterQuotes(text: string): string[] {
  return text.includes('```') ? [text] : text.split(/(?<=^> .*\n)(?!> )/m);
}

function nodes(value: unknown, names: Names): Mark[] {
  if (typeof value === 'string') return [{ kind: 'text', text: value }];
  const list = z.array(Node).safeParse(value);
  return joined(list.success ? list.data.map((node) => mark(node, names)) : []);
}

function mark(node: z.infer<typeof Node>, names: Names): Mark {
  const { type } = node;
  const word = (key: string) => String(node[key] ?? '');
  const inside = () => nodes(node['content'], names);
  const wrapping = WRAPPINGS[type];
  if (wrapping) return { kind: wrapping, inside: inside() };
  switch (type) {
    case 'br':
    case 'newline':
      return { kind: 'break' };
    case 'heading':
      return { kind: 'heading', level: Number(node['level']), inside: inside() };
    case 'link':
    case 'url':
    case 'autolink': {
      const url = word('target');
      // A link leads to the web: Discord shows any other as text.
      if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return { kind: 'text', text: url };
      return { kind: 'link', url, inside: inside() };
    }
    case 'user':
      return { kind: 'mention', text: `@${names.user(word('id')) ?? 'unknown-user'}` };
    case 'channel':
      return { kind: 'mention', text: `#${names.channel(word('id')) ?? 'unknown'}` };
    case 'everyone':
    case 'here':
      return { kind: 'mention', text: `@${type}` };
    case 'inlineCode':
      return { kind: 'code', text: word('content') };
    case 'codeBlock':
      return { kind: 'block-code', text: word('content') };
    case 'timestamp': {
      const text = timestampText(Number(node['timestamp']), word('format'), Date.now());
      return { kind: 'text', text };
    }
    default:
      return { kind: 'text', text: word('content') };
  }
}

/** The parser cuts a text wherever a sign might begin something. */
function joined(marks: readonly Mark[]): Mark[] {
  const whole: Mark[] = [];
  for (const one of marks) {
    const last = whole.at(-1);
    if (one.kind === 'text' && last?.kind === 'text') {
      whole[whole.length - 1] = { kind: 'text', text: last.text + one.text };
    } else {
      whole.push(one);
    }
  }
  return whole;
}
