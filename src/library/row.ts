import type { SQLOutputValue } from 'node:sqlite';
import { DamageError } from './index-error.ts';

/** A row as SQLite gives it; a damaged one can hold anything anywhere. */
export type Row = Readonly<Record<string, SQLOutputValue>>;

export function textIn(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new DamageError(`${column} is no text`);
  return value;
}

export function numberIn(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new DamageError(`${column} is no number`);
  return value;
}
