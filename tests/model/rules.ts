/** What the protocol keeps to, and what somebody could get wrong. */
export interface Rules {
  /** A record is written only over the one that was loaded. */
  readonly compareAndSet: boolean;
  /** An interaction that wants a turn is claimed in the store: one process gets it. */
  readonly claims: boolean;
  /** A deferral is finished only below the newest message, where it is unfinished still. */
  readonly place: boolean;
  /**
   * That a deferral is taken back while the fate of its turn is open is written down first: from
   * then on nobody finishes it, or finds it told.
   */
  readonly marks: boolean;
  /** What a turn may have left is deleted once nothing can be late any more. */
  readonly waits: boolean;
  /** Whoever comes second takes what the other has written; else they write what they know. */
  readonly yields: boolean;
  /** Where nothing was heard of a deferral, that it is not there yet is no refusal, and not its end. */
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
  marks: true,
  waits: true,
  yields: true,
  lost: true,
};

/** For a store that one process has to itself. */
export const ALONE: Rules = {
  compareAndSet: false,
  claims: false,
  place: true,
  marks: true,
  waits: true,
  yields: true,
  lost: true,
};
