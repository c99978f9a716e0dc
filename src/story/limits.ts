/** How much a file may ask for before it is refused. Story files are untrusted. */
export interface Limits {
  /** Bytes of all that is read out of an archive, unpacked. */
  readonly unpacked: number;
  /** Files in an archive. */
  readonly entries: number;
  /** How deep elements may stand in each other. */
  readonly depth: number;
  /** Elements in one document. */
  readonly elements: number;
}

/** What a single document may ask for. */
export type MarkupLimits = Pick<Limits, 'depth' | 'elements'>;

/**
 * Several times what real books need: *War and Peace* unpacks to 4 MB in 400 files, and browsers
 * stop at 512 elements in each other. A million elements take half a gigabyte of memory.
 */
export const LIMITS: Limits = {
  unpacked: 200_000_000,
  entries: 10_000,
  depth: 256,
  elements: 1_000_000,
};
