/** What the protocol keeps to, and what somebody could get wrong. */
export interface Rules {
  /** A record is written only over the one that was loaded. */
  readonly compareAndSet: boolean;
  /** An interaction that wants a turn is claimed in the store: one process gets it. */
  readonly claims: boolean;
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
  claims: true,
  place: true,
  keep: true,
  lost: true,
};

/** For a store that one process has to itself. */
export const ALONE: Rules = {
  compareAndSet: false,
  claims: false,
  place: true,
  keep: true,
  lost: true,
};
