/** What the protocol keeps to, and what somebody could get wrong. */
export interface Rules {
  /** A record is written only over the one that was loaded. */
  readonly compareAndSet: boolean;
  /**
   * The record says which interactions have had a turn, and a first request that is
   * refused as answered was answered elsewhere; there the other process is left to it.
   */
  readonly answered: boolean;
  /**
   * Only what is unfinished is taken back. That somebody finishes it between the look and the
   * deletion, in milliseconds, is left out here.
   */
  readonly looks: boolean;
  /** A deferral is finished only below the newest message, where it is unfinished still. */
  readonly place: boolean;
  /** A deferral is not taken back while its turn is pending: another process may be finishing it. */
  readonly keep: boolean;
  /** Where nothing was heard of a deferral, that it is not there yet is no refusal. */
  readonly lost: boolean;
  readonly mistake?:
    | 'moves before it posts'
    | 'clears the pressed message first'
    | 'takes 40060 for a refusal'
    | 'does not wait for the three seconds';
}

/** For a store that several processes share. */
export const SHARED: Rules = {
  compareAndSet: true,
  answered: true,
  looks: true,
  place: true,
  keep: false,
  lost: false,
};
/** For a store that one process has to itself. */
export const ALONE: Rules = {
  compareAndSet: false,
  answered: false,
  looks: false,
  place: true,
  keep: false,
  lost: false,
};
