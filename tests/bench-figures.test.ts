import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quantile, trend } from './bench/figures.ts';

const POINTS = 200;
const noise = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
  minLength: POINTS,
  maxLength: POINTS,
});

test('a trend without noise is its slope exactly', () => {
  fc.assert(
    fc.property(fc.integer({ min: -50, max: 50 }), fc.integer(), (slope, start) => {
      const points = Array.from({ length: POINTS }, (_, x) => [x, start + slope * x] as const);
      const found = trend(points);
      expect(found.slope).toBeCloseTo(slope, 5);
      expect(found.to - found.from).toBeCloseTo(0, 4);
    }),
  );
});

test('noise widens the interval around the slope that it had without', () => {
  fc.assert(
    fc.property(noise, fc.integer({ min: -5, max: 5 }), (rough, slope) => {
      const found = trend(rough.map((y, x) => [x, y + slope * x] as const));
      const flat = trend(rough.map((y, x) => [x, y] as const));
      expect(found.slope - flat.slope).toBeCloseTo(slope, 1);
      expect(found.from).toBeLessThanOrEqual(found.slope);
      expect(found.to).toBeGreaterThanOrEqual(found.slope);
    }),
  );
});

test('a quantile lies between its neighbours', () => {
  expect(quantile([3, 1, 2], 0.5)).toBe(2);
  expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
  expect(quantile([5], 0.99)).toBe(5);
  expect(quantile([0, 100], 0.99)).toBe(99);
  expect(() => quantile([], 0.5)).toThrow(RangeError);
});
