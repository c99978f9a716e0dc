/** What stands in place of a secret. */
const STRUCK = '[secret]';

/** The name and password in an address: `postgres://name:password@host`. */
const CREDENTIALS = /(\b[a-z][a-z\d+.-]*:\/\/)[^\s/?#"'@]*:[^\s/?#"']*@/gi;
/** An interaction's token in the address of a request: with it anybody may answer in our place. */
const INTERACTION_TOKEN = /(\/(?:interactions|webhooks)\/\d+\/)[^\s/?#"']+/g;

/**
 * Makes what strikes secrets out of a text: each of `secrets` as it is, in JSON and in an address,
 * and whatever has the look of one. An empty one is none.
 */
export function striker(secrets: readonly string[]): (text: string) => string {
  const forms = new Set(
    secrets
      .filter((secret) => secret !== '')
      .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), inAddress(secret)]),
  );
  // The longest first: a shorter one may be a part of it.
  const known = [...forms].toSorted((a, b) => b.length - a.length);
  return (text) =>
    known
      .reduce((rest, form) => rest.replaceAll(form, STRUCK), text)
      .replace(CREDENTIALS, `$1${STRUCK}@`)
      .replace(INTERACTION_TOKEN, `$1${STRUCK}`);
}

function inAddress(secret: string): string {
  return secret.isWellFormed() ? encodeURIComponent(secret) : secret;
}
