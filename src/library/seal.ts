import { hashText } from '../story/anchor.ts';
import { DamageError } from './index-error.ts';

/** A value as JSON, behind a hash of it. */
export function seal(value: unknown): string {
  const json = JSON.stringify(value);
  return hashText(json) + json;
}

/** The value that was sealed. Throws a DamageError when the text is not as `seal` made it. */
export function unseal(sealed: string): unknown {
  const json = sealed.slice(HASH_LENGTH);
  if (hashText(json) !== sealed.slice(0, HASH_LENGTH)) throw new DamageError('a seal is broken');
  return JSON.parse(json);
}

const HASH_LENGTH = hashText('').length;
