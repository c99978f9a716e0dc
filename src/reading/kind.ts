import { type Is, isNumber, isObject } from './shape.ts';
import { NoTurn } from './turn.ts';

/** Takes a record from one version to the next; its own `version` is written by whoever calls. */
export type Upgrade = (older: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** A kind of record. */
export interface Kind<Value> {
  /** Whether a record of the newest version is whole. */
  readonly isWhole: Is<Value>;
  /** From version 1 to 2, from 2 to 3, ... The newest version is the one after them all. */
  readonly upgrades: readonly Upgrade[];
}

/**
 * The record in a text as Keyv stores it, brought up to the newest version; nothing where it has
 * expired. Throws as `readRecord` does.
 */
export function readStored<Value>(kind: Kind<Value>, text: string): Value | undefined {
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch (cause) {
    throw new NoTurn('damaged', { cause });
  }
  const { value, expires } = isObject(stored) ? stored : {};
  return isNumber(expires) && expires < Date.now() ? undefined : readRecord(kind, value);
}

/**
 * A record as it was parsed from JSON, brought up to the newest version. Throws `NoTurn`: `version`
 * where a later Lamplight has written it, `damaged` where it is none of ours. Whoever read it
 * wrongly, or wrote over it, would lose what it holds.
 */
export function readRecord<Value>({ isWhole, upgrades }: Kind<Value>, stored: unknown): Value {
  const newest = upgrades.length + 1;
  const version = isObject(stored) ? stored['version'] : undefined;
  if (!isObject(stored) || !Number.isSafeInteger(version) || Number(version) < 1) {
    throw damaged('it has no version');
  }
  if (Number(version) > newest) throw new NoTurn('version');
  let record: unknown = stored;
  for (const upgrade of upgrades.slice(Number(version) - 1)) {
    record = upgraded(upgrade, record);
  }
  const current = isObject(record) ? { ...record, version: newest } : record;
  if (!isWhole(current)) throw damaged('something in it is missing or of a wrong type');
  return current;
}

/** An upgrade of ours is right about whole records; one that it fails on is not. */
function upgraded(upgrade: Upgrade, record: unknown): unknown {
  try {
    return isObject(record) ? upgrade(record) : record;
  } catch (cause) {
    throw new NoTurn('damaged', { cause });
  }
}

function damaged(reason: string): NoTurn {
  return new NoTurn('damaged', { cause: new Error(reason) });
}
