/** Chance from a seed: the same seed, the same chances. */
export interface Random {
  /** At least `from`, less than `to`. */
  between(from: number, to: number): number;
  /** A whole number from 0, less than `count`. */
  below(count: number): number;
  /** True so often: 0 never, 1 always. */
  chance(share: number): boolean;
  pick<Value>(values: readonly Value[]): Value;
  /** Another, whose chances do not depend on how many of these were used. */
  child(name: string): Random;
}

/** Any text is a seed. xorshift32 (Marsaglia, "Xorshift RNGs", 2003), seeded by FNV-1a. */
export function createRandom(seed: string): Random {
  let state = 0x811c9dc5;
  for (const unit of seed) state = Math.imul(state ^ (unit.codePointAt(0) ?? 0), 0x01000193);
  if (state === 0) state = 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  for (let warm = 0; warm < 8; warm++) next();
  const below = (count: number) => Math.floor(next() * count);
  return {
    between: (from, to) => from + next() * (to - from),
    below,
    chance: (share) => next() < share,
    pick(values) {
      const value = values[below(values.length)];
      if (value === undefined) throw new RangeError('there is nothing to pick from');
      return value;
    },
    child: (name) => createRandom(`${seed}/${name}`),
  };
}
