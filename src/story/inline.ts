import { trimmed } from './prose-lines.ts';
import type { Prose } from './story.ts';

/** A place in the text that is being written, the how-manieth text that is. */
export interface Place {
  readonly text: number;
  readonly piece: number;
  readonly length: number;
}

/** Writes inline texts with their emphasis, white space collapsed as HTML collapses it. */
export interface Inline {
  readonly length: number;
  /** Whether there is anything but white space. */
  readonly isInked: boolean;
  write(text: string): void;
  /** Writes every character as it is. */
  writePreformatted(text: string): void;
  /** Begins a new line; an empty line is not begun but refused with `false`. */
  breakLine(): boolean;
  /** What comes next stands on a line of its own. */
  edge(): void;
  /** How the text from here on is emphasised. */
  emphasise(emphasis: boolean, strong: boolean): void;
  place(): Place;
  /** Whether a place is in the text that is being written still. */
  holds(place: Place): boolean;
  /** The text since a place that is not far; undefined where it is, or in another text. */
  since(place: Place): string | undefined;
  /** Writes the text since a place in this text anew. */
  rewrite(place: Place, text: string): void;
  dropSpace(): void;
  /** Ends the text and begins the next one, which is emphasised as this one is at its end. */
  finish(): Prose;
}

const COLLAPSED = /[ \t\n\f\r]+/g;
const NEAR = 24;

export function createInline(): Inline {
  let pieces: string[] = [];
  let spans: { start: number; end: number; strong: boolean }[] = [];
  const from: { emphasis?: number | undefined; strong?: number | undefined } = {};
  let texts = 0;
  let length = 0;
  let last: 'start' | 'space' | 'line' | 'text' = 'start';
  let isInked = false;
  let isLineInked = false;

  const push = (text: string) => {
    pieces.push(text);
    length += text.length;
    if (/\S/.test(text)) isInked = isLineInked = true;
  };
  const dropSpace = () => {
    const piece = pieces.at(-1);
    if (last !== 'space' || piece === undefined) return;
    pieces[pieces.length - 1] = piece.slice(0, -1);
    length -= 1;
    last = 'text';
  };
  const newLine = () => {
    dropSpace();
    push('\n');
    last = 'line';
    isLineInked = false;
  };
  const mark = (kind: 'emphasis' | 'strong', isOn: boolean) => {
    const start = from[kind];
    if (isOn && start === undefined) from[kind] = length;
    if (!isOn && start !== undefined) {
      spans.push({ start, end: length, strong: kind === 'strong' });
      from[kind] = undefined;
    }
  };
  const emphasise = (emphasis: boolean, strong: boolean) => {
    mark('emphasis', emphasis);
    mark('strong', strong);
  };

  return {
    get length() {
      return length;
    },
    get isInked() {
      return isInked;
    },
    write(data) {
      const collapsed = data.replace(COLLAPSED, ' ');
      const text = last !== 'text' && collapsed.startsWith(' ') ? collapsed.slice(1) : collapsed;
      if (text === '') return;
      push(text);
      last = text.endsWith(' ') ? 'space' : 'text';
    },
    writePreformatted(text) {
      push(text);
      last = 'text';
    },
    breakLine() {
      if (!isInked) return true;
      if (!isLineInked) return false;
      newLine();
      return true;
    },
    edge() {
      if (isInked && isLineInked) newLine();
    },
    emphasise,
    place: () => ({ text: texts, piece: pieces.length, length }),
    holds: (place) => place.text === texts,
    since(place) {
      if (place.text !== texts) return undefined;
      const size = length - place.length;
      if (size < 0 || size > NEAR || pieces.length - place.piece > NEAR) return undefined;
      return pieces.slice(place.piece).join('');
    },
    rewrite(place, text) {
      if (place.text !== texts) return;
      pieces.length = place.piece;
      length = place.length;
      for (const kind of ['emphasis', 'strong'] as const) {
        const start = from[kind];
        if (start !== undefined) from[kind] = Math.min(start, length);
      }
      const end = length + text.length;
      for (let at = spans.length - 1; at >= 0; at--) {
        const span = spans[at];
        if (span === undefined || span.end <= length) break;
        span.start = Math.min(span.start, length);
        span.end = end;
      }
      push(text);
      last = 'text';
    },
    dropSpace,
    finish() {
      const { emphasis, strong } = from;
      emphasise(false, false);
      const prose = trimmed({ text: pieces.join(''), emphasis: spans });
      texts++;
      pieces = [];
      spans = [];
      length = 0;
      last = 'start';
      isInked = isLineInked = false;
      emphasise(emphasis !== undefined, strong !== undefined);
      return prose;
    },
  };
}
