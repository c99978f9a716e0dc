import type { Keyv } from 'keyv';

/**
 * All that is stored under a namespace, in no certain order; what is written meanwhile may be
 * among it or not. Keyv itself types neither keys nor values here.
 */
export function entries<Value>(records: Keyv<Value>): AsyncIterable<[key: string, value: Value]> {
  const { iterator } = records;
  if (iterator === undefined) throw new Error('this store cannot list what it holds');
  return iterator(undefined);
}
