/** What was made for the most recently asked keys. */
export interface Recent<K, V> {
  get(key: K): V;
}

/**
 * Keeps what `make` gives for the most recently asked keys, as long as their weights together are
 * at most `most`; the newest is kept whatever it weighs.
 */
export function createRecent<K, V>(
  make: (key: K) => V,
  weigh: (key: K) => number,
  most: number,
): Recent<K, V> {
  // A Map keeps its keys in the order of insertion: the least recently asked is the first.
  const kept = new Map<K, { readonly value: V; readonly weight: number }>();
  let total = 0;
  return {
    get(key) {
      const entry = kept.get(key) ?? { value: make(key), weight: weigh(key) };
      if (!kept.delete(key)) total += entry.weight;
      kept.set(key, entry);
      for (const [oldest, { weight }] of kept) {
        if (total <= most || oldest === key) break;
        kept.delete(oldest);
        total -= weight;
      }
      return entry.value;
    },
  };
}
