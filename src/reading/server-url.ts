import { StoreError } from './store-error.ts';

/** A STORE_URL of a server, taken apart. */
export interface ServerUrl {
  /** For the server's driver: without what is ours. */
  readonly url: string;
  /** `host:port`, for messages. */
  readonly address: string;
  /** What sets this Lamplight's records apart from others' on the same server. */
  readonly name: string;
}

/**
 * Takes a server's URL apart; `parameter` of its query is our own and holds the name. Throws a
 * StoreError, which does not repeat the URL.
 */
export function parseServerUrl(
  text: string,
  parameter: string,
  usual: { readonly name: string; readonly port: number },
): ServerUrl {
  const url = URL.parse(text);
  if (url === null) {
    throw new StoreError(
      'STORE_URL is not a valid address: it must look like SCHEME://USER:PASSWORD@HOST:PORT/DATABASE, and special characters in a password must be percent-encoded.',
    );
  }
  const name = url.searchParams.get(parameter) ?? usual.name;
  // PostgreSQL's limit; and its own way of writing names, so that it needs no quoting.
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(name)) {
    throw new StoreError(
      `The ${parameter} in STORE_URL can't be used: take lower-case letters, digits and _, beginning with a letter.`,
    );
  }
  const host = (url.hostname || url.searchParams.get('host')) ?? 'localhost';
  const port = url.port || url.searchParams.get('port') || usual.port;
  url.searchParams.delete(parameter);
  return { url: url.href, address: `${host}:${port}`, name };
}

/** Struck out of the log, a shorter password would take half of every line with it. */
const SHORTEST = 4;

/** The password in a URL, in each form in which it could come up; none where there is none. */
export function passwordsIn(text: string): string[] {
  const url = URL.parse(text);
  if (url === null) return [];
  const passwords = [url.password, url.searchParams.get('password') ?? ''];
  const forms = passwords.flatMap((password) => [
    password,
    decoded(password),
    JSON.stringify(decoded(password)).slice(1, -1),
  ]);
  return [...new Set(forms)].filter((form) => form.length >= SHORTEST);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A store's URL without what is secret in it, for whoever runs the bot. */
export function withoutSecrets(text: string): string {
  const url = /^(redis|postgres)/i.test(text) ? URL.parse(text) : null;
  return url === null
    ? text.replace(/:\/\/.*@/s, '://')
    : `${url.protocol}//${url.host}${url.pathname}`;
}
