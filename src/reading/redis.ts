import KeyvRedis, { type createClient } from '@keyv/redis';
import type { StorageAdapter } from './namespace.ts';

export type RedisClient = ReturnType<typeof createClient>;

/** An answer that takes longer than this, in ms, does not come. */
const ANSWER_WITHIN = 4000;
const PAGE = 500;

/** Redis has no compare-and-set of its own that all its versions know. No text is ever empty. */
const SWAP = `
local stored = redis.call('GET', KEYS[1])
if (stored or '') ~= ARGV[1] then return 0 end
if ARGV[2] == '' then redis.call('DEL', KEYS[1])
elseif ARGV[3] == '' then redis.call('SET', KEYS[1], ARGV[2])
else redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end
return 1`;

/**
 * Keyv's storage over one connected Redis client, which all adapters share; it stays its owner's to
 * close. A key is `<prefix>:<namespace>:<key>`. Every call ends within some seconds and throws what
 * went wrong, where Keyv's own adapter waits for a server that hangs, swallows the errors of
 * `clear` and of a scan, and connects anew after it was closed.
 */
export class RedisAdapter extends KeyvRedis<string> implements StorageAdapter {
  readonly #client: RedisClient;
  readonly #prefix: string;

  constructor(client: RedisClient, prefix: string) {
    super(client, { throwOnErrors: true });
    this.#client = client;
    this.#prefix = `${prefix}:`;
  }

  override async getClient(): Promise<RedisClient> {
    return this.#client;
  }

  override createKeyPrefix(key: string): string {
    return `${this.#prefix}${key}`;
  }

  override async get<Value = string>(key: string): Promise<Value | undefined> {
    return await this.#within(super.get<Value>(key));
  }

  override async getMany<Value = string>(keys: string[]): Promise<(Value | undefined)[]> {
    return await this.#within(super.getMany<Value>(keys));
  }

  /** `ttl` in milliseconds from now. */
  override async set(key: string, value: string, ttl?: number): Promise<void> {
    await this.#within(super.set(key, value, ttl));
  }

  async swap(
    key: string,
    loaded: string | undefined,
    next: string | undefined,
    ttl?: number,
  ): Promise<boolean> {
    const swapped = this.#client.eval(SWAP, {
      keys: [this.createKeyPrefix(key)],
      arguments: [loaded ?? '', next ?? '', ttl === undefined ? '' : String(Math.ceil(ttl))],
    });
    return (await this.#within(swapped)) === 1;
  }

  override async has(key: string): Promise<boolean> {
    return await this.#within(super.has(key));
  }

  override async delete(key: string): Promise<boolean> {
    return await this.#within(super.delete(key));
  }

  /** Whether any key was there. Not by MULTI, which waits for a connection that is lost. */
  override async deleteMany(keys: string[]): Promise<boolean> {
    if (keys.length === 0) return false;
    const names = keys.map((key) => this.createKeyPrefix(key));
    return (await this.#within(this.#client.unlink(names))) > 0;
  }

  /** Empties this adapter's namespace; without a namespace, the prefix. */
  override async clear(): Promise<void> {
    for await (const keys of this.#pages(this.namespace)) {
      if (keys.length > 0) await this.#within(this.#client.unlink(keys));
    }
  }

  /** Redis sees to it. */
  async sweep(): Promise<void> {}

  /** A key can come up more than once (redis.io/docs/latest/commands/scan). */
  override async *iterator<Value = string>(
    namespace = this.namespace,
  ): AsyncGenerator<[string, Value], void> {
    for await (const keys of this.#pages(namespace)) {
      if (keys.length === 0) continue;
      const own = keys.map((key) => key.slice(this.#prefix.length));
      const texts = await this.getMany<Value>(own);
      for (const [at, key] of own.entries()) {
        const text = texts[at];
        if (text !== undefined) yield [key, text];
      }
    }
  }

  async *#pages(namespace: string | undefined): AsyncGenerator<string[], void> {
    const start = this.createKeyPrefix(namespace === undefined ? '' : `${namespace}:`);
    const MATCH = `${start.replace(/[\\*?[\]]/g, '\\$&')}*`;
    let cursor = '0';
    do {
      const options = { MATCH, COUNT: PAGE };
      const page = await this.#within(this.#client.scan(cursor, options));
      cursor = page.cursor;
      yield page.keys;
    } while (cursor !== '0');
  }

  /**
   * The client knows no time limit for what it has sent. A connection on which nothing comes back
   * may be dead, which the operating system finds out after many minutes: a new one takes its place.
   */
  async #within<T>(answer: Promise<T>): Promise<T> {
    const client = this.#client;
    const connection = client.socketEpoch;
    const limit = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      limit.reject(new Error(`Redis did not answer within ${ANSWER_WITHIN} ms`));
      if (!client.isReady || client.socketEpoch !== connection) return;
      client.destroy();
      client.connect().catch(() => {}); // it was emitted, and is tried again
    }, ANSWER_WITHIN);
    try {
      return await Promise.race([answer, limit.promise]);
    } finally {
      clearTimeout(timer);
    }
  }
}
