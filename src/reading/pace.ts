/** The page turns when the room is ready. */
export interface Together {
  readonly kind: 'together';
  /** How many different readers turn the page; absent: everyone who is here. */
  readonly readers?: number;
  /** Ms after which whoever asks turns the page alone; absent: never. */
  readonly wait?: number;
  /** When this pace was set, in ms: no wait begins before it. */
  readonly since: number;
}

/** A telling every so many ms, from the last one on. */
export interface Every {
  readonly every: number;
}

/** A telling at a time of day. */
export interface Daily {
  /** Minutes after midnight in `zone`, an IANA name. */
  readonly at: number;
  readonly zone: string;
  /** Days of the week, 0 for Sunday; all seven where every day is one. */
  readonly days: readonly number[];
}

/** The story comes by itself. */
export interface Schedule {
  readonly kind: 'schedule';
  readonly rhythm: Every | Daily;
  /** Passages at a time, or as many as the chapter has left. */
  readonly amount: number | 'chapter';
  /** The id of a role that each telling mentions. */
  readonly mention?: string;
  /** The channel's language: tellings come without an interaction that would say it. */
  readonly locale: string;
  /** When the next telling is due, in ms. */
  readonly next: number;
  /** How many messages the telling under way has left; absent between tellings. */
  readonly rest?: number;
  /** Tellings that failed in a row. */
  readonly failures: number;
}

/** How the next passage comes, beside `/next`. */
export type Pace = Together | Schedule;
