import { openLibrary } from '../src/library/open.ts';
import { createLog } from '../src/log.ts';
import type { Library } from '../src/story/library.ts';

export const noLog = createLog('silent', [], { write() {} });

let shipped: Promise<Library> | undefined;

/** The stories that ship with Lamplight; read once. */
export function shippedLibrary(): Promise<Library> {
  shipped ??= openLibrary({ dir: 'story', index: undefined, log: noLog }).then(
    ({ library }) => library,
  );
  return shipped;
}

/** The library of a folder, with an index that goes with it. */
export async function openStories(
  dir: string,
  onFinished: (close: () => Promise<void>) => void,
): Promise<Library> {
  const { library, close } = await openLibrary({ dir, index: undefined, log: noLog });
  onFinished(close);
  return library;
}
