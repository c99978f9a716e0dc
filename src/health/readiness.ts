import type { Keyv } from 'keyv';
import type { Store } from '../reading/store.ts';
import type { GatewayState } from './metrics.ts';

/** How long the store may take to answer, in ms. */
const STORE_PATIENCE = 1000;

export interface Watched {
  /** Undefined until the bot is there. */
  readonly gateway: () => GatewayState | undefined;
  readonly store: Store;
  /** Whether the process is about to end. */
  readonly isStopping: () => boolean;
}

/**
 * Makes the question whether Lamplight can tell stories just now. It answers with what is missing,
 * in a few words each: nothing when all is well. Never throws.
 */
export function createReadiness({ gateway, store, isStopping }: Watched): () => Promise<string[]> {
  const storeAnswers = questionTo(store.namespace('health'));
  return async () => {
    if (isStopping()) return ['it is being stopped'];
    const state = gateway();
    const missing: string[] = [];
    if (state === undefined || state.shards === 0) missing.push('the gateway is not connected yet');
    else if (state.connected < state.shards) {
      missing.push(`the gateway has ${state.connected} of ${state.shards} shards connected`);
    }
    if (!(await storeAnswers())) missing.push('the store does not answer');
    return missing;
  };
}

/** Asks the store whether it answers; while one question is under way, it is everybody's. */
function questionTo(records: Keyv): () => Promise<boolean> {
  let asked: Promise<boolean> | undefined;
  const ask = async (): Promise<boolean> => {
    try {
      await within(STORE_PATIENCE, records.get('ready'));
      return true;
    } catch {
      return false;
    }
  };
  return () => {
    asked ??= ask().finally(() => {
      asked = undefined;
    });
    return asked;
  };
}

async function within(ms: number, promise: Promise<unknown>): Promise<void> {
  const limit = Promise.withResolvers<never>();
  const timer = setTimeout(() => limit.reject(new Error(`no answer within ${ms} ms`)), ms);
  try {
    await Promise.race([promise, limit.promise]);
  } finally {
    clearTimeout(timer);
  }
}
