import type { Keyv } from 'keyv';
import { type Kind, readStored } from './kind.ts';
import type { StorageAdapter } from './namespace.ts';
import { NoTurn } from './turn.ts';

/** How long one access to the store may take, in ms. */
const PATIENCE = 8000;
/** So often a change is tried anew where another process writes the same record. */
const MOST_TRIES = 20;

/** A record as it was loaded: what it was then is what a swap expects to find. */
export interface Loaded<Value> {
  /** Brought up to date; absent where nothing is stored. */
  readonly value: Value | undefined;
  /** As it is stored; absent where nothing is. */
  readonly text: string | undefined;
}

/** A record can't be read, and stays as it is; for the log. */
export type OnUnreadable = (error: unknown, namespace: string, key: string) => void;

/** An access to the store ended, after so many ms. */
export type OnAccess = (ms: number, hasFailed: boolean) => void;

/**
 * The records of one kind, in a namespace of the store. Two processes may serve the same channel
 * for a while, so a record is only written if it is still what was loaded: Keyv has no such
 * write, its storage adapters here have (see StorageAdapter). Each call throws `NoTurn`: `store`
 * where the store fails or does not answer, `version` and `damaged` for a record that can't be read.
 */
export class Records<Value extends object> {
  readonly #keyv: Keyv<Value>;
  readonly #kind: Kind<Value>;
  readonly #onUnreadable: OnUnreadable;
  readonly #onAccess: OnAccess;

  constructor(
    keyv: Keyv<Value>,
    kind: Kind<Value>,
    onUnreadable: OnUnreadable,
    onAccess: OnAccess = () => {},
  ) {
    this.#keyv = keyv;
    this.#kind = kind;
    this.#onUnreadable = onUnreadable;
    this.#onAccess = onAccess;
  }

  async load(key: string): Promise<Loaded<Value>> {
    const text = await this.#access(() => this.#adapter.get(this.#prefixed(key)));
    return { text, value: text === undefined ? undefined : this.#read(key, text) };
  }

  async get(key: string): Promise<Value | undefined> {
    return (await this.load(key)).value;
  }

  /**
   * Writes a record, or deletes it, if what is stored is still what was loaded. Returns what is
   * stored from then on; nothing where somebody else was faster. A write that was given up can
   * still land, but never over a newer one. `lifetime` in ms, from now.
   */
  async swap(
    key: string,
    loaded: Loaded<Value>,
    value: Value | undefined,
    lifetime?: number,
  ): Promise<Loaded<Value> | undefined> {
    const expires = lifetime === undefined ? {} : { expires: Date.now() + lifetime };
    // As Keyv writes it, so that any Keyv can read it.
    const text = value && JSON.stringify({ value, ...expires });
    const isSwapped = await this.#access(() =>
      this.#adapter.swap(this.#prefixed(key), loaded.text, text, lifetime),
    );
    return isSwapped ? { value, text } : undefined;
  }

  /**
   * Changes a record, however many others do so at the same moment: `change` is handed what is
   * stored and returns what shall be, the very same to leave it alone, or nothing to delete it. It
   * can be called more than once.
   */
  async update(
    key: string,
    change: (value: Value | undefined) => Value | undefined,
    lifetime?: number,
  ): Promise<void> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const loaded = await this.load(key);
      const value = change(loaded.value);
      if (value === loaded.value) return;
      if ((await this.swap(key, loaded, value, lifetime)) !== undefined) return;
    }
    throw new NoTurn('busy');
  }

  /** Deletes a record, whatever it has become. */
  async delete(key: string): Promise<void> {
    await this.#access(() => this.#keyv.delete(key));
  }

  /** Deletes what has expired. */
  async sweep(): Promise<void> {
    await patiently(() => this.#adapter.sweep());
  }

  /**
   * Every record, in no certain order and possibly more than once; what is written meanwhile may
   * be among them or not. One that can't be read is reported and left out.
   */
  async *entries(): AsyncGenerator<[key: string, value: Value], void> {
    const namespace = this.#prefixed('');
    try {
      for await (const [name, text] of this.#adapter.iterator(this.#keyv.namespace)) {
        const key = name.slice(namespace.length);
        let value: Value | undefined;
        try {
          value = this.#read(key, text);
        } catch (error) {
          this.#onUnreadable(error, namespace.slice(0, -1), key);
          continue;
        }
        if (value !== undefined) yield [key, value];
        else await this.#adapter.swap(name, text, undefined);
      }
    } catch (cause) {
      throw new NoTurn('store', { cause });
    }
  }

  /** Nothing where it has expired. */
  #read(key: string, text: string): Value | undefined {
    try {
      return readStored(this.#kind, text);
    } catch (cause) {
      if (!(cause instanceof NoTurn)) throw cause;
      const record = `the record ${this.#prefixed(key)}`;
      throw new NoTurn(cause.reason, { cause: new Error(record, { cause: cause.cause }) });
    }
  }

  #access<T>(access: () => Promise<T>): Promise<T> {
    const from = performance.now();
    const note = (hasFailed: boolean) => this.#onAccess(performance.now() - from, hasFailed);
    const result = patiently(access);
    result.then(
      () => note(false),
      () => note(true),
    );
    return result;
  }

  #prefixed(key: string): string {
    return `${this.#keyv.namespace}:${key}`;
  }

  get #adapter(): StorageAdapter {
    return this.#keyv.store;
  }
}

/** One access to the store, given up after a while. */
async function patiently<T>(access: () => Promise<T>): Promise<T> {
  const limit = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    limit.reject(new Error(`the store did not answer within ${PATIENCE} ms`));
  }, PATIENCE);
  try {
    return await Promise.race([access(), limit.promise]);
  } catch (cause) {
    throw new NoTurn('store', { cause });
  } finally {
    clearTimeout(timer);
  }
}
