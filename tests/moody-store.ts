import { openNamespace, type StorageAdapter } from '../src/reading/namespace.ts';
import type { Store } from '../src/reading/store.ts';

/** What the bot does with its store: loads a record, records a Turn, or writes without one. */
export type Access = 'load' | 'record' | 'move';

/** Before the access: it fails, never ends, or is late by so many ms. */
export type Mood = 'fail' | 'hang' | number;

export interface Spell {
  readonly on: Access;
  readonly how: Mood;
  /** Its answer is what dawdles. */
  readonly after?: boolean;
  /** The namespace it strikes; `channels` if not said. */
  readonly in?: string;
  /** The channel it strikes; every one if not said. */
  readonly channel?: { readonly id: string };
  /** How many accesses it strikes; one if not said. */
  readonly times?: number;
}

export interface MoodyStore {
  readonly aroundStore: (store: Store) => Store;
  /** Resolves when the first access it strikes has gone through after all. */
  cast(spell: Spell): Promise<void>;
  lift(): void;
}

/** A real store that fails, hangs or dawdles when told to. What dawdles still lands, late. */
export function moodyStore(): MoodyStore {
  const spells: (Required<Pick<Spell, 'on' | 'how' | 'after' | 'in'>> & {
    id: string;
    left: number;
    landed: () => void;
  })[] = [];

  async function suffer<T>(
    access: Access,
    name: string,
    key: string,
    go: () => Promise<T>,
  ): Promise<T> {
    const at = spells.findIndex(
      (spell) => spell.on === access && spell.in === name && key.endsWith(spell.id),
    );
    const spell = spells[at];
    if (spell === undefined) return await go();
    spell.left -= 1;
    if (spell.left <= 0) spells.splice(at, 1);
    if (spell.how === 'fail') throw new Error('the disk is on fire');
    const { promise, resolve } = Promise.withResolvers<void>();
    const going = spell.after ? go() : promise.then(go);
    if (spell.how !== 'hang') setTimeout(resolve, spell.how);
    const [result] = await Promise.all([going, promise]);
    spell.landed();
    return result;
  }

  return {
    cast({ on, how, after = false, in: where = 'channels', channel, times = 1 }) {
      const { promise, resolve: landed } = Promise.withResolvers<void>();
      spells.push({ on, how, after, in: where, id: channel?.id ?? '', left: times, landed });
      return promise;
    },
    lift: () => void spells.splice(0),
    aroundStore: (store) => ({
      close: () => store.close(),
      namespace<Value>(name: string) {
        const real = store.namespace<string>(name);
        const adapter: StorageAdapter = {
          get: (key: string) => suffer('load', name, key, async () => await real.store.get(key)),
          swap: (key: string, loaded?: string, next?: string, ttl?: number) =>
            suffer(/"turn":/.test(next ?? '') ? 'record' : 'move', name, key, () =>
              real.store.swap(key, loaded, next, ttl),
            ),
          set: (key: string, value: string) => real.store.set(key, value),
          delete: (key: string) => real.store.delete(key),
          sweep: () => real.store.sweep(),
          clear: () => real.store.clear(),
          iterator: (namespace?: string) => real.store.iterator(namespace),
        };
        return openNamespace<Value>(name, adapter);
      },
    }),
  };
}
