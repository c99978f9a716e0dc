/** One interaction in a process; none for what a start settles. */
export interface Task {
  readonly ask?: number;
  /** What this process knows of the interaction's first answer. */
  readonly first?: 'answering' | 'deferred' | 'deferral unheard of' | 'answered';
  /** The replies it has had, by number. */
  readonly replies: readonly number[];
}

/** A process; a crash takes its tasks. */
export interface Process {
  readonly isUp: boolean;
  /** The interactions that have reached it, dead or alive. */
  readonly came: readonly number[];
  /** In order: one turn at a time. */
  readonly tasks: readonly Task[];
}

/** A request that Discord may still take: a first answer, a deferral where it has no body. */
export interface Late {
  readonly ask: number;
  readonly body?: number;
}
