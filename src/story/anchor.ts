import { createHash } from 'node:crypto';
import type { Passage } from './story.ts';

const anchors = new WeakMap<Passage, string>();

/** The anchor of a passage, by which it is found again in an edited story. */
export function anchorOf(passage: Passage): string {
  const anchor = anchors.get(passage) ?? hashText(passage.text);
  anchors.set(passage, anchor);
  return anchor;
}

/** A short name for a text: 72 bits of its SHA-256, as 12 base64url characters. */
export function hashText(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 12);
}
