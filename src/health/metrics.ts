import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { ASKINGS, type Meter } from '../meter.ts';
import { REFUSALS } from '../refusal.ts';

/** Bounds in seconds: Discord gives three seconds for an answer. */
const ANSWER_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 3, 5, 10];
/** In seconds: SQLite takes well under a millisecond; after 8 seconds an access is given up. */
const STORE_BUCKETS = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 3, 8];
/** How often the event loop's delay is looked at, in ms. */
const DELAY_RESOLUTION = 20;

/** How the bot stands with the gateway: its shards, and how many of them are connected. */
export interface GatewayState {
  readonly shards: number;
  readonly connected: number;
}

export interface Metrics {
  readonly meter: Meter;
  readonly contentType: string;
  /** All figures in Prometheus' text form. */
  text(): Promise<string>;
}

/**
 * Figures for Prometheus, in a registry of their own. No label has a value that comes from
 * outside: every set of labels is closed, so nobody can make them grow.
 */
export function createMetrics(gateway: () => GatewayState): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: DELAY_RESOLUTION });

  const answers = new Histogram({
    name: 'lamplight_answer_seconds',
    help: 'From the arrival of an interaction to its answer, by kind.',
    labelNames: ['kind'],
    buckets: ANSWER_BUCKETS,
    registers,
  });
  const refusals = new Counter({
    name: 'lamplight_refusals_total',
    help: 'Interactions answered with a sentence in place of what was asked for, by cause.',
    labelNames: ['cause'],
    registers,
  });
  const turns = new Counter({
    name: 'lamplight_turns_total',
    help: 'Turns that were asked for, by what became of them.',
    labelNames: ['outcome'],
    registers,
  });
  const accesses = new Histogram({
    name: 'lamplight_store_seconds',
    help: 'Accesses to the store.',
    buckets: STORE_BUCKETS,
    registers,
  });
  const storeErrors = new Counter({
    name: 'lamplight_store_errors_total',
    help: 'Accesses to the store that failed or took too long.',
    registers,
  });
  const reconnects = new Counter({
    name: 'lamplight_gateway_reconnects_total',
    help: 'Times a shard lost its connection to the gateway.',
    registers,
  });
  new Gauge({
    name: 'lamplight_gateway_shards',
    help: 'Shards of this process, by whether they are connected.',
    labelNames: ['state'],
    registers,
    collect() {
      const { shards, connected } = gateway();
      this.set({ state: 'connected' }, connected);
      this.set({ state: 'away' }, shards - connected);
    },
  });
  // What never happened is there too, as 0: a rate needs a beginning.
  for (const kind of ASKINGS) answers.zero({ kind });
  for (const cause of REFUSALS) refusals.inc({ cause }, 0);
  for (const outcome of ['told', 'changed', ...REFUSALS]) turns.inc({ outcome }, 0);

  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    meter: {
      answered: (kind, ms) => answers.observe({ kind }, ms / 1000),
      refused: (cause) => refusals.inc({ cause }),
      turn: (outcome) => turns.inc({ outcome }),
      accessed(ms, hasFailed) {
        accesses.observe(ms / 1000);
        if (hasFailed) storeErrors.inc();
      },
      reconnecting: () => reconnects.inc(),
    },
  };
}
