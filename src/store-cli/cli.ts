import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkStore } from '../reading/check-store.ts';
import { copyStore } from '../reading/copy-store.ts';
import { withoutSecrets } from '../reading/server-url.ts';
import { backUpSqlite } from '../reading/sqlite-store.ts';
import { openStore, type Store, type StoreOptions } from '../reading/store.ts';
import { StoreError } from '../reading/store-error.ts';

/** Where the lines go, as on a terminal. */
export interface Output {
  out(text: string): void;
  err(text: string): void;
}

const USAGE = `npm run store -- copy FROM TO      copies every record into an empty store, and compares the two
npm run store -- backup [FILE]     copies the SQLite store of STORE_URL, while the bot runs too
npm run store -- check [URL]       reads every record, and names those that can't be read

FROM, TO and URL are written as STORE_URL is, which is meant where none is named.`;

/** What was typed can't be done; the message is one sentence. */
class UsageError extends Error {}

/**
 * Runs `copy`, `backup` or `check`; `storeUrl` is the setting. Resolves with the exit code: 0, 1
 * where a record can't be read or the store can't be used, 2 for wrong use.
 */
export async function storeCli(
  args: readonly string[],
  storeUrl: string,
  output: Output,
): Promise<number> {
  try {
    const [command, ...rest] = parsed(args);
    switch (command) {
      case 'copy':
        return await copy(rest, output);
      case 'backup':
        return await backUp(rest, storeUrl, output);
      case 'check':
        return await check(rest, storeUrl, output);
      default:
        throw new UsageError(
          command === undefined ? 'Say what to do.' : 'There is no such command.',
        );
    }
  } catch (error) {
    if (error instanceof StoreError) {
      output.err(error.message);
      return 1;
    }
    if (!(error instanceof UsageError)) throw error;
    output.err(`${error.message}\n${USAGE}`);
    return 2;
  }
}

function parsed(args: readonly string[]): string[] {
  try {
    return parseArgs({ args: [...args], allowPositionals: true }).positionals;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(error.message.split('\n')[0] ?? '');
  }
}

async function copy(args: readonly string[], { out }: Output): Promise<number> {
  const [from, to, ...more] = args;
  if (from === undefined || to === undefined || more.length > 0) {
    throw new UsageError('Say from where and to where.');
  }
  if (from === to) throw new UsageError('These two are one store.');
  await using source = await opened(from, { mustExist: true });
  await using target = await opened(to);
  out(`From ${withoutSecrets(from)} to ${withoutSecrets(to)}`);
  await copyStore(source.store, target.store, (namespace, count, isAll) => {
    out(`${namespace}: ${count}${isAll ? ', compared' : ' so far'}`);
  });
  out('All is copied. Set STORE_URL to the new store before you start Lamplight again.');
  return 0;
}

async function backUp(args: readonly string[], url: string, { out }: Output): Promise<number> {
  if (args.length > 1) throw new UsageError('Name one file.');
  const [, path] = /^sqlite:(.*)$/is.exec(url) ?? [];
  if (path === undefined) {
    throw new StoreError(
      'Only a SQLite store is backed up this way: for a server use its own means, or copy to a SQLite store while the bot is stopped.',
    );
  }
  const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  const file = args[0] ?? join(dirname(path), `lamplight-${time}.sqlite`);
  await backUpSqlite(path, file);
  out(`Written to ${file}`);
  return await check([`sqlite:${file}`], url, { out, err: out });
}

async function check(args: readonly string[], url: string, { out }: Output): Promise<number> {
  const [wanted = url, ...more] = args;
  if (more.length > 0) throw new UsageError('Name one store.');
  await using looked = await opened(wanted, { readOnly: true });
  let isGood = true;
  for await (const { namespace, count, unreadable } of checkStore(looked.store)) {
    out(`${namespace}: ${count}`);
    for (const { key, reason } of unreadable) {
      isGood = false;
      const why = reason === 'version' ? "is a later Lamplight's" : 'is damaged';
      out(`  ${namespace}:${key} ${why}`);
    }
  }
  return isGood ? 0 : 1;
}

/** A store that is closed when it goes out of scope. */
async function opened(
  url: string,
  options: StoreOptions = {},
): Promise<AsyncDisposable & { readonly store: Store }> {
  const store = await openStore(url, options);
  return { store, [Symbol.asyncDispose]: () => store.close() };
}
