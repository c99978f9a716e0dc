import { readStored } from './kind.ts';
import type { StorageAdapter } from './namespace.ts';
import { KINDS } from './records.ts';
import type { Store } from './store.ts';
import { NoTurn } from './turn.ts';

/** What a namespace holds. */
export interface Found {
  readonly namespace: string;
  readonly count: number;
  /** The keys of records that can't be read, and why. */
  readonly unreadable: readonly {
    readonly key: string;
    readonly reason: 'damaged' | 'version';
  }[];
}

/** Reads every record of every namespace, and changes none. Throws the store's errors. */
export async function* checkStore(store: Store): AsyncGenerator<Found, void> {
  for (const [namespace, kind] of Object.entries(KINDS)) {
    const adapter: StorageAdapter = store.namespace(namespace).store;
    // A listing can name a key twice.
    const keys = new Set<string>();
    const unreadable = new Map<string, 'damaged' | 'version'>();
    for await (const [name, text] of adapter.iterator()) {
      const key = name.slice(namespace.length + 1);
      keys.add(key);
      try {
        readStored<object>(kind, text);
      } catch (error) {
        if (!(error instanceof NoTurn)) throw error;
        unreadable.set(key, error.reason === 'version' ? 'version' : 'damaged');
      }
    }
    const list = [...unreadable].map(([key, reason]) => ({ key, reason }));
    yield { namespace, count: keys.size, unreadable: list };
  }
}
