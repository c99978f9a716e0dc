import { Keyv } from 'keyv';

/**
 * What a namespace is kept in: a storage adapter of Keyv's, an instance each, which hands it keys as
 * `namespace:key` and values as text, and beyond that can compare and set. Throws the store's errors.
 */
export interface StorageAdapter {
  get(key: string): Promise<string | undefined>;
  /**
   * Stores `next` (undefined: nothing), for `ttl` ms where given, if what is stored is still
   * `loaded` (undefined: nothing). Returns whether it was, all in one step of the store's.
   */
  swap(
    key: string,
    loaded: string | undefined,
    next: string | undefined,
    ttl?: number,
  ): Promise<boolean>;
  /** Stores a text, whatever is there. Keyv's own way, which nothing here goes. */
  set(key: string, text: string, ttl?: number): Promise<void>;
  delete(key: string): Promise<boolean>;
  clear(): Promise<void>;
  /** Deletes what has expired, where the store does not do so by itself. */
  sweep(): Promise<void>;
  /**
   * Every [key, text] of a namespace. Keys may be written and deleted meanwhile: one that stays is
   * met at least once, one that comes or goes may or may not be.
   */
  iterator(namespace?: string): AsyncIterable<[key: string, text: string]>;
}

/** `throwOnErrors`, because otherwise a store that fails reads as an empty one. */
export function openNamespace<Value>(name: string, store: StorageAdapter): Keyv<Value> {
  // Keyv cuts the namespace off a key at the first colon.
  if (!/^[\w-]+$/.test(name)) throw new TypeError(`Not a namespace: "${name}"`);
  return new Keyv<Value>({
    store,
    namespace: name,
    throwOnErrors: true,
    // It would emit the same errors as events too.
    emitErrors: false,
    // What is kept is plain JSON. Keyv's own way knows Buffers too and takes ten times as long.
    serialize: JSON.stringify,
    deserialize: JSON.parse,
  });
}
