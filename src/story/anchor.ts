import { createHash } from 'node:crypto';

/** A short name for a text: 72 bits of its SHA-256, as 12 base64url characters. */
export function hashText(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 12);
}
