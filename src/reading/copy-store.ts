import type { StorageAdapter } from './namespace.ts';
import { KINDS } from './records.ts';
import { isNumber, isObject } from './shape.ts';
import type { Store } from './store.ts';
import { StoreError } from './store-error.ts';

/** So many records are written at the same time. */
const LANES = 32;
/** How far it has come is told after so many records. */
const STEP = 10_000;

/** How far a copy has come: of a namespace so many records are done, at last all. */
export type OnProgress = (namespace: string, count: number, isAll: boolean) => void;

/**
 * Copies every record into an empty store as it is, readable or not, and then compares the two.
 * Claims and the processes' words are left behind: they mean nothing later. Throws a StoreError
 * where the target holds records already, or where the source has changed meanwhile.
 */
export async function copyStore(from: Store, to: Store, onProgress: OnProgress): Promise<void> {
  for (const name of Object.keys(KINDS)) await assertEmpty(adapterOf(to, name));
  for (const name of Object.keys(KINDS)) {
    const target = adapterOf(to, name);
    let count = 0;
    await forEach(adapterOf(from, name), async (key, text) => {
      const lifetime = lifetimeOf(text);
      if (lifetime !== undefined && lifetime <= 0) return;
      const isNew = await target.swap(key, undefined, text, lifetime);
      // A listing can name a key twice; what is another by now shows in the comparison.
      if (!isNew) return;
      count++;
      if (count % STEP === 0) onProgress(name, count, false);
    });
    await compare(name, adapterOf(from, name), target);
    onProgress(name, count, true);
  }
}

async function assertEmpty(target: StorageAdapter): Promise<void> {
  for await (const _ of target.iterator()) {
    throw new StoreError(
      'The store to copy into holds records already: empty it first, or name another one.',
    );
  }
}

/** That each has what the other has. */
async function compare(name: string, from: StorageAdapter, to: StorageAdapter): Promise<void> {
  for (const [one, other] of [
    [from, to],
    [to, from],
  ] as const) {
    await forEach(one, async (key, text) => {
      const isGone = (lifetimeOf(text) ?? 1) <= 0;
      if (isGone || (await other.get(key)) === text) return;
      throw new StoreError(
        `The copy is not the same (${name}): stop whoever uses the two stores, empty the new one and copy again.`,
      );
    });
  }
}

/** In ms from now; none for what stays. */
function lifetimeOf(text: string): number | undefined {
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    return undefined;
  }
  const expires = isObject(stored) ? stored['expires'] : undefined;
  return isNumber(expires) ? expires - Date.now() : undefined;
}

/** Does something with every record of the adapter's namespace, with several at the same time. */
async function forEach(
  adapter: StorageAdapter,
  work: (key: string, text: string) => Promise<void>,
): Promise<void> {
  let batch: [key: string, text: string][] = [];
  const finish = async () => {
    await Promise.all(batch.map(([key, text]) => work(key, text)));
    batch = [];
  };
  for await (const entry of adapter.iterator()) {
    batch.push(entry);
    if (batch.length === LANES) await finish();
  }
  await finish();
}

/** An adapter of its own for a namespace. */
function adapterOf(store: Store, name: string): StorageAdapter {
  return store.namespace(name).store;
}
