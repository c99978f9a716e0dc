import { hash } from 'node:crypto';

/** A short name for a text: 72 bits of its SHA-256, as 12 base64url characters. */
export function hashText(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, 12);
}
