import { Keyv } from 'keyv';
import type { Store } from '../src/reading/store.ts';

/** What the bot does with its store: loads a record, records a Turn, or writes without one. */
export type Access = 'load' | 'record' | 'move';

/** Before the access: it fails, never ends, or is late by so many ms. */
export type Mood = 'fail' | 'hang' | number;

export interface Spell {
  readonly on: Access;
  readonly how: Mood;
  /** The namespace it strikes; `channels` if not said. */
  readonly in?: string;
  /** The channel it strikes; every one if not said. */
  readonly channel?: { readonly id: string };
  /** How many accesses it strikes; one if not said. */
  readonly times?: number;
}

export interface MoodyStore {
  readonly aroundStore: (store: Store) => Store;
  cast(spell: Spell): void;
  lift(): void;
}

/** A real store that fails, hangs or dawdles when told to. What dawdles still lands, late. */
export function moodyStore(): MoodyStore {
  const spells: { on: Access; how: Mood; where: string; id: string; left: number }[] = [];

  async function suffer(access: Access, name: string, key: string): Promise<void> {
    const at = spells.findIndex(
      ({ on, where, id }) => on === access && where === name && key.endsWith(id),
    );
    const spell = spells[at];
    if (spell === undefined) return;
    spell.left -= 1;
    if (spell.left <= 0) spells.splice(at, 1);
    if (spell.how === 'fail') throw new Error('the disk is on fire');
    const { promise, resolve } = Promise.withResolvers<void>();
    if (spell.how !== 'hang') setTimeout(resolve, spell.how);
    await promise;
  }

  return {
    cast({ on, how, in: where = 'channels', channel, times = 1 }) {
      spells.push({ on, how, where, id: channel?.id ?? '', left: times });
    },
    lift: () => void spells.splice(0),
    aroundStore: (store) => ({
      close: () => store.close(),
      namespace<Value>(name: string) {
        const real = store.namespace<string>(name);
        const adapter = {
          opts: { dialect: 'sqlite' },
          async get(key: string) {
            await suffer('load', name, key);
            return await real.store.get(key);
          },
          async set(key: string, value: string) {
            await suffer(/"turn":/.test(value) ? 'record' : 'move', name, key);
            await real.store.set(key, value);
          },
          delete: (key: string) => real.store.delete(key),
          clear: () => real.store.clear(),
          iterator: (namespace?: string) => real.store.iterator(namespace),
        };
        return new Keyv<Value>({
          store: adapter,
          namespace: name,
          throwOnErrors: true,
          emitErrors: false,
        });
      },
    }),
  };
}
