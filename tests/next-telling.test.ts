import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { followingTelling, nextTelling } from '../src/reading/next-telling.ts';
import type { Daily } from '../src/reading/pace.ts';
import {
  parseDays,
  parseSpan,
  parseTime,
  parseZone,
  zonesLike,
} from '../src/schedule/schedule-input.ts';

const ALL = [0, 1, 2, 3, 4, 5, 6];
const HOUR = 3_600_000;

/** The next tellings after a moment, as instants. */
function tellings(rhythm: Daily, after: string, count: number): string[] {
  const found: string[] = [];
  for (let last = Date.parse(after); found.length < count; ) {
    last = nextTelling(rhythm, last);
    found.push(new Date(last).toISOString().slice(0, 16));
  }
  return found;
}

const daily = (zone: string, at: string): Daily => ({ zone, at: parseTime(at) ?? 0, days: ALL });

describe('a time of day over a change of the clocks', () => {
  test.each([
    // The clock goes from 2:00 to 3:00: 2:30 comes at the jump, and the day after as ever.
    ['Europe/Berlin', '2:30', '2027-03-27T12:00Z', ['2027-03-28T01:00', '2027-03-29T00:30']],
    ['America/New_York', '2:30', '2027-03-13T12:00Z', ['2027-03-14T07:00', '2027-03-15T06:30']],
    // Half an hour is skipped.
    ['Australia/Lord_Howe', '2:15', '2027-10-02T12:00Z', ['2027-10-02T15:30', '2027-10-03T15:15']],
  ])('%s in spring, %s', (zone, at, after, expected) => {
    expect(tellings(daily(zone, at), after, 2)).toEqual(expected);
  });

  test.each([
    ['Europe/Berlin', '2:30', '2027-10-30T12:00Z', ['2027-10-31T00:30', '2027-11-01T01:30']],
    ['America/New_York', '1:30', '2027-11-06T12:00Z', ['2027-11-07T05:30', '2027-11-08T06:30']],
    ['Australia/Lord_Howe', '1:45', '2027-04-03T12:00Z', ['2027-04-03T14:45', '2027-04-04T15:15']],
  ])('%s in autumn, %s: once', (zone, at, after, expected) => {
    expect(tellings(daily(zone, at), after, 2)).toEqual(expected);
  });

  test.each([
    ['Europe/Berlin', '2027-03-27T12:00Z', ['2027-03-27T20:30', '2027-03-28T19:30']],
    ['Europe/Berlin', '2027-10-30T12:00Z', ['2027-10-30T19:30', '2027-10-31T20:30']],
    ['America/New_York', '2027-03-13T12:00Z', ['2027-03-14T02:30', '2027-03-15T01:30']],
    ['Asia/Tokyo', '2027-03-27T13:00Z', ['2027-03-28T12:30', '2027-03-29T12:30']],
  ])('21:30 in %s stays 21:30', (zone, after, expected) => {
    expect(tellings(daily(zone, '21:30'), after, 2)).toEqual(expected);
  });

  test('told late within the hour that comes twice, it is not told in the second one too', () => {
    const rhythm = daily('Europe/Berlin', '2:30');
    const late = Date.parse('2027-10-31T01:10Z');
    const { next, between } = followingTelling(rhythm, Date.parse('2027-10-31T00:30Z'), late);
    expect(new Date(next).toISOString()).toBe('2027-11-01T01:30:00.000Z');
    expect(between).toBe(0);
  });
});

test('on chosen days only', () => {
  const rhythm = { ...daily('Europe/Berlin', '21:30'), days: [1, 5] };
  expect(tellings(rhythm, '2027-01-04T09:00Z', 3)).toEqual([
    '2027-01-04T20:30',
    '2027-01-08T20:30',
    '2027-01-11T20:30',
  ]);
});

test('every so often, from the last one on, whatever was missed', () => {
  expect(nextTelling({ every: HOUR }, 1000)).toBe(1000 + HOUR);
  fc.assert(
    fc.property(
      fc.integer({ min: 60_000, max: 30 * 24 * HOUR }),
      fc.nat(1e12),
      fc.nat(1e12),
      (every, due, away) => {
        const { next, between } = followingTelling({ every }, due, due + away);
        expect(next).toBeGreaterThan(due + away);
        expect(next - every).toBeLessThanOrEqual(due + away);
        expect(next).toBe(due + (between + 1) * every);
      },
    ),
  );
});

test('a daily telling is told once a day, at most, in every zone and all the year', () => {
  const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC');
  fc.assert(
    fc.property(zones, fc.integer({ min: 0, max: 1439 }), fc.nat(364), (zone, at, day) => {
      const rhythm = { zone, at, days: ALL };
      const first = nextTelling(rhythm, Date.UTC(2027, 0, 1) + day * 24 * HOUR);
      const second = nextTelling(rhythm, first);
      expect(second - first).toBeGreaterThanOrEqual(22.5 * HOUR);
      expect(second - first).toBeLessThanOrEqual(25.5 * HOUR);
      const { next, between } = followingTelling(rhythm, first, second);
      expect([next, between]).toEqual([nextTelling(rhythm, second), 1]);
    }),
    { numRuns: 200 },
  );
});

describe('what people type', () => {
  test.each([
    ['30m', 30],
    ['45', 45],
    ['2 hours', 120],
    ['1d 12h', 36 * 60],
    ['2h30m', 150],
    ['1 Day', 1440],
    ['soon', undefined],
    ['-5m', undefined],
    ['5 months', undefined],
    ['', undefined],
  ])('a span, %j', (typed, minutes) => {
    expect(parseSpan(typed)).toBe(minutes === undefined ? undefined : minutes * 60_000);
  });

  test.each([
    ['21:30', 21 * 60 + 30],
    ['9:05', 9 * 60 + 5],
    ['9.05', 9 * 60 + 5],
    ['00:00', 0],
    ['12:15 am', 15],
    ['9 PM', 21 * 60],
    ['24:00', undefined],
    ['9:60', undefined],
    ['13pm', undefined],
    ['9', undefined],
  ])('a time, %j', (typed, minutes) => {
    expect(parseTime(typed)).toBe(minutes);
  });

  test.each([
    ['', ALL],
    ['Every day', ALL],
    ['weekdays', [1, 2, 3, 4, 5]],
    ['weekends', [0, 6]],
    ['mon,wed,fri', [1, 3, 5]],
    ['Saturday and Tuesday', [2, 6]],
    ['mon, mon', [1]],
    ['someday', undefined],
    ['mon,xyz', undefined],
  ])('days, %j', (typed, days) => {
    expect(parseDays(typed)).toEqual(days);
  });

  test.each([
    ['europe/berlin', 'Europe/Berlin'],
    ['America/New York', 'America/New_York'],
    ['utc', 'UTC'],
    ['+02:00', undefined],
    ['Middle-earth/Shire', undefined],
  ])('a zone, %j', (typed, zone) => {
    expect(parseZone(typed)).toBe(zone);
  });

  test('cities come first', () => {
    expect(zonesLike('mex')[0]).toMatch(/\/Mexico_City$/);
    expect(zonesLike('paris')).toEqual(['Europe/Paris']);
    expect(zonesLike('europe').every((zone) => zone.startsWith('Europe/'))).toBe(true);
    expect(zonesLike('new york')).toContain('America/New_York');
  });
});
