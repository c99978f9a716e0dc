import type { Random } from '../random.ts';

/** Plain JSON. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Texts that something could trip over. */
const TEXTS = [
  ...['', ' ', '\n', '\u0000', '\u200b', '\ufeff', '\ud800', '\u202e', '🕯️', 'İ', 'ﬀ', '٣'],
  ...['__proto__', 'constructor', 'toString', 'null', 'undefined', 'NaN', '[object Object]'],
  ...[
    '0',
    '-1',
    '1e9',
    '01',
    '9'.repeat(20),
    '00000000-0000',
    '@everyone',
    '<@1>',
    '../../etc/passwd',
  ],
  ...[
    ':',
    '::',
    'next',
    'next:',
    'next::',
    'read:x',
    '%s',
    '{{x}}',
    '\\',
    '"',
    "'; --",
    'x'.repeat(5000),
  ],
];
const NUMBERS = [0, -0, -1, 1, 0.5, 2 ** 31, 2 ** 53, -(2 ** 53), 1e308, 4, 99, 1_700_000_000_000];

export function nastyText(random: Random): string {
  const parts = Array.from({ length: random.below(4) }, () => random.pick(TEXTS));
  return random.chance(0.6) ? random.pick(TEXTS) : parts.join('');
}

export function nastyValue(random: Random, depth = 2): Json {
  const kind = random.below(depth > 0 ? 7 : 5);
  if (kind === 0) return null;
  if (kind === 1) return random.chance(0.5);
  if (kind === 2) return random.pick(NUMBERS);
  if (kind < 5) return nastyText(random);
  const values = Array.from({ length: random.below(4) }, () => nastyValue(random, depth - 1));
  if (kind === 5) return values;
  return Object.fromEntries(values.map((value) => [nastyText(random), value]));
}

/** A text with some of its characters lost, doubled, moved or replaced. */
export function mutatedText(text: string, random: Random, times = 1 + random.below(8)): string {
  let result = text;
  for (let time = 0; time < times; time++) {
    const at = random.below(result.length + 1);
    const length = random.chance(0.7) ? random.below(8) : random.below(result.length + 1);
    const [before, piece, after] = [
      result.slice(0, at),
      result.slice(at, at + length),
      result.slice(at + length),
    ];
    const how = random.below(4);
    if (how === 0) result = before + after;
    else if (how === 1) result = before + piece + piece + after;
    else if (how === 2) result = before + nastyText(random) + after;
    else result = before + nastyText(random) + piece + after;
  }
  return result;
}

/** The value with some of its parts changed, lost, doubled or made something else. */
export function mutated(value: Json, random: Random, times = 1 + random.below(3)): Json {
  let result = value;
  for (let time = 0; time < times; time++) result = mutatedOnce(result, random);
  return result;
}

function mutatedOnce(value: Json, random: Random): Json {
  if (Array.isArray(value) && value.length > 0 && random.chance(0.85)) {
    const at = random.below(value.length);
    const one = value[at] ?? null;
    if (random.chance(0.1)) return value.toSpliced(at, 1);
    if (random.chance(0.1)) return value.toSpliced(at, 0, one);
    return value.with(at, mutatedOnce(one, random));
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && random.chance(0.9)) {
    const entries = Object.entries(value);
    if (entries.length > 0) {
      const [key, one] = random.pick(entries);
      const { [key]: _, ...rest } = value;
      if (random.chance(0.12)) return rest;
      if (random.chance(0.05)) return { ...rest, [nastyText(random)]: one };
      return { ...value, [key]: mutatedOnce(one, random) };
    }
  }
  if (typeof value === 'string' && random.chance(0.5)) return mutatedText(value, random, 1);
  if (typeof value === 'number' && random.chance(0.5)) return value + random.pick(NUMBERS);
  return nastyValue(random);
}
