import type { Meter } from '../meter.ts';
import { createMetrics } from './metrics.ts';
import { createReadiness, type Watched } from './readiness.ts';
import { openHealth } from './server.ts';

export interface HealthAddress {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
}

/**
 * Lets others watch over the process: /healthz, /readyz and /metrics. Throws a `ConfigError` when
 * it can't listen there.
 */
export async function watchOver(
  address: HealthAddress,
  watched: Watched,
): Promise<{ readonly meter: Meter; readonly port: number; close(): Promise<void> }> {
  const metrics = createMetrics(() => watched.gateway() ?? { shards: 0, connected: 0 });
  const server = await openHealth({ ...address, metrics, missing: createReadiness(watched) });
  return { meter: metrics.meter, ...server };
}
