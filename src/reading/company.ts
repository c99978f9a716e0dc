import type { Together } from './pace.ts';
import type { Reading } from './record.ts';

/** Whoever pressed or asked on this many newest messages counts as here. */
const HERE = 3;
const MOST_PRESENT = 50;
const MOST_READERS = 200;
/** So long after the last message a room has gone home, in ms: the next one is a new sitting. */
const APART = 6 * 3_600_000;

/** The reading once a user has pressed or asked something in it. */
export function arrive(reading: Reading, userId: string): Reading {
  const { present = [], readers = [], serial } = reading;
  const others = present.filter(([id]) => id !== userId);
  const isCounted = readers.includes(userId) || readers.length >= MOST_READERS;
  return {
    ...reading,
    present: [...others, [userId, serial] as const].slice(-MOST_PRESENT),
    readers: isCounted ? readers : [...readers, userId],
  };
}

/** The reading once it has told a message: nobody is ready for the next one yet. */
export function afterTelling({ ready: _, ...reading }: Reading, now: number): Reading {
  const { toldAt: before, sittings = 0 } = reading;
  const isNewSitting = before === undefined || now - before > APART;
  return { ...reading, toldAt: now, sittings: isNewSitting ? sittings + 1 : sittings };
}

/** How many are ready for the next passage, and how many turn the page. */
export function readiness(
  { present = [], ready = [], serial }: Reading,
  { readers }: Together,
): { ready: number; needed: number } {
  const here = present.filter(([, seen]) => seen > serial - HERE).length;
  return { ready: ready.length, needed: readers ?? Math.max(here, 1) };
}

/** The time from which whoever asks turns the page alone; absent: there is none. */
export function waitEnd(
  { begun, toldAt = begun }: Reading,
  { since, wait }: Together,
): number | undefined {
  return wait === undefined ? undefined : Math.max(toldAt, since) + wait;
}

export function isReady({ ready = [] }: Reading, userId: string): boolean {
  return ready.includes(userId);
}

/** The reading once a user says that they are ready; for the second time, the same. */
export function makeReady(reading: Reading, userId: string): Reading {
  const { ready = [] } = reading;
  return ready.includes(userId) ? reading : { ...reading, ready: [...ready, userId] };
}

/** The reading once a user takes it back. */
export function unmakeReady(reading: Reading, userId: string): Reading {
  return { ...reading, ready: (reading.ready ?? []).filter((id) => id !== userId) };
}

/** The reading without anything that names a user. */
export function withoutUser(reading: Reading, userId: string): Reading {
  const { host, ready, present, readers } = reading;
  const others = (ids: readonly string[]) => ids.filter((id) => id !== userId);
  return {
    ...reading,
    host: host === userId ? '' : host,
    ...(ready && { ready: others(ready) }),
    ...(present && { present: present.filter(([id]) => id !== userId) }),
    ...(readers && { readers: others(readers) }),
  };
}

/** Whether anything in a reading names a user. */
export function names(reading: Reading, userId: string): boolean {
  const { host, ready = [], present = [], readers = [] } = reading;
  return (
    host === userId ||
    ready.includes(userId) ||
    readers.includes(userId) ||
    present.some(([id]) => id === userId)
  );
}
