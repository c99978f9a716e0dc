/** The value below which this part (0 to 1) of the figures lies, by linear interpolation. */
export function quantile(figures: readonly number[], part: number): number {
  const sorted = figures.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * part;
  const below = sorted[Math.floor(at)];
  const above = sorted[Math.ceil(at)];
  if (below === undefined || above === undefined) throw new RangeError('no figures');
  return below + (above - below) * (at - Math.floor(at));
}

export function median(figures: readonly number[]): number {
  return quantile(figures, 0.5);
}

export type Point = readonly [x: number, y: number];

/** A slope, y for each x, and the 95 % confidence interval around it. */
export interface Trend {
  readonly slope: number;
  readonly from: number;
  readonly to: number;
}

const STRETCHES = 10;
/** The 97.5 % quantile of Student's t with STRETCHES − 2 degrees of freedom. */
const T = 2.306;

/**
 * The straight line that fits best, by least squares. Neighbouring points are much alike, which
 * would make the interval too narrow: it is that of the medians of ten stretches of them.
 */
export function trend(points: readonly Point[]): Trend {
  if (points.length < STRETCHES) throw new RangeError('too few points for a trend');
  const stretches = Array.from({ length: STRETCHES }, (_, index): Point => {
    const edge = (nth: number) => Math.round((nth * points.length) / STRETCHES);
    const stretch = points.slice(edge(index), edge(index + 1));
    return [median(stretch.map(([x]) => x)), median(stretch.map(([, y]) => y))];
  });
  const mean = (of: (point: Point) => number) =>
    stretches.reduce((sum, point) => sum + of(point), 0) / STRETCHES;
  const [meanX, meanY] = [mean(([x]) => x), mean(([, y]) => y)];
  const spread = STRETCHES * mean(([x]) => (x - meanX) ** 2);
  const slope = (STRETCHES * mean(([x, y]) => (x - meanX) * (y - meanY))) / spread;
  const residual = STRETCHES * mean(([x, y]) => (y - meanY - slope * (x - meanX)) ** 2);
  const error = T * Math.sqrt(residual / (STRETCHES - 2) / spread);
  return { slope, from: slope - error, to: slope + error };
}
