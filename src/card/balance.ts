/** A segment as wide as it stands inside a line, and (`bare`) at its end, without its spaces. */
export interface Box {
  readonly width: number;
  readonly bare: number;
  /** Whether the line must end after it. */
  readonly ends: boolean;
}

/** A line's boxes: from `first` up to `last`, which is no longer in it. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** As few lines as these boxes need, each filled before the next is begun. */
export function fill(boxes: readonly Box[], limit: number): Span[] {
  const lines: Span[] = [];
  let first = 0;
  let width = 0;
  boxes.forEach((box, at) => {
    if (at > first && width + box.bare > limit) {
      lines.push({ first, last: at });
      first = at;
      width = 0;
    }
    width += box.width;
    if (box.ends || at === boxes.length - 1) {
      lines.push({ first, last: at + 1 });
      first = at + 1;
      width = 0;
    }
  });
  return lines;
}

/**
 * As many lines as `fill` makes, but as even as they can be: of all ways to break, the one whose
 * lines differ least from their mean in the square. It is what keeps a last word from standing
 * alone. Lines that the text itself ends are balanced each on its own.
 */
export function balance(boxes: readonly Box[], limit: number): Span[] {
  const lines: Span[] = [];
  let first = 0;
  boxes.forEach((box, at) => {
    if (!box.ends && at < boxes.length - 1) return;
    const paragraph = boxes.slice(first, at + 1);
    for (const span of balanceParagraph(paragraph, limit)) {
      lines.push({ first: first + span.first, last: first + span.last });
    }
    first = at + 1;
  });
  return lines;
}

function balanceParagraph(boxes: readonly Box[], limit: number): Span[] {
  const filled = fill(boxes, limit);
  if (filled.length < 2) return filled;
  const ideal = boxes.reduce((sum, box) => sum + box.width, 0) / filled.length;

  // costs[at]: the least cost of setting the boxes before `at` in as many lines as done so far.
  let costs: number[] = [0];
  const cuts = filled.map(() => {
    const next: number[] = [];
    const from: number[] = [];
    for (let first = 0; first < boxes.length; first++) {
      const cost = costs[first];
      if (cost === undefined) continue;
      let width = 0;
      for (let at = first; at < boxes.length; at++) {
        const box = boxes[at];
        if (box === undefined || (at > first && width + box.bare > limit)) break;
        const total = cost + (width + box.bare - ideal) ** 2;
        if (total < (next[at + 1] ?? Infinity)) {
          next[at + 1] = total;
          from[at + 1] = first;
        }
        width += box.width;
      }
    }
    costs = next;
    return from;
  });

  const lines: Span[] = [];
  let last = boxes.length;
  for (const from of cuts.reverse()) {
    const first = from[last] ?? 0;
    lines.unshift({ first, last });
    last = first;
  }
  return lines;
}
