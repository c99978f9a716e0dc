import type { Refusal } from './refusal.ts';

/** The ways in which somebody asks something of the bot. */
export const ASKINGS = ['command', 'press', 'autocomplete'] as const;
export type Asking = (typeof ASKINGS)[number];

/** `told`: a message stands. `changed`: something was written down without one. */
export type TurnOutcome = 'told' | 'changed' | Refusal;

/** What is counted and timed. Called on every interaction, so each has to cost next to nothing. */
export interface Meter {
  /** Somebody's answer stands, so many ms after they were heard. */
  answered(asking: Asking, ms: number): void;
  refused(cause: Refusal): void;
  turn(outcome: TurnOutcome): void;
  /** An access to the store ended, after so many ms. */
  accessed(ms: number, hasFailed: boolean): void;
  /** A shard has lost its connection and tries again. */
  reconnecting(): void;
}

/** Counts nothing: for a bot that nobody watches. */
export const unmetered: Meter = {
  answered() {},
  refused() {},
  turn() {},
  accessed() {},
  reconnecting() {},
};
